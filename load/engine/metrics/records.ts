/** Metrics as plain JSON: how instances hand them on to be merged. */

import type { Contents, Metric, SubMetric } from './metric.ts';
import type { SinkRecord } from './sinks.ts';

export interface MetricRecord {
  readonly name: string;
  readonly contains: Contents;
  readonly sink: SinkRecord;
  readonly subMetrics: readonly {
    readonly filter: SubMetric['filter'];
    readonly sink: SinkRecord;
  }[];
}

export function recordOf({ name, contains, sink, subMetrics }: Metric): MetricRecord {
  return {
    name,
    contains,
    sink: sink.toRecord(),
    subMetrics: subMetrics.map((one) => ({ filter: one.filter, sink: one.sink.toRecord() })),
  };
}
