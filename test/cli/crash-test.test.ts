/** What `dialproof crash-test` makes of a report. */

import { crashVerdict } from '../../cli/commands/crash-test.ts';
import { dialproof } from './command.ts';

const REPORT = { kills: 3, acknowledged: 9, unknown: 1, contacts: 45, replays: 9, counts: {} };
const LOST = { kind: 'lost', batch: 1, contactId: 'id-1' } as const;

it.each([
  ['pass', [], false],
  ['not exercised', [], true],
  ['fail', [LOST], false],
  ['fail', [LOST], true],
])('%s, with the violations %o and interrupted: %s', (verdict, violations, interrupted) => {
  expect(crashVerdict({ ...REPORT, violations }, interrupted)).toBe(verdict);
});

it('tells once which bug is seeded, however often the endpoint is started', async () => {
  const args = ['--rounds', '1', '--bug', 'wrong-code'];
  const { stdout, stderr } = await dialproof('crash-test', ...args);
  expect(`${stdout}${stderr}`.match(/SEEDED BUG wrong-code/g)).toHaveLength(1);
});
