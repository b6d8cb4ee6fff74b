/**
 * Runs the embedded engine in separate processes. One process has the whole run, or several share it.
 *
 * It uses processes instead of threads for four reasons. This process receives signals whatever a script does.
 * A process can be ended in any state. Each process has its own CPU figures. A crash does not end the others.
 */

import { rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../../system/errors.ts';
import type {
  EngineResult,
  InstanceOutcome,
  Percentiles,
  Progress,
  Snapshot,
} from '../../engine/engine.ts';
import { EXIT, ScriptRefused } from '../../engine/read/refusal.ts';
import { equalSegment, type SegmentText } from '../../engine/read/segment.ts';
import { abortingThresholdOf, mergeOutcomes } from '../../engine/result/merge.ts';
import { ENGINE_VERSION } from '../../engine/version.ts';
import type { Abortion } from '../../engine/vu/run.ts';
import { appendFiles } from '../../history/append-files.ts';
import { mergeHistories } from '../../history/merge-histories.ts';
import { engineOutcomeOf } from '../embedded.ts';
import type { Engine, EngineRun } from '../engine.ts';
import { type Death, WorkerChild } from './child.ts';
import { outcomeOf, placeOf, refusalOf } from './death.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { LIMITS, type Limits } from './watchdog.ts';

/** @param count number of workers. Each worker uses about one core. */
export function workersEngine(count: number, limits: Limits = LIMITS): Engine {
  return {
    name: 'dialproof',
    version: ENGINE_VERSION,
    run: async (run) => engineOutcomeOf(await runWorkers(run, count, limits)),
  };
}

/** Runs a script on `count` workers. The run has one history, one file of samples and one result. */
export async function runWorkers(
  run: EngineRun,
  count: number,
  limits: Limits = LIMITS,
): Promise<EngineResult> {
  if (count === 1) return mergeOutcomes([await runWorker(run, { limits })]);
  const { historyFile, samples, rps } = run;
  const parts = Array.from({ length: count }, (_, i) => ({
    historyFile: `${historyFile}.${i}`,
    segment: equalSegment(i, count),
    // The number comes first, because the end of the name determines the compression.
    ...(samples === undefined
      ? {}
      : { samples: join(dirname(samples), `${i}.${basename(samples)}`) }),
    ...(rps === undefined ? {} : { rps: rps / count }),
  }));
  const histories = parts.map((part) => part.historyFile);
  const sampleFiles = parts.flatMap((part) => part.samples ?? []);
  await Promise.all(histories.map((part) => writeFile(part, '')));
  try {
    return mergeOutcomes(await new Workers(run, parts, limits).outcomes());
  } finally {
    // This is also done for a run that failed, so that the history has the requests that were sent.
    await mergeHistories(histories, historyFile);
    if (samples !== undefined) await appendFiles(sampleFiles, samples);
    await Promise.all([...histories, ...sampleFiles].map((part) => rm(part, { force: true })));
  }
}

/**
 * Runs a script, or the segment of it that this instance has, on one worker.
 *
 * @param more.ready awaited when the VUs are ready, before the scenarios start.
 * @throws Error where the worker gave no outcome.
 */
export async function runWorker(
  run: Omit<EngineRun, 'plannedMs' | 'labels'>,
  more: {
    readonly segment?: SegmentText;
    readonly ready?: () => Promise<void>;
    readonly limits?: Limits;
  },
): Promise<InstanceOutcome> {
  const { historyFile, samples, rps } = run;
  const { segment, ready, limits = LIMITS } = more;
  const part: Part = {
    historyFile,
    ...(segment ? { segment } : {}),
    ...(samples === undefined ? {} : { samples }),
    ...(rps === undefined ? {} : { rps }),
  };
  const [outcome] = await new Workers(run, [part], limits, ready).outcomes();
  if (!outcome) throw new Error('the worker gave no outcome');
  return outcome;
}

/** The part of the run that a worker has. */
interface Part {
  readonly historyFile: string;
  readonly samples?: string;
  readonly segment?: SegmentText;
  readonly rps?: number;
}

type WorkersRun = Pick<
  EngineRun,
  'script' | 'env' | 'loopbackOnly' | 'signal' | 'onProgress' | 'onSnapshots'
>;

class Workers {
  readonly #run: WorkersRun;
  readonly #limits: Limits;
  readonly #ready: () => Promise<void>;
  readonly #children: readonly WorkerChild[];
  readonly #progress = new Map<number, Progress>();
  readonly #snapshots = new Map<number, Snapshot>();
  readonly #outcomes = new Map<number, InstanceOutcome>();
  #readyCount = 0;
  #aborted = false;
  #resolve: (outcomes: InstanceOutcome[]) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(
    run: WorkersRun,
    parts: readonly Part[],
    limits: Limits,
    ready: () => Promise<void> = async () => {},
  ) {
    this.#run = run;
    this.#limits = limits;
    this.#ready = ready;
    this.#children = parts.map((part, i) => {
      const child = new WorkerChild(limits, {
        heard: (message) => this.#hear(i, message),
        died: (death) => void this.#bury(i, death).catch(this.#reject),
      });
      const { script, env, loopbackOnly } = run;
      const judgedElsewhere = parts.length > 1;
      child.tell({ say: 'prepare', script, env, loopbackOnly, judgedElsewhere, ...part });
      return child;
    });
  }

  /** Rejects with ScriptRefused where the script cannot be run. */
  async outcomes(): Promise<InstanceOutcome[]> {
    const { signal } = this.#run;
    const stop = () => this.#tellAll({ say: 'stop' });
    try {
      return await new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
        signal?.addEventListener('abort', stop, { once: true });
        if (signal?.aborted) stop();
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      await Promise.all(this.#children.map((child) => child.dismiss()));
    }
  }

  #hear(i: number, message: FromWorker): void {
    switch (message.say) {
      case 'ready':
        this.#readyCount += 1;
        if (this.#readyCount === this.#children.length) {
          this.#ready().then(() => this.#tellAll({ say: 'go' }), this.#reject);
        }
        break;
      case 'progress':
        this.#progress.set(i, message.progress);
        this.#run.onProgress?.(together([...this.#progress.values()]));
        break;
      case 'snapshot':
        this.#snapshots.set(i, message.snapshot);
        this.#tellSnapshots();
        if (this.#children.length > 1) this.#judge();
        break;
      case 'outcome':
        this.#takeOutcome(i, message.outcome);
        break;
      case 'refused':
        this.#reject(new ScriptRefused(message.message, message.exitCode));
        break;
      case 'mistaken':
        this.#reject(new UserError(message.message));
        break;
      case 'broken':
        this.#reject(new Error(`worker ${i + 1}: ${message.stack}`));
        break;
    }
  }

  /** Handles the death of a worker. Its last figures are kept, and the other workers are ended too. */
  async #bury(i: number, death: Death): Promise<void> {
    if (this.#outcomes.has(i)) return;
    const place = await placeOf(this.#run.script, death.frames);
    const snapshot = this.#snapshots.get(i);
    if (!snapshot) {
      this.#reject(refusalOf(death, place, this.#limits.initMs));
      return;
    }
    this.#takeOutcome(i, outcomeOf(snapshot, death, place, this.#run.signal?.aborted === true));
  }

  #takeOutcome(i: number, outcome: InstanceOutcome): void {
    this.#snapshots.set(i, outcome);
    this.#tellSnapshots();
    this.#outcomes.set(i, outcome);
    if (outcome.abortion) this.#abort(outcome.abortion);
    if (this.#outcomes.size === this.#children.length) {
      this.#resolve([...this.#outcomes].sort(([a], [b]) => a - b).map(([, one]) => one));
    }
  }

  #tellSnapshots(): void {
    this.#run.onSnapshots?.([...this.#snapshots.values()]);
  }

  /** Ends the run if a threshold with abortOnFail is crossed by the figures of all workers together. */
  #judge(): void {
    if (this.#snapshots.size < this.#children.length) return;
    const crossed = abortingThresholdOf([...this.#snapshots.values()]);
    if (crossed) {
      const why = `threshold '${crossed.expression}' of ${crossed.metric} crossed`;
      this.#abort({ why, exitCode: EXIT.thresholds });
    }
  }

  #abort(abortion: Abortion): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#tellAll({ say: 'abort', abortion });
  }

  #tellAll(message: ToWorker): void {
    for (const child of this.#children) child.tell(message);
  }
}

function together(parts: readonly Progress[]): Progress {
  const sum = (of: (part: Progress) => number) => parts.reduce((all, part) => all + of(part), 0);
  const targets = parts.flatMap(({ target }) => target ?? []);
  const [first] = targets;
  const planned = parts.flatMap(({ plannedMs }) => (plannedMs === null ? [] : [plannedMs]));
  return {
    elapsedMs: Math.max(...parts.map(({ elapsedMs }) => elapsedMs)),
    plannedMs: planned.length < parts.length ? null : Math.max(...planned),
    iterations: sum(({ iterations }) => iterations),
    requests: sum(({ requests }) => requests),
    failed: sum(({ failed }) => failed),
    vus: sum(({ vus }) => vus),
    // Percentiles cannot be added. The highest one of the workers is an upper bound.
    p95Ms: worst(parts.map(({ p95Ms }) => p95Ms)),
    recent: worstOf(parts.flatMap(({ recent }) => recent ?? [])),
    ...(first && targets.length === parts.length
      ? { target: { ...first, value: targets.reduce((all, { value }) => all + value, 0) } }
      : {}),
  };
}

function worstOf(all: readonly Percentiles[]): Percentiles | null {
  if (all.length === 0) return null;
  return {
    p50Ms: Math.max(...all.map(({ p50Ms }) => p50Ms)),
    p95Ms: Math.max(...all.map(({ p95Ms }) => p95Ms)),
    p99Ms: Math.max(...all.map(({ p99Ms }) => p99Ms)),
  };
}

function worst(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
