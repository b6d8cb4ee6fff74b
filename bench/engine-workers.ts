/** The rate of two workers of the embedded engine, compared with one. */

import { once } from 'node:events';
import { join } from 'node:path';
import { runWorkers } from '../load/engines/workers/engine.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { benchChild } from './engine-parts/generators.ts';
import { BODY_BYTES } from './engine-parts/job.ts';
import { type BenchResult, median } from './result.ts';

const ROUNDS = 3;
const SECONDS = 4;

/** One worker, too, so that the processes are alike and only their number differs. */
const SIDES = [1, 2] as const;

interface Figures {
  readonly perSecond: number;
  /** CPU of the workers, in microseconds. */
  readonly perRequest: number;
}

/** Interleaved rounds of the full iteration, 20 VUs in all; each worker has a share of them. */
export async function benchEngineWorkers(): Promise<BenchResult> {
  const sink = benchChild('sink.ts');
  const [{ port }] = (await once(sink, 'message')) as [{ port: number }];
  const all = SIDES.map((): Figures[] => []);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [i, workers] of SIDES.entries()) {
        all[i]?.push(await figures(workers, `http://127.0.0.1:${port}`));
      }
    }
  } finally {
    sink.disconnect();
  }
  const ratio = (of: (figures: Figures) => number) =>
    median((all[1] ?? []).map(of)) / median((all[0] ?? []).map(of));
  return {
    name: 'engine-workers',
    unit: 'CPU µs per request',
    rows: SIDES.map((workers, i) => {
      const rounds = (all[i] ?? []).map(({ perRequest }) => perRequest);
      return {
        label: `full iteration, 20 VUs on ${workers} worker${workers > 1 ? 's' : ''}`,
        median: median(rounds),
        all: rounds,
      };
    }),
    ratios: [
      {
        label: 'requests a second, two workers / one, with what cores there are',
        value: ratio(({ perSecond }) => perSecond),
        aim: '>= 1.7, where each worker and the endpoint have a core',
      },
      {
        label: 'requests per CPU second, two workers / twice one',
        value: 1 / ratio(({ perRequest }) => perRequest),
        aim: '>= 0.85: 1.7 times as many requests on two cores',
      },
    ],
  };
}

async function figures(workers: number, url: string): Promise<Figures> {
  const folder = makeTemporaryFolder('bench');
  try {
    const run = {
      script: join(__dirname, 'engine-parts', 'full.ts'),
      env: { URL: url, SECONDS: String(SECONDS), VUS: '20', BODY_BYTES: String(BODY_BYTES) },
      historyFile: join(folder, 'history.tsv'),
      labels: { testid: 'bench', scenario: 'full' },
      loopbackOnly: true,
      plannedMs: SECONDS * 1_000,
    };
    const { iterations, durationMs, validity, exitCode } = await runWorkers(run, workers);
    if (exitCode !== 0) throw new Error(`the run ended with ${exitCode}`);
    return {
      perSecond: (iterations * 1_000) / durationMs,
      perRequest: (validity.cpu * durationMs * 1_000) / iterations,
    };
  } finally {
    removeTemporaryFolder(folder);
  }
}
