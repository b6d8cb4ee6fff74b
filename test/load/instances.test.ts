/** A run divided among instances is the run of one, and what was divided wrongly is found. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { startEmulator } from '../../emulator/emulator.ts';
import { BUILT_IN_PLANS } from '../../emulator/faults/built-in-plans.ts';
import { type FaultPlan, readFaultPlan } from '../../emulator/faults/plan.ts';
import { type InstanceResult, runAsInstance } from '../../load/divide/instance.ts';
import { mergeInstances } from '../../load/divide/merge-instances.ts';
import { anyMet, faultsMetByAll } from '../../load/endpoint/faults-met.ts';
import { equalSegment } from '../../load/engine/read/segment.ts';
import { readHistory } from '../../load/history/history.ts';
import { mergeHistories } from '../../load/history/merge-histories.ts';
import type { ProfileValues, ScenarioName } from '../../load/lib/profiles.ts';
import { scriptOf } from '../../load/run/run-script.ts';
import { HAS_REDIS, type RedisServer, startRedis } from '../emulator/redis-server.ts';
import { listen } from '../support/listen.ts';
import { tempDir } from '../support/temp-dir.ts';
import { type Bench, openBench, runOnEmulator } from './scenarios.ts';

const dir = tempDir();
let bench: Bench;

beforeAll(async () => {
  bench = await openBench(dir);
});

type Emulator = Awaited<ReturnType<typeof startEmulator>>;

let made = 0;
function newFolder(): string {
  made += 1;
  const folder = join(dir, `f${made}`);
  mkdirSync(folder);
  return folder;
}

interface Part {
  readonly index: number;
  readonly of: number;
  readonly emulator: Emulator;
  readonly keepLedger: boolean;
  readonly runTag: string;
}

const VALUES: Partial<Record<ScenarioName, ProfileValues>> = {
  mix: { iterations: 41, p95Ms: 100_000 },
  race: { iterations: 6, p95Ms: 100_000 },
  fault: { vus: 2, iterations: 30, p95Ms: 100_000 },
};

/** Changes the outcome that an instance wrote. @returns its file as it was. */
function changeOutcome(folder: string, changes: Partial<InstanceResult['outcome']>): string {
  const file = join(folder, 'instance.json');
  const written = readFileSync(file, 'utf8');
  const read = JSON.parse(written) as InstanceResult;
  const outcome = { ...read.outcome, ...changes };
  writeFileSync(file, JSON.stringify({ ...read, outcome }));
  return written;
}

/** What a run in this process says of its generator tells how busy the machine was: it is stated instead. */
const QUIET = { eventLoopDelayP99Ms: 1, cpu: 0.1, utilization: 0.1 };

/** @returns the instance's folder. */
async function runPart(scenario: ScenarioName, part: Part): Promise<string> {
  const outDir = newFolder();
  const values = VALUES[scenario] ?? {};
  const { emulator } = part;
  const { accessKeyId, secretAccessKey } = emulator.credentials.principal;
  const { url, controlUrl } = emulator;
  const target = {
    url,
    controlUrl,
    quota: null,
    region: 'us-east-1',
    accessKeyId,
    secretAccessKey,
  };
  await runAsInstance({
    script: scriptOf(scenario, values),
    target,
    corpusDir: join(bench.dir, 'corpus'),
    manifest: bench.manifest,
    runTag: part.runTag,
    outDir,
    values,
    segment: equalSegment(part.index, part.of),
    ready: async () => {},
    facts: { url, kind: 'embedded emulator', profile: 'stress', bugs: [], choices: {} },
    keepLedger: part.keepLedger,
    outputs: {},
  });
  changeOutcome(outDir, QUIET);
  return outDir;
}

async function withEmulators<T>(
  count: number,
  store: string | null,
  use: (emulators: readonly Emulator[]) => Promise<T>,
): Promise<T> {
  const options = { profile: 'stress' as const, ...(store === null ? {} : { store }) };
  const emulators = await Promise.all(Array.from({ length: count }, () => startEmulator(options)));
  try {
    return await use(emulators);
  } finally {
    await Promise.all(emulators.map((emulator) => emulator.close()));
  }
}

const merge = (dirs: readonly string[], corpusDir: string | null = null) =>
  mergeInstances({ dirs, controlUrls: [], corpusDir, outDir: newFolder() });

/** Numbers of the ClientTokens in a history, whatever run they are of. */
async function tokensIn(file: string): Promise<string[]> {
  const tokens = new Set<string>();
  for await (const { token } of readHistory(file)) tokens.add(token.slice(token.indexOf('-')));
  return [...tokens].sort();
}

/** Whether one virtual user sends a token twice is chance. Only an instance that keeps its ledger reads it before. */
const UNDECIDED = ['nothing is refused wrongly', 'nothing foreign'];

const holding = ({
  audit,
}: {
  audit: { invariants: readonly { name: string; verdict: string }[] };
}) =>
  audit.invariants
    .filter(({ name, verdict }) => verdict === 'holds' && !UNDECIDED.includes(name))
    .map(({ name }) => name);

describe('three instances do what one does', () => {
  let redis: RedisServer | null = null;
  beforeAll(async () => {
    if (HAS_REDIS) redis = await startRedis();
  });
  afterAll(() => redis?.close());

  async function compare(
    scenario: ScenarioName,
    {
      emulators,
      runTag,
      keepLedger,
    }: { emulators: readonly Emulator[] } & Pick<Part, 'runTag' | 'keepLedger'>,
  ): Promise<void> {
    const dirs = await Promise.all(
      [0, 1, 2].map((index) => {
        const emulator = emulators[index % emulators.length] as Emulator;
        return runPart(scenario, { index, of: 3, emulator, keepLedger, runTag });
      }),
    );
    // Emulators that share a store have one ledger.
    const controlUrls = keepLedger ? [] : emulators.slice(0, 1).map(({ controlUrl }) => controlUrl);
    const outDir = newFolder();
    const { load } = await mergeInstances({ dirs, corpusDir: null, controlUrls, outDir });
    const values = VALUES[scenario] ?? {};
    const own = { ...bench, outDir: newFolder() };
    const alone = await runOnEmulator(own, scriptOf(scenario, values), values);
    expect(load).toMatchObject({
      verdict: 'pass',
      reasons: [],
      iterations: alone.iterations,
      requests: alone.requests,
      contacts: alone.contacts,
      predicted: alone.predicted,
      answered: alone.answered,
      audit: { ledger: true },
    });
    expect(load.thresholds.map(({ expression }) => expression)).toEqual(
      alone.thresholds.map(({ expression }) => expression),
    );
    expect(holding(load)).toEqual(holding(alone));
    const foreign = load.audit.invariants.find(({ name }) => name === 'nothing foreign');
    expect(foreign?.verdict).toBe(keepLedger ? 'holds' : 'not decidable');
    const history = `${scenario}.history.tsv`;
    expect(await tokensIn(join(outDir, history))).toEqual(
      await tokensIn(join(own.outDir, history)),
    );
  }

  it('each with an emulator of its own, whose ledger it keeps', () =>
    withEmulators(3, null, (emulators) =>
      compare('mix', { emulators, runTag: 'ownmix01', keepLedger: true }),
    ));

  it('all with one emulator, racing for its tokens', () =>
    withEmulators(1, null, (emulators) =>
      compare('race', { emulators, runTag: 'onerace1', keepLedger: false }),
    ));

  (HAS_REDIS ? it : it.skip).each(['mix', 'race'] as const)(
    '%s, each with an emulator of its own on one Redis',
    (scenario) =>
      withEmulators(3, redis?.url ?? '', (emulators) =>
        compare(scenario, {
          emulators,
          runTag: `redis${scenario}`.padEnd(8, '0').slice(0, 8),
          keepLedger: false,
        }),
      ),
  );
});

describe('a divided run of the scenario about faults', () => {
  const runOn = (faults?: FaultPlan) =>
    withEmulators(1, null, async ([emulator]) => {
      if (!emulator) throw new Error('an emulator was to start');
      if (faults) {
        const body = JSON.stringify(faults);
        await fetch(`${emulator.controlUrl}/faults`, { method: 'PUT', body });
      }
      const part = { of: 2, emulator, keepLedger: false, runTag: 'faults01' };
      const dirs = [
        await runPart('fault', { ...part, index: 0 }),
        await runPart('fault', { ...part, index: 1 }),
      ];
      const { controlUrl } = emulator;
      const outDir = newFolder();
      return mergeInstances({ dirs, corpusDir: null, controlUrls: [controlUrl], outDir });
    });

  it('says which ones its instances met', async () => {
    const { load } = await runOn(readFaultPlan(BUILT_IN_PLANS.unreliable.plan));
    expect(load.reasons).toEqual([]);
    const met = load.findings.find((finding) => finding.kind === 'faults met');
    expect(anyMet(met?.counts ?? {})).toBe(true);
  });

  it('fails where none of them met any', async () => {
    const { load } = await runOn();
    expect(load.verdict).toBe('fail');
    expect(load.reasons).toEqual([{ kind: 'no fault met' }]);
  });

  it('leaves its result though the control door is gone by the end', () =>
    withEmulators(1, null, async ([emulator]) => {
      if (!emulator) throw new Error('an emulator was to start');
      // It answers before the run: for the state of the endpoint, and for its ledger.
      let answers = 0;
      const door = http.createServer(({ url }, response) => {
        response.setHeader('connection', 'close');
        response.end(url === '/ledger' ? '' : JSON.stringify({ process: {}, faults: {} }));
        answers += 1;
        if (answers === 2) door.close();
      });
      const port = await listen(door);
      const controlUrl = `http://127.0.0.1:${port}`;
      const part = { index: 0, of: 2, keepLedger: true, runTag: 'faults02' };
      const folder = await runPart('fault', { ...part, emulator: { ...emulator, controlUrl } });
      const { faults, notes, outcome, ledger } = JSON.parse(
        readFileSync(join(folder, 'instance.json'), 'utf8'),
      ) as InstanceResult;
      expect({ faults, ledger }).toEqual({ faults: null, ledger: null });
      expect(notes).toEqual([
        {
          kind: 'endpoint untold',
          message: expect.stringContaining(`the control door at ${controlUrl} cannot be reached`),
        },
        {
          kind: 'endpoint untold',
          message: expect.stringContaining(`the ledger at ${controlUrl} cannot be reached`),
        },
      ]);
      expect(outcome.iterations).toBe(15);
    }));

  it('counts what instances met apart, and at least what they met together', () => {
    const all = [{ a: 2, b: 0 }, { a: 3 }, { c: 1 }].map((counts) => ({ counts, needed: true }));
    expect(faultsMetByAll(all, true).counts).toEqual({ a: 5, b: 0, c: 1 });
    expect(faultsMetByAll(all, false).counts).toEqual({ a: 3, b: 0, c: 1 });
    expect(faultsMetByAll([], true)).toEqual({ counts: {}, needed: false });
  });
});

describe('a wrong division is found', () => {
  let own: string[] = [];
  let doubled = '';
  beforeAll(async () => {
    await withEmulators(3, null, async ([one, two, three]) => {
      if (!one || !two || !three) throw new Error('three emulators were to start');
      const part = { of: 2, keepLedger: true, runTag: 'parts001' };
      own = [
        await runPart('mix', { ...part, index: 0, emulator: one }),
        await runPart('mix', { ...part, index: 1, emulator: two }),
      ];
      doubled = await runPart('mix', { ...part, index: 0, emulator: three });
    });
  });

  /** Merges both parts, with another outcome of the second. */
  async function mergeWith(changes: Partial<InstanceResult['outcome']>) {
    const second = own[1] ?? '';
    const written = changeOutcome(second, changes);
    return merge(own).finally(() => writeFileSync(join(second, 'instance.json'), written));
  }

  it('a segment that is missing', async () => {
    const { load } = await merge(own.slice(0, 1));
    expect(load.verdict).toBe('fail');
    expect(load.reasons).toContainEqual({ kind: 'segment missing', segment: '1/2:1' });
    expect(load.reasons).toContainEqual(
      expect.objectContaining({ metric: 'batches_started', expression: 'count>=41' }),
    );
  });

  it('a segment that was run twice: in the division, and by the audit in the ledgers', async () => {
    const { load } = await merge([...own, doubled]);
    expect(load.verdict).toBe('fail');
    expect(load.reasons[0]).toEqual({
      kind: 'segment doubled',
      segment: '0:1/2',
      by: [own[0], doubled],
    });
    const found = load.audit.invariants.find(({ name }) => name === 'nothing is doubled');
    expect(found).toMatchObject({ verdict: 'violated', violations: 21 });
  });

  it('an instance of another run', async () => {
    const other = newFolder();
    const read = JSON.parse(readFileSync(join(own[1] ?? '', 'instance.json'), 'utf8'));
    const change = (changes: Partial<InstanceResult>) =>
      writeFileSync(join(other, 'instance.json'), JSON.stringify({ ...read, ...changes }));
    change({ runTag: 'other001' });
    await expect(merge([own[0] ?? '', other])).rejects.toThrow(
      'its run tag is other001, not parts001',
    );
    change({ scenario: 'race' });
    await expect(merge([own[0] ?? '', other])).rejects.toThrow('its scenario is race, not mix');
    change({ schema: 'dialproof-instance/1' as InstanceResult['schema'] });
    await expect(merge([own[0] ?? '', other])).rejects.toThrow(
      'has the format "dialproof-instance/1", and this dialproof merges dialproof-instance/2: merge with the dialproof that wrote it',
    );
    writeFileSync(join(other, 'instance.json'), 'null');
    await expect(merge([own[0] ?? '', other])).rejects.toThrow('must be an object, not null');
  });

  it('an instance that its own figures cut short, though the merged ones are in order', async () => {
    const abortion = { why: "threshold 'p(95)<1' crossed", exitCode: 99 } as const;
    const { load } = await mergeWith({ abortion });
    expect(load).toMatchObject({
      verdict: 'fail',
      reasons: [{ kind: 'segment cut short', segment: '1/2:1', why: abortion.why }],
    });
  });

  it('one whose generator was the limit: the objective of all is not judged', async () => {
    const { load } = await mergeWith({ eventLoopDelayP99Ms: 20_000 });
    expect(load).toMatchObject({
      verdict: 'not valid',
      reasons: [
        {
          kind: 'figures not valid',
          because: [{ kind: 'late', what: 'event-loop delay', p99Ms: 20_000 }],
          unjudged: [{ metric: 'http_req_duration', expression: 'p(95)<100000' }],
        },
      ],
      thresholds: expect.arrayContaining([
        expect.objectContaining({ metric: 'checks', ok: true, judged: true }),
      ]),
    });
  });

  it('a folder without an instance, and a corpus that is gone', async () => {
    await expect(merge([newFolder()])).rejects.toThrow('has no instance.json');
    await expect(merge(own, join(dir, 'nowhere'))).rejects.toThrow('give --corpus');
  });

  it('a ledger of which a part is missing is not held against the history', async () => {
    const read = JSON.parse(readFileSync(join(own[1] ?? '', 'instance.json'), 'utf8'));
    const without = newFolder();
    const history = join(own[1] ?? '', read.history);
    writeFileSync(join(without, read.history), readFileSync(history));
    writeFileSync(join(without, 'instance.json'), JSON.stringify({ ...read, ledger: null }));
    const { load } = await merge([own[0] ?? '', without]);
    expect(load.audit.ledger).toBe(false);
    expect(load.verdict).toBe('pass');
  });
});

test('histories are merged by the ends of their attempts; other lines stay where they were', async () => {
  const folder = newFolder();
  const line = (start: number, duration: number) =>
    `dp1\t0\t0\tt-0\t1\t${start}\t${duration}\t200\t-\ta\td\t-`;
  const files = [[line(10, 5), 'said by one', line(20, 30)], [line(1, 40), line(45, 1)], []].map(
    (lines, i) => {
      const file = join(folder, String(i));
      writeFileSync(file, lines.map((one) => `${one}\n`).join(''));
      return file;
    },
  );
  const into = join(folder, 'merged');
  await mergeHistories(files, into);
  expect(readFileSync(into, 'utf8').split('\n')).toEqual([
    line(10, 5),
    'said by one',
    line(1, 40),
    line(45, 1),
    line(20, 30),
    '',
  ]);
});
