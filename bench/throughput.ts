/** CPU time of the shipped scenario `throughput`, compared with the engine's bare PUT at the same arrival rate. */

import { once } from 'node:events';
import { join } from 'node:path';
import { type CorpusManifest, writeCorpus } from '../generators/corpus.ts';
import { runWorkers } from '../load/engines/workers/engine.ts';
import { environmentOf, scriptOf } from '../load/run/run-script.ts';
import { choose } from '../operation/connect/choices.ts';
import { ordinaryFacts } from '../operation/connect/facts.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { benchChild } from './engine-parts/generators.ts';
import { BODY_BYTES } from './engine-parts/job.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 5;
const SECONDS = 5;
/** So many that a pause of the machine drops no iteration; too high a rate uses them up in the time of a round. */
const VUS = 300;
/** Well below what one core holds, so that both sides have the same load. */
const RATE = 1_000;
/** The rates that are tried until an iteration is dropped. */
const RATES = [500, 1_000, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 8_000];

type Side = 'throughput' | 'bare';

interface Figures {
  readonly perRequest: number;
  readonly dropped: number;
}

interface Bench {
  readonly folder: string;
  readonly manifest: CorpusManifest;
  readonly port: number;
}

/** Interleaved rounds; the endpoint is a process of its own, and its CPU is not counted. */
export async function benchThroughput(): Promise<BenchResult> {
  const folder = makeTemporaryFolder('bench');
  const sink = benchChild('matching-sink.ts');
  try {
    const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
    const manifest = await writeCorpus(join(folder, 'corpus'), {
      seed: 1,
      batches: 400,
      contactsPerBatch: 25,
      mix: {},
      facts: ordinaryFacts({ choices: choose({}) }),
    });
    const bench = { folder, manifest, port };
    const all: Record<Side, number[]> = { throughput: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const side of ['throughput', 'bare'] as const) {
        all[side].push((await figures(bench, side, RATE)).perRequest);
      }
    }
    const held = {
      throughput: await highestRate(bench, 'throughput'),
      bare: await highestRate(bench, 'bare'),
    };
    return {
      name: 'throughput',
      unit: 'CPU µs per request',
      rows: [
        { label: 'scenario throughput', median: median(all.throughput), all: all.throughput },
        { label: 'bare PUT', median: median(all.bare), all: all.bare },
      ],
      ratios: [
        {
          label: `scenario throughput / bare PUT, both at ${RATE} a second`,
          value: median(all.throughput) / median(all.bare),
          aim: '<= 2.0',
        },
      ],
      note: `Highest of the tried rates (${RATES.join(', ')} a second) without a dropped iteration, ${VUS} VUs: throughput ${held.throughput}, bare PUT ${held.bare}.`,
    };
  } finally {
    sink.disconnect();
    removeTemporaryFolder(folder);
  }
}

async function highestRate(bench: Bench, side: Side): Promise<number> {
  let held = 0;
  for (const rate of RATES) {
    if (!(await isHeld(bench, side, rate))) break;
    held = rate;
  }
  return held;
}

/** The machine has other work too, so a rate that drops iterations is tried again. */
async function isHeld(bench: Bench, side: Side, rate: number): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    if ((await figures(bench, side, rate)).dropped === 0) return true;
  }
  return false;
}

let runs = 0;

async function figures(
  { folder, manifest, port }: Bench,
  side: Side,
  rate: number,
): Promise<Figures> {
  runs += 1;
  const url = `http://127.0.0.1:${port}`;
  const script = scriptOf('throughput');
  const own = environmentOf({
    script,
    target: {
      url,
      controlUrl: null,
      quota: null,
      region: 'us-east-1',
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'secret',
    },
    manifest,
    corpusDir: join(folder, 'corpus'),
    runTag: `b${String(runs).padStart(7, '0')}`,
    values: { rate, seconds: SECONDS, vus: VUS, p95Ms: 60_000 },
  });
  const plain = {
    URL: url,
    RATE: String(rate),
    SECONDS: String(SECONDS),
    VUS: String(VUS),
    BODY_BYTES: String(BODY_BYTES),
  };
  const result = await runWorkers(
    {
      script: side === 'bare' ? join(__dirname, 'engine-parts', 'bare-arrivals.ts') : script.path,
      env: side === 'bare' ? plain : own,
      historyFile: join(folder, `${runs}.tsv`),
      labels: { testid: 'bench', scenario: side },
      loopbackOnly: true,
      plannedMs: SECONDS * 1_000,
    },
    1,
  );
  const { iterations, durationMs, validity, droppedIterations, scriptErrors, summary } = result;
  const [error] = scriptErrors;
  if (error) throw new Error(error.message);
  const matched = summary.metrics.verdict_as_predicted?.values.rate;
  if (side === 'throughput' && matched !== 1) throw new Error(`${matched} of the answers matched`);
  return {
    perRequest: (validity.cpu * durationMs * 1_000) / iterations,
    dropped: droppedIterations,
  };
}
