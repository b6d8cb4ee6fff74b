/** What `dialproof doctor` asks of a machine for a configuration. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Needing, probesOf } from '../../cli/stages/configured-needs.ts';
import { tempDir } from '../support/temp-dir.ts';

const dir = tempDir();

const NOTHING: Needing = {
  contracts: false,
  k6: null,
  store: null,
  faults: null,
  scripts: [],
  outputs: {},
  targets: [],
};

/** What each probe finds. */
function found(needing: Partial<Needing>, env: NodeJS.ProcessEnv = {}) {
  return Promise.all(
    probesOf({ ...NOTHING, ...needing }, env).map(async ({ name, needed, look }) => {
      const said = await look().then(
        (text) => `ok: ${text}`,
        (error: Error) => error.message,
      );
      return `${name}${needed ? '' : ' (optional)'}: ${said}`;
    }),
  );
}

test('a configuration that needs nothing is asked nothing', async () => {
  expect(await found({})).toEqual([]);
});

test('what is there is found', async () => {
  const script = join(dir, 'evening.ts');
  writeFileSync(script, '');
  const asked = { contracts: true, faults: 'ambiguous', scripts: [script], targets: ['slack'] };
  const outputs = { otlp: 'http://127.0.0.1:4318', prometheus: 'http://127.0.0.1:9090' };
  expect(await found({ ...asked, outputs }, { SLACK_WEBHOOK_URL: 'x', CI: '1' })).toEqual([
    'packages of contracts: ok: installed',
    'packages of outputs: ok: installed',
    'faults: ok: ambiguous',
    `scenario: ok: ${script}`,
    'publishing slack: ok: SLACK_WEBHOOK_URL is set',
  ]);
});

test('what is not there is told, with what to do', async () => {
  const asked = {
    k6: join(dir, 'no-k6'),
    store: 'redis://127.0.0.1:1',
    faults: join(dir, 'plan.json'),
    scripts: [join(dir, 'none.ts')],
    targets: ['folder=site', 'slack'],
  };
  const [k6, store, faults, scenario, slack, ...others] = await found(asked, { CI: 'true' });
  expect(k6).toMatch(/^k6: --engine k6: there is no /);
  expect(store).toMatch(/^emulator\.store: the Redis at redis:\/\/127\.0\.0\.1:1 cannot be used /);
  expect(faults).toMatch(/^faults: cannot read .* \(ENOENT\): name a file/);
  expect(scenario).toMatch(/^scenario: cannot read .* \(ENOENT\): correct the path in scenarios$/);
  expect(slack).toMatch(/^publishing slack: SLACK_WEBHOOK_URL is not set: /);
  expect(others).toEqual([]);
});

test('outside a CI nobody need be able to publish', async () => {
  expect(await found({ targets: ['slack'] })).toEqual([
    expect.stringMatching(/^publishing slack \(optional\): SLACK_WEBHOOK_URL is not set/),
  ]);
});
