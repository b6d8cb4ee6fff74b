/** The interface that a load run requires of every engine. */

import type { Busy, CheckCount, FailedAnswer, ThresholdResult } from '../../run/run.ts';
import type { LoadFault, Note } from '../../run/statements/load.ts';
import type { Aim, K6Summary, Percentiles, Snapshot } from '../engine/engine.ts';

export interface EngineRun {
  /** The entry script. */
  readonly script: string;
  readonly env: Readonly<Record<string, string>>;
  /** The history file. The scripts' console lines are written to it. */
  readonly historyFile: string;
  /** About how long the run should take, in milliseconds. An engine that takes much longer counts as hung. */
  readonly plannedMs: number;
  /** Labels of the samples and series of this run. */
  readonly labels: Readonly<Record<'testid' | 'scenario', string>>;
  /** The most requests a second over all VUs, even where the script asks for more. */
  readonly rps?: number;
  /** Whether requests to other machines are refused. */
  readonly loopbackOnly: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
  /** File to which every sample is appended as a line. */
  readonly samples?: string;
  /** Called about twice a second with what each instance has measured. Not every engine calls it. */
  readonly onSnapshots?: (snapshots: readonly Snapshot[]) => void;
}

export interface EngineProgress {
  /** Milliseconds since the start. */
  readonly elapsedMs: number;
  readonly iterations: number;
  readonly requests: number;
  /**
   * Planned length of the run in milliseconds; null where it is not known. This member and those that follow are
   * absent where the engine does not report them.
   */
  readonly plannedMs?: number | null;
  /** Requests that failed. */
  readonly failed?: number;
  /** VUs that are active now. */
  readonly vus?: number;
  /** The target of the current stage. */
  readonly target?: Aim;
  /** Response times, in milliseconds, of the answers since the last call; null where there were no answers. */
  readonly recent?: Percentiles | null;
  /** 95th percentile of the response times so far, in milliseconds; null without an answer. */
  readonly p95Ms?: number | null;
}

/** A threshold as an engine judges it, which does not ask whether the figures are valid. */
export type MeasuredThreshold = Omit<ThresholdResult, 'judged'>;

export interface EngineOutcome {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly iterations: number;
  /** HTTP requests, including those that the script did not write into its history. */
  readonly requests: number;
  readonly thresholds: readonly MeasuredThreshold[];
  readonly checks: readonly CheckCount[];
  /** Metrics by name, as in k6's end-of-test summary. */
  readonly metrics: K6Summary['metrics'];
  /** Groups and their checks, from the root. */
  readonly groups: K6Summary['root_group'];
  /** Requests that were refused or got no answer, most frequent first; empty where the engine does not report them. */
  readonly failedAnswers: readonly FailedAnswer[];
  /**
   * Exit code as k6 defines it; null if a signal ended k6. The other members give the reason for a code other
   * than 0.
   */
  readonly exitCode: number | null;
  /** Exceptions, and reasons for an early end. */
  readonly errors: readonly LoadFault[];
  readonly droppedIterations: number;
  /** Actual minus scheduled start, 99th percentile, milliseconds; null where the engine does not report it. */
  readonly latenessP99Ms: number | null;
  /** Delay of the event loop, 99th percentile, milliseconds; null where the engine does not report it. */
  readonly eventLoopDelayP99Ms: number | null;
  /** Share of the time in which the load generator was busy; null where that is not known. */
  readonly busy: Busy | null;
  readonly interrupted: boolean;
  /** Iterations that were begun and cut. The history has no line for their last requests. */
  readonly cutIterations: number;
  /** Notes for the reader of the figures. */
  readonly notes: readonly Note[];
}

export interface Engine {
  readonly name: 'dialproof' | 'k6';
  readonly version: string;
  run(run: EngineRun): Promise<EngineOutcome>;
}

/** Name of the counter of started iterations (lib/measure.ts). */
export const STARTED_METRIC = 'batches_started';

/** @param started undefined if the script does not count the iterations that it starts. */
export function cutOf(started: number | undefined, completed: number): number {
  return Math.max(0, (started ?? completed) - completed);
}

/**
 * The checks of a group and of all groups in it.
 *
 * @param groups names of the groups from the outermost to this one; empty for the root.
 */
export function checksOf(
  group: K6Summary['root_group'],
  groups: readonly string[] = [],
): CheckCount[] {
  const own = group.checks.map(({ name, passes, fails }) => ({ name, groups, passes, fails }));
  return [...own, ...group.groups.flatMap((one) => checksOf(one, [...groups, one.name]))];
}
