/** Merges the outcomes of a run's instances and judges them as one. Pure. */

import type { FailedAnswer } from '../../../run/run.ts';
import { FailedAnswers } from '../http/failed-answers.ts';
import { Histogram } from '../metrics/histogram.ts';
import type { Metric } from '../metrics/metric.ts';
import { MetricRegistry } from '../metrics/registry.ts';
import {
  abortingThreshold,
  judge,
  readThresholds,
  type Threshold,
  type ThresholdVerdict,
} from '../metrics/thresholds.ts';
import { EXIT, type ExitCode } from '../read/refusal.ts';
import { ErrorCounts, type ScriptError } from '../script/script-errors.ts';
import { Group } from '../vu/groups.ts';
import type { GeneratorHealth } from './generator-health.ts';
import type { InstanceOutcome, Snapshot } from './outcome.ts';
import { type K6Summary, summaryOf } from './summary.ts';

export interface EngineResult {
  /** What k6 would hand to handleSummary. */
  readonly summary: K6Summary;
  readonly thresholds: readonly ThresholdVerdict[];
  readonly iterations: number;
  readonly droppedIterations: number;
  readonly durationMs: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Exceptions, most frequent first. Unlike in k6, any exception fails the run. */
  readonly scriptErrors: readonly ScriptError[];
  /** Requests that were refused or got no answer, most frequent first. */
  readonly failedAnswers: readonly FailedAnswer[];
  readonly validity: GeneratorHealth;
  readonly interrupted: boolean;
  /** Why the run was cut short; null when it was not. */
  readonly aborted: string | null;
  /** Why `exec.test.fail()` marked the run; null when it did not. */
  readonly markedFailed: string | null;
  /** What k6 would log as warnings: a sentence each. */
  readonly warnings: readonly string[];
  /** Whether a process was ended. The last of its measurements and output are then missing. */
  readonly linesLost: boolean;
  /** k6's codes; 107 also for a script error in an iteration, where k6 exits 0. */
  readonly exitCode: ExitCode;
}

/**
 * The result of a run whose instances ended with these outcomes; of one instance, its own.
 *
 * Counters and rates are added, histograms too, so that percentiles are those of all samples together.
 * A gauge has the last sample's value; `vus` and `vus_max` are added. The run lasts from the first start to
 * the last end. Of what the generators did to the figures, lateness is that of all arrivals together, and
 * the event loop's delay the worst instance's.
 *
 * @param outcomes at least one.
 * @throws ScriptRefused where instances did not run the same script.
 */
export function mergeOutcomes(outcomes: readonly InstanceOutcome[]): EngineResult {
  const [first] = outcomes;
  if (!first) throw new Error('there is no outcome to merge');
  const { registry, thresholds, startedAt, durationMs } = merged(outcomes);
  const groups = new Group('', '');
  const errors = new ErrorCounts();
  const failedAnswers = new FailedAnswers();
  const lateness = new Histogram();
  for (const outcome of outcomes) {
    groups.take(outcome.groups);
    for (const error of outcome.scriptErrors) errors.add(error);
    for (const answer of outcome.failedAnswers) failedAnswers.add(answer);
    lateness.take(outcome.lateness);
  }
  const sum = (of: (outcome: InstanceOutcome) => number) =>
    outcomes.reduce((all, outcome) => all + of(outcome), 0);
  const measured = {
    metrics: registry.all(),
    groups: groups.summary(),
    summaryTrendStats: first.summaryTrendStats,
    summaryTimeUnit: first.summaryTimeUnit,
  };
  const verdicts = thresholds.map((one) => judge(one, durationMs / 1_000));
  const abortion = outcomes.find((outcome) => outcome.abortion)?.abortion;
  const [failure] = outcomes.flatMap(({ failures }) => failures);
  return {
    summary: summaryOf(
      measured,
      thresholds,
      durationMs,
      first.setupData === null ? undefined : JSON.parse(first.setupData),
    ),
    thresholds: verdicts,
    iterations: sum(({ iterations }) => iterations),
    droppedIterations: sum(({ droppedIterations }) => droppedIterations),
    durationMs,
    startedAt,
    scriptErrors: errors.list(),
    failedAnswers: failedAnswers.list(),
    validity: {
      latenessP99Ms: lateness.count === 0 ? null : lateness.percentile(99),
      eventLoopDelayP99Ms: Math.max(...outcomes.map((one) => one.eventLoopDelayP99Ms)),
      cpu: sum(({ cpu }) => cpu),
      utilization: Math.max(...outcomes.map(({ utilization }) => utilization)),
    },
    interrupted: outcomes.some(({ interrupted }) => interrupted),
    aborted: abortion?.why ?? failure?.why ?? null,
    warnings: [...new Set(outcomes.flatMap(({ warnings }) => warnings))],
    linesLost: outcomes.some(({ linesLost }) => linesLost),
    markedFailed: outcomes.find((one) => one.markedFailed !== null)?.markedFailed ?? null,
    exitCode: exitCodeOf(outcomes, verdicts, errors.list().length > 0),
  };
}

/** The threshold that must end the run now, of all that its instances have measured so far. */
export function abortingThresholdOf(snapshots: readonly Snapshot[]): Threshold | undefined {
  const { thresholds, durationMs } = merged(snapshots.map(closedByAll(snapshots)));
  return abortingThreshold(thresholds, durationMs);
}

/** Everything that the instances have measured so far, as one. */
export function mergedMetrics(snapshots: readonly Snapshot[]): {
  readonly startedAt: number;
  readonly at: number;
  readonly metrics: readonly Metric[];
} {
  const { registry, startedAt, durationMs } = merged(snapshots);
  return { startedAt, at: Math.round(startedAt + durationMs), metrics: registry.all() };
}

/** Leaves out the windows that are not over in every instance: part of one proves nothing. */
function closedByAll(snapshots: readonly Snapshot[]): (snapshot: Snapshot) => Snapshot {
  const closed = (i: number) =>
    Math.min(...snapshots.map(({ windows }) => windows[i]?.length ?? 0));
  return (snapshot) => ({
    ...snapshot,
    windows: snapshot.windows.map((records, i) => records?.slice(0, closed(i)) ?? null),
  });
}

function merged(parts: readonly Snapshot[]) {
  const registry = new MetricRegistry();
  for (const { metrics } of parts) registry.take(metrics);
  const startedAt = Math.min(...parts.map((part) => part.startedAt));
  const written = parts[0]?.thresholds ?? {};
  const thresholds = readThresholds(written, registry);
  for (const { windows } of parts) {
    for (const [i, records] of windows.entries()) thresholds[i]?.windows?.take(records ?? []);
  }
  return {
    registry,
    thresholds,
    startedAt,
    durationMs: Math.max(...parts.map((part) => part.startedAt - startedAt + part.durationMs)),
  };
}

/** The first that applies, in k6's order; the script errors that k6 forgives come last. */
function exitCodeOf(
  outcomes: readonly InstanceOutcome[],
  verdicts: readonly ThresholdVerdict[],
  threw: boolean,
): ExitCode {
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  const [failure] = failures;
  if (failure?.timedOut && failure.hook === 'setup') return EXIT.setupTimeout;
  if (failure?.timedOut && failure.hook === 'teardown') return EXIT.teardownTimeout;
  if (failure && failure.hook !== 'handleSummary') return EXIT.scriptException;
  const abortion = outcomes.find((outcome) => outcome.abortion)?.abortion;
  if (abortion) return abortion.exitCode;
  if (outcomes.some(({ interrupted }) => interrupted)) return EXIT.interrupted;
  if (verdicts.some(({ ok }) => !ok)) return EXIT.thresholds;
  if (outcomes.some(({ markedFailed }) => markedFailed !== null)) return EXIT.markedFailed;
  return threw || failure ? EXIT.scriptException : EXIT.ok;
}
