/**
 * The embedded engine in several processes, each with one segment of the run.
 *
 * Processes and not threads: each has its own CPU figures, and none can take the others with it.
 */

import { type ChildProcess, fork } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { NODE_ARGS } from '../../../system/package.ts';
import {
  ENGINE_VERSION,
  type EngineResult,
  type InstanceOutcome,
  type Percentiles,
  type Progress,
  type Snapshot,
} from '../../engine/engine.ts';
import { EXIT, ScriptRefused } from '../../engine/read/refusal.ts';
import { equalSegment } from '../../engine/read/segment.ts';
import { abortingThresholdOf, mergeOutcomes } from '../../engine/result/merge.ts';
import type { Abortion } from '../../engine/vu/run.ts';
import { appendFiles } from '../../history/append-files.ts';
import { mergeHistories } from '../../history/merge-histories.ts';
import { engineOutcomeOf } from '../embedded.ts';
import type { Engine, EngineRun } from '../engine.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** @param count workers, each about a core's worth of load. */
export function workersEngine(count: number): Engine {
  return {
    name: 'dialproof',
    version: ENGINE_VERSION,
    run: async (run) => engineOutcomeOf(await runWorkers(run, count)),
  };
}

/** Runs a script on `count` workers, to one history, one file of samples and one result. */
export async function runWorkers(run: EngineRun, count: number): Promise<EngineResult> {
  const { samples } = run;
  const parts = Array.from({ length: count }, (_, i) => ({
    historyFile: `${run.historyFile}.${i}`,
    // Behind the number: how a file is packed shows in the end of its name.
    ...(samples === undefined
      ? {}
      : { samples: join(dirname(samples), `${i}.${basename(samples)}`) }),
  }));
  const histories = parts.map(({ historyFile }) => historyFile);
  const sampleFiles = parts.flatMap((part) => part.samples ?? []);
  await Promise.all(histories.map((part) => writeFile(part, '')));
  try {
    const outcomes = await new Workers(run, parts).outcomes();
    return mergeOutcomes(outcomes);
  } finally {
    // Of a run that broke off, too: what was sent is told.
    await mergeHistories(histories, run.historyFile);
    if (samples !== undefined) await appendFiles(sampleFiles, samples);
    await Promise.all([...histories, ...sampleFiles].map((part) => rm(part, { force: true })));
  }
}

interface Part {
  readonly historyFile: string;
  readonly samples?: string;
}

class Workers {
  readonly #run: EngineRun;
  readonly #children: readonly ChildProcess[];
  readonly #progress = new Map<number, Progress>();
  readonly #snapshots = new Map<number, Snapshot>();
  readonly #outcomes = new Map<number, InstanceOutcome>();
  #ready = 0;
  #aborted = false;
  #resolve: (outcomes: InstanceOutcome[]) => void = () => {};
  #reject: (error: Error) => void = () => {};

  constructor(run: EngineRun, parts: readonly Part[]) {
    this.#run = run;
    this.#children = parts.map((part, i) => {
      const child = forkWorker();
      child.on('message', (message: FromWorker) => this.#hear(i, message));
      child.once('error', (error) => this.#reject(error));
      child.once('exit', (code, signal) => {
        this.#reject(new Error(`worker ${i + 1} ended with ${signal ?? `code ${code}`}`));
      });
      const segment = equalSegment(i, parts.length);
      const { script, env, rps, loopbackOnly } = run;
      const share = rps === undefined ? {} : { rps: rps / parts.length };
      const watched = run.onSnapshots !== undefined;
      send(child, {
        say: 'prepare',
        script,
        env,
        ...part,
        segment,
        watched,
        loopbackOnly,
        ...share,
      });
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
      await Promise.all(this.#children.map(end));
    }
  }

  #hear(i: number, message: FromWorker): void {
    switch (message.say) {
      case 'ready':
        this.#ready += 1;
        if (this.#ready === this.#children.length) this.#tellAll({ say: 'go' });
        break;
      case 'progress':
        this.#progress.set(i, message.progress);
        this.#run.onProgress?.(together([...this.#progress.values()]));
        break;
      case 'snapshot':
        this.#snapshots.set(i, message.snapshot);
        this.#tellSnapshots();
        this.#judge();
        break;
      case 'outcome':
        this.#snapshots.set(i, message.outcome);
        this.#tellSnapshots();
        this.#outcomes.set(i, message.outcome);
        if (message.outcome.abortion) this.#abort(message.outcome.abortion);
        if (this.#outcomes.size === this.#children.length) {
          this.#resolve([...this.#outcomes].sort(([a], [b]) => a - b).map(([, one]) => one));
        }
        break;
      case 'refused':
        this.#reject(new ScriptRefused(message.message, message.exitCode));
        break;
      case 'broken':
        this.#reject(new Error(`worker ${i + 1}: ${message.stack}`));
        break;
    }
  }

  #tellSnapshots(): void {
    this.#run.onSnapshots?.([...this.#snapshots.values()]);
  }

  /** Ends the run when a threshold that aborts is crossed, over all workers. */
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
    for (const child of this.#children) send(child, message);
  }
}

function forkWorker(): ChildProcess {
  return fork(join(__dirname, `worker${extname(__filename)}`), {
    execArgv: [...NODE_ARGS],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C goes to the whole group: the run decides when a worker ends.
    detached: true,
  });
}

function send(child: ChildProcess, message: ToWorker): void {
  // One that is ending takes no more; its exit is heard of.
  if (child.connected) child.send(message, () => {});
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  if (child.connected) child.disconnect();
  await exited;
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
    // Percentiles cannot be added; the slowest worker's is an upper bound.
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
