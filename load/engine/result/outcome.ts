/** The result of one instance of a run as plain JSON, with all data that merging and judging need. */

import type { FailedAnswer } from '../../../run/run.ts';
import type { HistogramRecord } from '../metrics/histogram.ts';
import { type MetricRecord, recordOf } from '../metrics/records.ts';
import type { SinkRecord } from '../metrics/sinks.ts';
import type { Threshold, WrittenThresholds } from '../metrics/thresholds.ts';
import type { SegmentText } from '../read/segment.ts';
import type { ScriptError } from '../script/script-errors.ts';
import type { GroupSummary } from '../vu/groups.ts';
import type { Hook } from '../vu/hooks.ts';
import type { Abortion, Run } from '../vu/run.ts';
import type { HealthWatch } from './generator-health.ts';

export interface InstanceOutcome {
  readonly segment: SegmentText;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly iterations: number;
  readonly droppedIterations: number;
  readonly metrics: readonly MetricRecord[];
  readonly groups: GroupSummary;
  readonly scriptErrors: readonly ScriptError[];
  readonly failedAnswers: readonly FailedAnswer[];
  /** What k6 would log as warnings: a sentence each. */
  readonly warnings: readonly string[];
  /** Milliseconds by which arrivals started behind their schedule. */
  readonly lateness: HistogramRecord;
  readonly eventLoopDelayP99Ms: number;
  /** Cores used, on average. */
  readonly cpu: number;
  /** Share of the time in which the event loop did not wait, 0 to 1. */
  readonly utilization: number;
  readonly interrupted: boolean;
  /** Why the run was cut short; null when it was not. */
  readonly abortion: Abortion | null;
  readonly failures: readonly FailedHook[];
  /** Why `exec.test.fail()` marked the run; null when it did not. */
  readonly markedFailed: string | null;
  /** Whether its process was ended. The last of its measurements and output are then missing. */
  readonly linesLost: boolean;
  readonly thresholds: WrittenThresholds;
  /** The windows of each threshold, in their order; null for one of the whole run. */
  readonly windows: readonly (readonly SinkRecord[] | null)[];
  readonly summaryTrendStats: readonly string[];
  readonly summaryTimeUnit: string;
  /** What setup returned, as JSON; null without setup. */
  readonly setupData: string | null;
}

export interface FailedHook {
  readonly hook: Hook;
  readonly timedOut: boolean;
  /** One sentence. */
  readonly why: string;
}

/** The outcome of a run as far as it is known at any time. It is all that is left if the process is ended. */
export type Snapshot = Omit<InstanceOutcome, 'interrupted' | 'failures' | 'setupData'>;

export function snapshotOf(
  run: Run,
  thresholds: readonly Threshold[],
  durationMs: number,
  health: HealthWatch,
): Snapshot {
  const { segment, summaryTrendStats, summaryTimeUnit } = run.plan;
  const { eventLoopDelayP99Ms, cpu, utilization } = health.read(run.lateness);
  return {
    segment: segment.text,
    startedAt: run.startedAt,
    durationMs,
    iterations: run.iterationsCompleted,
    droppedIterations: run.iterationsDropped,
    metrics: run.registry.all().map(recordOf),
    groups: run.rootGroup.summary(),
    scriptErrors: run.errors.list(),
    failedAnswers: run.failedAnswers.list(),
    warnings: [...run.warnings],
    lateness: run.lateness.toRecord(),
    eventLoopDelayP99Ms,
    cpu,
    utilization,
    abortion: run.aborted,
    markedFailed: run.markedFailed,
    linesLost: false,
    thresholds: run.plan.thresholds,
    windows: thresholds.map(({ windows }) => windows?.toRecord() ?? null),
    summaryTrendStats,
    summaryTimeUnit,
  };
}
