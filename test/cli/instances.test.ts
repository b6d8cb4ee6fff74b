/** A run divided among processes, as a user starts them: `load run` for each part, `load merge` for all. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { startEmulator } from '../../emulator/emulator.ts';
import { HAS_REDIS, startRedis } from '../emulator/redis-server.ts';
import { tempDir } from '../support/temp-dir.ts';
import { dialproof, type Ended, ended, PATIENT, start } from './command.ts';

const dir = tempDir();

const RUN = [
  '--vus',
  '4',
  '--iterations',
  '31',
  '--batches',
  '40',
  '--contacts-per-batch',
  '4',
  ...PATIENT,
];

const documentOf = ({ stdout }: Ended) => JSON.parse(stdout);

/** Batches of a run, by their numbers; each is sent once in this scenario. */
function numbersIn(history: string): number[] {
  const lines = readFileSync(history, 'utf8').trim().split('\n');
  return lines.map((line) => Number(line.split('\t')[1])).sort((a, b) => a - b);
}

test('two processes against two emulators are one run', async () => {
  const redis = HAS_REDIS ? await startRedis() : null;
  const options = { profile: 'stress' as const, ...(redis ? { store: redis.url } : {}) };
  const emulators = await Promise.all([startEmulator(options), startEmulator(options)]);
  try {
    const instances = await Promise.all(
      emulators.map(({ url, controlUrl }, i) =>
        dialproof(
          ...['load', 'run', 'smoke', ...RUN, '--json', '--target', url, '--control', controlUrl],
          ...['--execution-segment', `${i}/2:${i + 1}/2`, '--run-tag', 'twoproc1'],
          ...['--start-at', new Date(Date.now() + 1_000).toISOString()],
          ...['--out', join(dir, String(i))],
        ),
      ),
    );
    expect(instances.map(({ code }) => code)).toEqual([0, 0]);
    const parts = instances.map((one) => documentOf(one).outcome.iterations);
    expect(parts).toEqual([16, 15]);
    // On one Redis the two have one ledger; without it each has its own.
    const doors = emulators.slice(0, redis ? 1 : 2).flatMap((one) => ['--control', one.controlUrl]);
    const merged = await dialproof(
      ...['load', 'merge', join(dir, '0'), join(dir, '1'), ...doors],
      ...['--out', join(dir, 'merged'), '--json'],
    );
    const alone = await dialproof(
      'load',
      'run',
      'smoke',
      ...RUN,
      '--out',
      join(dir, 'alone'),
      '--json',
    );
    expect([merged.code, alone.code]).toEqual([0, 0]);
    const [load] = documentOf(merged).load;
    const [single] = documentOf(alone).load;
    const { iterations, contacts, answered } = single;
    expect(load).toMatchObject({ verdict: 'pass', iterations, contacts, answered });
    expect(load.audit).toMatchObject({ verdict: 'pass', ledger: true, attempts: 31 });
    const numbers = numbersIn(join(dir, 'merged', 'latest', 'smoke.history.tsv'));
    expect(numbers).toEqual(numbersIn(join(dir, 'alone', 'latest', 'smoke.history.tsv')));
    expect(numbers).toEqual(Array.from({ length: 31 }, (_, i) => i));
  } finally {
    await Promise.all(emulators.map((emulator) => emulator.close()));
    await redis?.close();
  }
});

test('--workers divides a run within one command', async () => {
  const ended = await dialproof(
    ...['load', 'run', 'smoke', ...RUN, '--workers', '2', '--out', join(dir, 'workers'), '--json'],
  );
  expect(ended.code).toBe(0);
  const [load] = documentOf(ended).load;
  expect(load).toMatchObject({ verdict: 'pass', iterations: 31, audit: { ledger: true } });
  const numbers = numbersIn(join(dir, 'workers', 'latest', 'smoke.history.tsv'));
  expect(numbers).toEqual(Array.from({ length: 31 }, (_, i) => i));
});

it.each<[string, string, string[]]>([
  ['a segment without a tag', 'needs --run-tag', ['--execution-segment', '0:1/2']],
  [
    'a tag without a segment',
    '--run-tag works only with --execution-segment',
    ['--run-tag', 'abcdefgh'],
  ],
  [
    'a segment that is none',
    'it must end after its beginning',
    ['--execution-segment', '1/2:0', '--run-tag', 'abcdefgh'],
  ],
  [
    'a segment on workers',
    'both divide the run',
    ['--execution-segment', '0:1/2', '--run-tag', 'abcdefgh', '--workers', '2'],
  ],
  [
    'a start that is no time',
    'is not a time: write it as',
    ['--execution-segment', '0:1/2', '--run-tag', 'abcdefgh', '--start-at', 'noon'],
  ],
  [
    'k6 on workers',
    '--workers works only with the embedded engine',
    ['--engine', 'k6', '--workers', '2'],
  ],
])('%s is refused in one sentence', async (_, message, args) => {
  const { code, stderr } = await dialproof('load', 'run', 'smoke', '--out', dir, ...args);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});

describe('load plan', () => {
  const corpus = join(dir, 'planned-corpus');
  const before = { ...process.env };
  beforeAll(async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIANOTTOBESEEN00000';
    process.env.AWS_SECRET_ACCESS_KEY = 'not-to-be-seen';
    const { code } = await dialproof('generate', '--out', corpus, '--batches', '4');
    expect(code).toBe(0);
  });

  afterAll(() => {
    process.env = before;
  });

  it.each<[string, string[]]>([
    ['a Job', ['--image', 'img', '--', '--rate', '400']],
    ['a TestRun', ['--k6-operator', '--corpus', corpus, '--claim', 'c']],
  ])('renders %s, in which no credentials are', async (_, args) => {
    const child = start(
      ...['load', 'plan', 'throughput', '--parallelism', '3', '--target', 'https://e.example'],
      ...['--set', 'seconds=9', ...args],
    );
    const { code, stdout } = await ended(child);
    expect(code).toBe(0);
    const objects = parseAllDocuments(stdout).map((one) => one.toJS());
    expect(objects.map(({ kind }) => kind)).toEqual(
      args.includes('--k6-operator')
        ? ['ConfigMap', 'TestRun']
        : ['PersistentVolumeClaim', 'Job', 'Job', 'NetworkPolicy'],
    );
    expect(stdout).toMatch(/seconds=9|DIALPROOF_SET_SECONDS\n +value: "9"/);
    expect(stdout).not.toMatch(/name: AWS_(ACCESS|SECRET|SESSION)|AKIANOT|not-to-be-seen/);
  });

  it.each<[string, string, string[]]>([
    ['a Job without an image', '--image is missing', []],
    [
      'a URL with credentials',
      'put them into the Secret',
      ['--image', 'i', '--target', 'http://a:b@e.example'],
    ],
    ['a TestRun without a corpus', 'needs --target, --corpus', ['--k6-operator']],
    [
      'options for k6 that it does not know',
      'does not accept --rate',
      ['--k6-operator', '--', '--rate', '5'],
    ],
  ])('%s is refused in one sentence', async (_, message, args) => {
    const { code, stderr } = await dialproof(
      'load',
      'plan',
      'smoke',
      '--parallelism',
      '2',
      ...args,
    );
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
