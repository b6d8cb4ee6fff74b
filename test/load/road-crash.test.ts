/** Real processes, really killed, before and after each commit of a running campaign. */

import { crashTestOwnCampaigns } from '../../cli/stages/durable-emulator.ts';

/** In CI each commit point is met before and after. Fewer where somebody waits. */
const ROUNDS = process.env.CI ? 20 : 4;

// Far more than it takes: a time limit is no measure of a busy machine.
jest.setTimeout(900_000);

it('every accepted dial request is one contact or one failure, and nobody is dialled twice', async () => {
  const report = await crashTestOwnCampaigns({}, { rounds: ROUNDS, seed: 1 }, true);
  expect(report.violations).toEqual([]);
  expect(report.kills).toBe(ROUNDS);
  expect(Object.keys(report.killedAt)).toHaveLength(Math.min(ROUNDS, 14));
  expect(report.accepted).toBeGreaterThan(ROUNDS * 10);
  expect(report.dials).toBeGreaterThan(ROUNDS * 5);
  // Each contact that ended has three at least.
  expect(report.events).toBeGreaterThan(2 * report.contacts);
});
