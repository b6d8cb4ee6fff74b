/** The provider's side: the emulator, with every request signed for real, against the pact. */

import { interactionsFor } from '../../contracts/agreement/interactions.ts';
import { verifyPact, writePact } from '../../contracts/contracts.ts';
import type { Verification } from '../../contracts/provider/verify.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { tempDir } from '../support/temp-dir.ts';

let emulator: RunningEmulator;
let verification: Verification;

beforeAll(async () => {
  // The profile with the published quota: the states must keep interactions out of its way.
  emulator = await startEmulator({ profile: 'aws' });
  const { pactFile } = await writePact(tempDir());
  const { url, controlUrl, credentials } = emulator;
  verification = await verifyPact(pactFile, { url, controlUrl, ...credentials });
});

afterAll(() => emulator.close());

describe('the emulator keeps the contract', () => {
  test.each(interactionsFor().map((interaction) => interaction.description))('%s', (name) => {
    const mine = verification.results.filter(({ description }) => description === name);
    expect(mine).toEqual([{ description: name, verdict: 'pass', detail: null }]);
  });

  test('every check over the pact and its verification holds', () => {
    expect(verification.checks.length).toBeGreaterThan(0);
    expect(verification.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });
});
