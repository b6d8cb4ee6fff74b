/** The end-of-test data in the shape that k6 hands to handleSummary. */

import type { Metric, SubMetric } from '../metrics/metric.ts';
import { judge, type Threshold } from '../metrics/thresholds.ts';
import type { GroupSummary } from '../vu/groups.ts';

export interface K6MetricSummary {
  readonly type: 'counter' | 'gauge' | 'rate' | 'trend';
  readonly contains: 'default' | 'time' | 'data';
  /** By aggregate; for a trend exactly those of summaryTrendStats. */
  readonly values: Readonly<Record<string, number>>;
  /** Thresholds by expression; absent where the metric has no threshold. */
  readonly thresholds?: Readonly<Record<string, { readonly ok: boolean }>>;
}

export interface K6Summary {
  readonly root_group: GroupSummary;
  readonly options: {
    readonly summaryTrendStats: readonly string[];
    readonly summaryTimeUnit: string;
    readonly noColor: boolean;
  };
  readonly state: {
    readonly isStdOutTTY: boolean;
    readonly isStdErrTTY: boolean;
    readonly testRunDurationMs: number;
  };
  /** Metrics with samples, and those that a threshold names. */
  readonly metrics: Readonly<Record<string, K6MetricSummary>>;
  readonly setup_data?: unknown;
}

/** What was measured, by one instance or by several. */
export interface Measured {
  readonly metrics: readonly Metric[];
  readonly groups: GroupSummary;
  readonly summaryTrendStats: readonly string[];
  readonly summaryTimeUnit: string;
}

/** @param setupData what setup returned; undefined without setup. */
export function summaryOf(
  measured: Measured,
  thresholds: readonly Threshold[],
  durationMs: number,
  setupData: unknown,
): K6Summary {
  const { summaryTrendStats, summaryTimeUnit } = measured;
  const metrics: Record<string, K6MetricSummary> = {};
  for (const metric of measured.metrics) {
    for (const one of [metric, ...metric.subMetrics]) {
      const own = thresholds.filter(({ sink }) => sink === one.sink);
      if (one.sink.samples === 0 && own.length === 0) continue;
      metrics[one.name] = metricSummary(metric, one, own, durationMs / 1_000, summaryTrendStats);
    }
  }
  return {
    root_group: measured.groups,
    options: { summaryTrendStats, summaryTimeUnit, noColor: false },
    state: {
      isStdOutTTY: process.stdout.isTTY === true,
      isStdErrTTY: process.stderr.isTTY === true,
      testRunDurationMs: durationMs,
    },
    metrics,
    ...(setupData === undefined ? {} : { setup_data: setupData }),
  };
}

const AGGREGATES = {
  counter: ['count', 'rate'],
  gauge: ['value', 'min', 'max'],
  rate: ['rate', 'passes', 'fails'],
} as const;

function metricSummary(
  metric: Metric,
  { sink }: Metric | SubMetric,
  thresholds: readonly Threshold[],
  seconds: number,
  trendStats: readonly string[],
): K6MetricSummary {
  const names = metric.type === 'trend' ? trendStats : AGGREGATES[metric.type];
  const judged = thresholds.map((one) => [one.expression, { ok: judge(one, seconds).ok }]);
  return {
    type: metric.type,
    contains: metric.contains,
    values: Object.fromEntries(names.map((name) => [name, sink.aggregate(name, seconds) ?? 0])),
    ...(judged.length === 0 ? {} : { thresholds: Object.fromEntries(judged) }),
  };
}
