/** A script of one's own that hands over dial requests is run and audited like ours. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownScript } from '../../../load/run/run-script.ts';
import { PACKAGE_ROOT } from '../../../system/package.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { type Bench, openBench, runOnEmulator } from '../scenarios.ts';

const dir = tempDir();

let bench: Bench;

beforeAll(async () => {
  bench = await openBench(dir);
});

const own = ownScript(join(PACKAGE_ROOT, 'docs', 'examples', 'morning-calls.ts'));
const VALUES = { attempts: 5, iterations: 2, p95Ms: 100_000 };

it.each([1, 2])('in version %i', async (version) => {
  const values = { ...VALUES, version };
  const { verdict, audit, contacts, requests } = await runOnEmulator(bench, await own, values, {
    road: true,
    eventFaults: { loss: 0.2, reordering: 0.5 },
  });
  // Two batches of ten, of which three items are sent again.
  expect({ verdict, contacts, requests }).toEqual({ verdict: 'pass', contacts: 26, requests: 4 });
  const open = audit.invariants.filter((one) => one.verdict !== 'holds');
  // It neither pauses its campaign nor stops it.
  expect(open.map(({ name }) => name)).toEqual([
    'nobody is dialled while paused',
    'nobody is dialled after Stop',
  ]);
});

it('a bug is caught by it', async () => {
  const bugs = ['forgets-item-tokens'] as const;
  const { audit } = await runOnEmulator(bench, await own, VALUES, { road: true, bugs });
  const violated = audit.invariants.filter(({ verdict }) => verdict === 'violated');
  expect(violated.map(({ name }) => name)).toContain('one dial request per clientToken');
});

it('dial requests of another version than that of the script are refused', async () => {
  const path = join(dir, 'second.ts');
  writeFileSync(
    path,
    `import { openRoad } from 'dialproof/load';
    openRoad({ version: 2, attempts: 1 });
    export default function () {}`,
  );
  const running = runOnEmulator(bench, await ownScript(path), {}, { road: true });
  await expect(running).rejects.toThrow('of version 1, and the script calls version 2');
});

it('a scenario without dial requests is none of the dial road', async () => {
  const evening = await ownScript(join(PACKAGE_ROOT, 'docs', 'examples', 'evening-batch.ts'));
  expect([evening.dials, (await own).dials !== null]).toEqual([null, true]);
});
