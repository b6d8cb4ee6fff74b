/** The plan of a run: what the script's options say, read and complete. And how long and how large it is. */

import type { Executor } from '../executors/executor.ts';
import type { HttpPlan } from '../http/plan.ts';
import type { WrittenThresholds } from '../metrics/thresholds.ts';
import type { Segment } from '../read/segment.ts';

export interface ScenarioPlan {
  readonly name: string;
  readonly executorName: string;
  readonly executor: Executor;
  /** Name of the exported function that is one iteration. */
  readonly exec: string;
  readonly startTimeMs: number;
  readonly gracefulStopMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RunPlan {
  /** The part of the run that this instance has. */
  readonly segment: Segment;
  readonly scenarios: readonly ScenarioPlan[];
  /** They can be read once the metrics are known. */
  readonly thresholds: WrittenThresholds;
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that samples get by themselves. */
  readonly systemTags: ReadonlySet<string>;
  /** The most requests a second, over all VUs of all instances; null for no limit. */
  readonly rps: number | null;
  readonly summaryTrendStats: readonly string[];
  /** Empty if the script sets none. Only handleSummary sees it. */
  readonly summaryTimeUnit: string;
  /** What k6 warns of, a sentence each. */
  readonly warnings: readonly string[];
  readonly noSetup: boolean;
  readonly noTeardown: boolean;
  readonly setupTimeoutMs: number;
  readonly teardownTimeoutMs: number;
  readonly handleSummaryTimeoutMs: number;
  /** A VU whose iteration was shorter waits until then. */
  readonly minIterationMs: number;
  readonly http: HttpPlan;
  /** The options as they hold, for `exec.test.options`: null for those that were not given. */
  readonly consolidated: Readonly<Record<string, unknown>>;
}

/** The most VUs that scenarios need ready at the same time. */
export function vusToPrepare(scenarios: readonly ScenarioPlan[]): number {
  const ends = (plan: ScenarioPlan) =>
    plan.startTimeMs + plan.executor.regularMs + plan.gracefulStopMs;
  const needs = scenarios.map(({ startTimeMs: at }) =>
    scenarios
      .filter((plan) => plan.startTimeMs <= at && at < ends(plan))
      .reduce((sum, plan) => sum + plan.executor.vus, 0),
  );
  return Math.max(...needs);
}

/** The longest time, in milliseconds, until all scenarios have ended: from the start, and after an interruption. */
export function limitsOf(scenarios: readonly ScenarioPlan[]): {
  readonly limitMs: number;
  readonly stoppedMs: number;
} {
  const ends = scenarios.map(
    (plan) => plan.startTimeMs + plan.executor.regularMs + plan.gracefulStopMs,
  );
  return {
    limitMs: Math.max(...ends),
    stoppedMs: Math.max(...scenarios.map(({ gracefulStopMs }) => gracefulStopMs)),
  };
}

/** Milliseconds that the scenarios last; null where one ends when its iterations are done. */
export function plannedMs(scenarios: readonly ScenarioPlan[]): number | null {
  if (scenarios.some((plan) => plan.executor.iterations !== null)) return null;
  return Math.max(...scenarios.map((plan) => plan.startTimeMs + plan.executor.regularMs));
}
