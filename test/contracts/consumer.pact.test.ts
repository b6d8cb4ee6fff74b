/** The consumer's side: the real SDK clients against Pact's mock. One file, for a pact has one writer. */

import { join } from 'node:path';
import { TOLERANCES } from '../../contracts/agreement/batch-put-contact/tolerances.ts';
import { checkPact } from '../../contracts/completeness.ts';
import type { Recorded } from '../../contracts/consumer/consumer.ts';
import { type Recorder, recorderFor } from '../../contracts/consumer/record.ts';
import { tolerate } from '../../contracts/consumer/tolerances.ts';
import { allContracts, contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { readPact } from '../../contracts/pact/pact-file.ts';
import { goldenText } from '../support/golden.ts';
import { tempDir } from '../support/temp-dir.ts';
import { changesOf, committedForm, committedPact, wholePact } from './committed-pact.ts';

const dir = tempDir();

describe.each(allContracts().map((contract) => [contract.name, contract] as const))(
  'the SDK client in every interaction of the contract %s',
  (_, contract) => {
    let pactFile: string;
    let recorded: readonly Recorded[];
    beforeAll(async () => {
      ({ pactFile, results: recorded } = await writePact(contract, join(dir, 'pact')));
    });

    test.each(contract.interactions.map(({ description }) => description))('%s', (name) => {
      const mine = recorded.filter(({ description }) => description === name);
      expect(mine).toEqual([expect.objectContaining({ verdict: 'pass', detail: null })]);
    });

    test('the written pact is complete', () => {
      const checks = checkPact(readPact(pactFile), contract);
      expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
      expect(checks.length).toBeGreaterThan(0);
    });

    test('the written pact is the committed one: else read what UPDATE_GOLDEN=1 makes of it', () => {
      const written = wholePact(pactFile);
      const committed = committedPact(contract);
      goldenText(committed, committedForm(written));
      expect(changesOf(wholePact(committed), written)).toEqual([]);
    });
  },
);

describe('the SDK client copes with', () => {
  let recorder: Recorder;
  beforeAll(() => {
    recorder = recorderFor(contractNamed('BatchPutContact'), join(dir, 'scratch'));
  });

  test.each(TOLERANCES.map((row) => [row.description, row] as const))(
    '%s',
    async (_, tolerance) => {
      await tolerate(recorder, tolerance);
    },
  );
});
