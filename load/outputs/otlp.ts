/**
 * Metrics over OTLP/HTTP, named and shaped as k6's own OpenTelemetry output has them.
 *
 * A counter is a monotonic sum, a gauge a gauge, a trend a histogram, a rate one sum with the attribute
 * `condition`: `zero` or `nonzero`. All are cumulative from the start of the run.
 *
 * @see https://grafana.com/docs/k6/latest/results-output/real-time/opentelemetry/
 */

import { ValueType } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import { DIALPROOF_VERSION } from '../../system/package.ts';
import { type HistogramRecord, middleOf } from '../engine/metrics/histogram.ts';
import type { Contents, Metric } from '../engine/metrics/metric.ts';
import type { Labels, Measured, Output } from './output.ts';

const UNITS: Readonly<Record<Contents, string>> = { default: '', time: 'ms', data: 'By' };

/** Upper bounds, most of them for milliseconds of response time. */
const BOUNDARIES = [
  0, 1, 2, 5, 10, 15, 20, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 1_500, 2_000,
  3_000, 5_000, 7_500, 10_000, 30_000, 60_000,
];

const TIMEOUT_MS = 5_000;

/**
 * @param url the collector's; `/v1/metrics` is added where it has no path. Headers come from
 * OTEL_EXPORTER_OTLP_HEADERS, as in every OpenTelemetry SDK.
 */
export function otlpOutput(url: URL): Output {
  const { href } = url.pathname === '/' ? new URL('/v1/metrics', url) : url;
  const exporter = new OTLPMetricExporter({ url: href, timeoutMillis: TIMEOUT_MS });
  return {
    name: `otlp ${url.origin}`,
    push(measured, labels) {
      const data = {
        resource: resourceFromAttributes({
          'service.name': 'dialproof',
          'service.version': DIALPROOF_VERSION,
        }),
        scopeMetrics: [
          {
            scope: { name: 'dialproof', version: DIALPROOF_VERSION },
            metrics: measured.metrics
              .filter(({ sink }) => sink.samples > 0)
              .map((metric) => dataOf(metric, measured, labels)),
          },
        ],
      };
      return new Promise((resolve, reject) => {
        exporter.export(data, ({ error }) => (error ? reject(error) : resolve()));
      });
    },
  };
}

function dataOf(metric: Metric, { startedAt, at }: Measured, labels: Labels): MetricData {
  const record = metric.sink.toRecord();
  const about = {
    descriptor: {
      name: metric.name,
      description: '',
      unit: UNITS[metric.contains],
      valueType: ValueType.DOUBLE,
    },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const point = <T>(value: T, more: Labels = {}): DataPoint<T> => ({
    startTime: hrTime(startedAt),
    endTime: hrTime(at),
    attributes: { ...labels, ...more },
    value,
  });
  const sum = (...dataPoints: DataPoint<number>[]): MetricData => ({
    ...about,
    dataPointType: DataPointType.SUM,
    isMonotonic: true,
    dataPoints,
  });
  switch (record.type) {
    case 'counter':
      return sum(point(record.total));
    case 'rate':
      return sum(
        point(record.samples - record.passes, { condition: 'zero' }),
        point(record.passes, { condition: 'nonzero' }),
      );
    case 'gauge':
      return { ...about, dataPointType: DataPointType.GAUGE, dataPoints: [point(record.value)] };
    case 'trend':
      return {
        ...about,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: [point(histogramOf(record.histogram))],
      };
  }
}

function histogramOf({ count, sum, min, max, buckets, negative }: HistogramRecord): Histogram {
  const counts = [...BOUNDARIES, Number.POSITIVE_INFINITY].map(() => 0);
  const add = (value: number, times: number) => {
    const bound = BOUNDARIES.findIndex((boundary) => value <= boundary);
    const i = bound < 0 ? BOUNDARIES.length : bound;
    counts[i] = (counts[i] ?? 0) + times;
  };
  for (const [bucket, times] of negative) add(-middleOf(bucket), times);
  for (const [bucket, times] of buckets) add(middleOf(bucket), times);
  return {
    buckets: { boundaries: BOUNDARIES, counts },
    count,
    sum,
    ...(min === null ? {} : { min }),
    ...(max === null ? {} : { max }),
  };
}

/** Seconds and nanoseconds. */
function hrTime(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1_000_000)];
}
