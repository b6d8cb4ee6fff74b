/** The example of a team's own scenario, run as its page says: once as it is to pass, and once as it is to fail. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dialproof, PATIENT } from '../cli/command.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();
const SCRIPT = join('examples', 'own-scenario', 'shop-opens.ts');
const short = ['--set', 'seconds=1', '--set', 'rush=20'];

async function run(name: string, ...args: string[]) {
  const out = join(dir, name);
  const ended = await dialproof('load', 'run', SCRIPT, ...short, ...args, '--out', out);
  return { ...ended, report: readFileSync(join(out, 'latest', 'run.json'), 'utf8') };
}

test('every order gets through', async () => {
  const { code, report } = await run('right', ...PATIENT, '--set', 'throughMs=100000');
  expect({ code, report: code === 0 ? '' : report }).toEqual({ code: 0, report: '' });
  expect(JSON.parse(report).load[0]).toMatchObject({ scenario: 'shop-opens', requests: 30 });
  expect(report).toContain('order_through');
});

test('orders that take longer than the team wants fail the run', async () => {
  const { code, report } = await run('slow', ...PATIENT, '--set', 'throughMs=0');
  expect(code).toBe(1);
  expect(report).toContain('p(95)<0');
});
