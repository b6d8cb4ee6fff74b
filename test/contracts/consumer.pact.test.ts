/** The consumer's side: the real SDK client against Pact's mock. One file, for a pact has one writer. */

import { join } from 'node:path';
import { interactionsFor } from '../../contracts/agreement/interactions.ts';
import { TOLERANCES } from '../../contracts/agreement/tolerances.ts';
import { checkPact } from '../../contracts/completeness.ts';
import type { Recorded } from '../../contracts/consumer/consumer.ts';
import { type Recorder, recorderFor } from '../../contracts/consumer/record.ts';
import { tolerate } from '../../contracts/consumer/tolerances.ts';
import { writePact } from '../../contracts/contracts.ts';
import { readPact } from '../../contracts/pact/pact-file.ts';
import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';
import { goldenText } from '../support/golden.ts';
import { tempDir } from '../support/temp-dir.ts';
import { COMMITTED_PACT, changesOf, committedForm, wholePact } from './committed-pact.ts';

const interactions = interactionsFor();
const dir = tempDir();

describe('the SDK client in every interaction of the contract', () => {
  let pactFile: string;
  let recorded: readonly Recorded[];
  beforeAll(async () => {
    ({ pactFile, results: recorded } = await writePact(join(dir, 'pact')));
  });

  test.each(interactions.map(({ description }) => description))('%s', (name) => {
    const mine = recorded.filter(({ description }) => description === name);
    expect(mine).toEqual([expect.objectContaining({ verdict: 'pass', detail: null })]);
  });

  test('the written pact is complete', () => {
    const checks = checkPact(readPact(pactFile), { interactions, failures: FAILURES });
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });

  test('the written pact is the committed one: else read what UPDATE_GOLDEN=1 makes of it', () => {
    const written = wholePact(pactFile);
    goldenText(COMMITTED_PACT, committedForm(written));
    expect(changesOf(wholePact(COMMITTED_PACT), written)).toEqual([]);
  });
});

describe('the SDK client copes with', () => {
  let recorder: Recorder;
  beforeAll(() => {
    recorder = recorderFor(join(dir, 'scratch'));
  });

  test.each(TOLERANCES.map((row) => [row.description, row] as const))(
    '%s',
    async (_, tolerance) => {
      await tolerate(recorder, tolerance);
    },
  );
});
