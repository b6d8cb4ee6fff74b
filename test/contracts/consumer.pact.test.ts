/** The consumer's side: the real SDK client against Pact's mock. One file, for a pact has one writer. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interactionsFor } from '../../contracts/agreement/interactions.ts';
import { TOLERANCES } from '../../contracts/agreement/tolerances.ts';
import { checkPact } from '../../contracts/completeness.ts';
import { type Recorder, record, recorderFor } from '../../contracts/consumer/record.ts';
import { tolerate } from '../../contracts/consumer/tolerances.ts';
import { pactFileIn, readPact } from '../../contracts/pact/pact-file.ts';
import { FAILURES } from '../../operation/connect/batch-put-contact/failures.ts';

const interactions = interactionsFor();
const names = <Row extends { description: string }>(rows: readonly Row[]) =>
  rows.map((row) => [row.description, row] as const);

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'dialproof-consumer-'));
});

afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

describe('the SDK client in every interaction of the contract', () => {
  let recorder: Recorder;
  beforeAll(() => {
    recorder = recorderFor(join(dir, 'pact'));
  });

  test.each(names(interactions))('%s', async (_, interaction) => {
    await record(recorder, interaction);
  });

  test('the written pact is complete', () => {
    const checks = checkPact(readPact(pactFileIn(join(dir, 'pact'))), {
      interactions,
      failures: FAILURES,
    });
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(checks.length).toBeGreaterThan(0);
  });
});

describe('the SDK client copes with', () => {
  let recorder: Recorder;
  beforeAll(() => {
    recorder = recorderFor(join(dir, 'scratch'));
  });

  test.each(names(TOLERANCES))('%s', async (_, tolerance) => {
    await tolerate(recorder, tolerance);
  });
});
