/**
 * Metrics by Prometheus remote write, named as k6's own output names them, so that its dashboards show them.
 *
 * `k6_<counter>_total`, `k6_<gauge>`, `k6_<rate>_rate` and `k6_<trend>_<statistic>`, times in seconds.
 *
 * @see https://grafana.com/docs/k6/latest/results-output/real-time/prometheus-remote-write/
 */

import { pushTimeseries } from 'prometheus-remote-write';
import type { Metric } from '../engine/metrics/metric.ts';
import type { Measured, Output } from './output.ts';

/** Statistic of a trend -> what its series' name ends with. */
const TREND_STATISTICS = {
  avg: 'avg',
  min: 'min',
  med: 'med',
  max: 'max',
  'p(90)': 'p90',
  'p(95)': 'p95',
  'p(99)': 'p99',
  count: 'count',
} as const;

const TIMEOUT_MS = 5_000;

/** Credentials, by the names that k6 reads them by. */
export interface PrometheusLogin {
  readonly K6_PROMETHEUS_RW_USERNAME?: string;
  readonly K6_PROMETHEUS_RW_PASSWORD?: string;
  readonly K6_PROMETHEUS_RW_BEARER_TOKEN?: string;
}

/** @param url the remote-write endpoint, such as `http://127.0.0.1:9090/api/v1/write`. */
export function prometheusOutput(url: URL, login: PrometheusLogin): Output {
  const {
    K6_PROMETHEUS_RW_USERNAME: username,
    K6_PROMETHEUS_RW_PASSWORD: password,
    K6_PROMETHEUS_RW_BEARER_TOKEN: token,
  } = login;
  return {
    name: `prometheus ${url.origin}`,
    async push(measured, labels) {
      const series = measured.metrics
        .filter(({ sink }) => sink.samples > 0)
        .flatMap((metric) => valuesOf(metric, measured))
        // The protocol wants labels in the order of their names; __name__ comes before all letters.
        .map(([name, value]) => ({
          labels: { __name__: name, ...sorted(labels) },
          samples: [{ value, timestamp: measured.at }],
        }));
      const { status, errorMessage } = await pushTimeseries(series, {
        url: url.href,
        fetch: (to, init) =>
          fetch(to, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) } as RequestInit),
        headers: {
          'content-encoding': 'snappy',
          'x-prometheus-remote-write-version': '0.1.0',
          'user-agent': 'dialproof',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(username && password ? { auth: { username, password } } : {}),
      }).catch((error: Error & { cause?: Error }) => {
        throw error.cause ?? error;
      });
      if (status >= 300) throw new Error(`HTTP ${status} ${errorMessage ?? ''}`.trim());
    },
  };
}

function valuesOf(
  { name, contains, sink }: Metric,
  { startedAt, at }: Measured,
): (readonly [series: string, value: number])[] {
  const value = (statistic: string) => sink.aggregate(statistic, (at - startedAt) / 1_000) ?? 0;
  switch (sink.type) {
    case 'counter':
      return [[`k6_${name}_total`, value('count')]];
    case 'gauge':
      return [[`k6_${name}`, value('value')]];
    case 'rate':
      return [[`k6_${name}_rate`, value('rate')]];
    case 'trend':
      return Object.entries(TREND_STATISTICS).map(([statistic, suffix]) => {
        const inSeconds = contains === 'time' && statistic !== 'count';
        return [`k6_${name}_${suffix}`, value(statistic) / (inSeconds ? 1_000 : 1)];
      });
  }
}

function sorted(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}
