/** The provider's side: the emulator, with every request signed for real, against each pact. */

import { allContracts } from '../../contracts/contract-list.ts';
import { verifyContract, writePact } from '../../contracts/contracts.ts';
import type { Verification } from '../../contracts/provider/verify.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { tempDir } from '../support/temp-dir.ts';

let emulator: RunningEmulator;

beforeAll(async () => {
  // The profile with the published quota: the states must keep interactions out of its way.
  emulator = await startEmulator({ profile: 'aws' });
});

afterAll(() => emulator.close());

describe.each(allContracts().map((contract) => [contract.name, contract] as const))(
  'the emulator keeps the contract %s',
  (_, contract) => {
    let verification: Verification;
    beforeAll(async () => {
      const { pactFile } = await writePact(contract, tempDir());
      const { url, controlUrl, credentials } = emulator;
      verification = await verifyContract(contract, pactFile, { url, controlUrl, ...credentials });
    });

    test.each(contract.interactions.map(({ description }) => description))('%s', (name) => {
      const mine = verification.results.filter(({ description }) => description === name);
      expect(mine.map(({ verdict, detail }) => [verdict, detail])).toEqual([['pass', null]]);
    });

    test('every check over the pact and its verification holds', () => {
      expect(verification.checks.length).toBeGreaterThan(0);
      expect(verification.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    });
  },
);
