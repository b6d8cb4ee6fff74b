/** `dialproof run` has campaigns, and leaves them out where it is told to. */

import type { Run } from '../../run/run.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, PATIENT } from './command.ts';

const out = tempDir();
const RUN = [
  ...['run', '--no-contracts', '--scenarios', 'smoke', '--batches', '4', '--json'],
  ...PATIENT,
];

it('fails where an endpoint loses items of an answer, and leaves campaigns out', async () => {
  const [wrong, without] = await Promise.all([
    dialproof(...RUN, '--bug', 'drops-item', '--out', `${out}/wrong`),
    dialproof(...RUN, '--no-campaigns', '--out', `${out}/without`),
  ]);
  const { campaigns, reasons } = JSON.parse(wrong.stdout) as Run;
  expect(wrong.code).toBe(1);
  expect(campaigns?.verdict).toBe('fail');
  expect(reasons).toContainEqual({
    kind: 'campaign checks',
    verdict: 'fail',
    names: ['every accepted dial request is in one contact or one stated failure'],
    of: 6,
  });
  expect(without.code).toBe(0);
  expect((JSON.parse(without.stdout) as Run).campaigns).toBeNull();
});
