import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contractNamed } from '../../contracts/contract-list.ts';
import { runContracts } from '../../contracts/contracts.ts';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import type { ContractsResult } from '../../run/run.ts';
import { UnavailableError } from '../../system/errors.ts';
import { tempDir } from '../support/temp-dir.ts';

const CONTRACT = contractNamed('BatchPutContact');
const { interactions, tolerances } = CONTRACT;

// Each test writes or verifies whole pacts, which takes long on a busy machine.
jest.setTimeout(240_000);

const dir = tempDir();

type Options = Partial<Parameters<typeof runContracts>[0]>;

/** Runs one contract. */
async function runAgainst(emulated: EmulatorOptions, options: Options = {}) {
  const emulator = await startEmulator({ profile: 'stress', ...emulated });
  const { url, controlUrl, credentials } = emulator;
  const target = { url, controlUrl, ...credentials };
  try {
    const [result] = await runContracts({
      pactDir: join(dir, 'pacts'),
      target,
      contracts: [CONTRACT],
      mutated: [],
      ...options,
    });
    if (!result) throw new Error('there is no result');
    return result;
  } finally {
    await emulator.close();
  }
}

const verdicts = ({ interactions }: ContractsResult, side: 'consumer' | 'provider') =>
  interactions.map((row) => row[side]);

test('the stage passes, and says what has no provider side', async () => {
  const steps: [number, number][] = [];
  const result = await runAgainst({}, { onProgress: (done, total) => steps.push([done, total]) });
  expect(result).toMatchObject({
    name: 'BatchPutContact',
    verdict: 'pass',
    consumer: 'outbound-dialer',
    provider: 'dialproof-emulator',
    pactFile: join('pacts', 'outbound-dialer-dialproof-emulator.json'),
  });
  expect(existsSync(join(dir, result.pactFile))).toBe(true);
  expect(new Set(verdicts(result, 'consumer'))).toEqual(new Set(['pass']));
  expect(verdicts(result, 'provider')).toEqual([
    ...interactions.map(() => 'pass'),
    ...tolerances.map(() => null),
  ]);
  expect(result.interactions.map(({ pins }) => pins)).toEqual(
    expect.arrayContaining(['INVALID_QUEUE', 'unlisted code', 'unlisted member']),
  );
  expect(result.checks.length).toBeGreaterThan(0);
  expect(result.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  expect(result.coverage.length).toBeGreaterThan(0);
  expect(result.mutation).toBeNull();
  expect(result.drift?.differences.filter(({ fails }) => fails)).toEqual([]);

  const total = 2 * interactions.length + tolerances.length;
  expect(steps).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]));
});

// Those of the other contracts are measured where `dialproof contracts` is started.
test('the score of the whole pact is full, and the progress goes to its end', async () => {
  const told: string[] = [];
  const { verdict, mutation, checks } = await runAgainst(
    {},
    { mutated: ['BatchPutContact'], onProgress: (_, __, what) => told.push(what) },
  );
  expect(checks.filter((check) => check.verdict !== 'pass')).toEqual([]);
  expect(verdict).toBe('pass');
  expect(mutation?.provider.mutants).toBeGreaterThan(500);
  expect(mutation?.client.mutants).toBeGreaterThan(500);

  const { provider, client } = mutation as NonNullable<typeof mutation>;
  // Each interaction is judged unbroken too, as an answer and as a request.
  const of = provider.mutants + client.mutants + 2 * interactions.length;
  const mutants = told.filter((what) => what.endsWith('mutants judged'));
  expect(mutants).toEqual(Array.from({ length: of }, (_, i) => `${i + 1} of ${of} mutants judged`));
  expect(told.at(-1)).toBe(mutants.at(-1));
});

test('one interaction that the provider fails is the verdict', async () => {
  const result = await runAgainst({ bugs: ['drops-item'] });
  expect(result.verdict).toBe('fail');
  expect(result.interactions.filter(({ provider }) => provider === 'fail').length).toBeGreaterThan(
    0,
  );
});

test.each([
  ['while the pact is written', 3],
  ['before the provider is verified', interactions.length + tolerances.length],
])('an abort %s leaves the rest not exercised, and never passes', async (_, steps) => {
  const abort = new AbortController();
  const onProgress = (done: number) => {
    if (done === steps) abort.abort();
  };
  const result = await runAgainst({}, { onProgress, signal: abort.signal });
  expect(result.verdict).toBe('not exercised');
  expect(verdicts(result, 'consumer').filter((verdict) => verdict === 'pass')).toHaveLength(steps);
  expect(new Set(verdicts(result, 'provider'))).toEqual(new Set(['not exercised', null]));
});

test('a target that is not there is an error before anything is written', async () => {
  const pactDir = join(dir, 'never');
  const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up' };
  const nowhere = 'http://127.0.0.1:1';
  const target = { url: nowhere, controlUrl: nowhere, principal: key, outsider: key };
  await expect(runContracts({ pactDir, target })).rejects.toThrow(UnavailableError);
  expect(existsSync(pactDir)).toBe(false);
});
