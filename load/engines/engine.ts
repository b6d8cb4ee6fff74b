/** What a load run needs of an engine, whichever it is. */

import type { Busy, CheckCount, ThresholdResult } from '../../run/run.ts';
import type { LoadFault, Note } from '../../run/statements/load.ts';
import type { Aim, K6Summary, Percentiles, Snapshot } from '../engine/engine.ts';
import type { FailedAnswer } from '../engine/http/failed-answers.ts';

export interface EngineRun {
  /** The entry script. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** File that gets the scripts' console lines: the history. */
  readonly historyFile: string;
  /** About how long the run should take: what a hung engine is told apart by. */
  readonly plannedMs: number;
  /** What samples and series of this run are known by: `testid` and `scenario`. */
  readonly labels: Readonly<Record<'testid' | 'scenario', string>>;
  /** The most requests a second, over all VUs and whatever the script does. */
  readonly rps?: number;
  /** Whether requests to other machines are refused, whatever the script asks for. */
  readonly loopbackOnly: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
  /** File that gets every sample as a line, added to what it has. */
  readonly samples?: string;
  /** Told about twice a second, by engines that can: what each instance has measured. */
  readonly onSnapshots?: (snapshots: readonly Snapshot[]) => void;
}

export interface EngineProgress {
  readonly elapsedMs: number;
  readonly iterations: number;
  readonly requests: number;
  /** What only some engines tell. */
  readonly plannedMs?: number | null;
  /** Requests that failed. */
  readonly failed?: number;
  /** Active now. */
  readonly vus?: number;
  /** What is aimed at now. */
  readonly target?: Aim;
  /** Of the answers since this was told last; null without one. */
  readonly recent?: Percentiles | null;
  /** 95 % of the answers so far came within this. */
  readonly p95Ms?: number | null;
}

export interface EngineOutcome {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly iterations: number;
  /** HTTP requests, whether or not the script told of them in its history. */
  readonly requests: number;
  readonly thresholds: readonly ThresholdResult[];
  readonly checks: readonly CheckCount[];
  /** What k6's end-of-test summary has, by the names of the metrics. */
  readonly metrics: K6Summary['metrics'];
  /** Groups and their checks, from the root. */
  readonly groups: K6Summary['root_group'];
  /** Requests that were refused or got no answer, most frequent first; empty where the engine does not tell. */
  readonly failedAnswers: readonly FailedAnswer[];
  /** By k6's table; null where a k6 was ended by a signal. Each code but 0 has its reason in the other members. */
  readonly exitCode: number | null;
  /** What ended in an exception, or before its time. */
  readonly errors: readonly LoadFault[];
  readonly droppedIterations: number;
  /** Null where the engine does not tell. */
  readonly latenessP99Ms: number | null;
  readonly eventLoopDelayP99Ms: number | null;
  /** How much of what generates the load was in use; null where that is not known. */
  readonly busy: Busy | null;
  readonly interrupted: boolean;
  /** Iterations that were begun and cut: what they had sent left no line in the history. */
  readonly cutIterations: number;
  /** What the reader should know beside the figures. */
  readonly notes: readonly Note[];
}

export interface Engine {
  readonly name: 'dialproof' | 'k6';
  readonly version: string;
  run(run: EngineRun): Promise<EngineOutcome>;
}

/** The counter of iterations begun (lib/measure.ts). */
export const STARTED_METRIC = 'batches_started';

/** @param started undefined where a script does not count what it begins. */
export function cutOf(started: number | undefined, completed: number): number {
  return Math.max(0, (started ?? completed) - completed);
}

/** The checks of a group and of all groups in it. */
export function checksOf(group: K6Summary['root_group']): CheckCount[] {
  const own = group.checks.map(({ name, passes, fails }) => ({ name, passes, fails }));
  return [...own, ...group.groups.flatMap(checksOf)];
}
