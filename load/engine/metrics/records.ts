/** Metrics as plain JSON: how instances hand them on to be merged. */

import type { HistogramRecord } from './histogram.ts';
import type { Contents, Metric, SubMetric } from './metric.ts';

export type SinkRecord =
  | { readonly type: 'counter'; readonly samples: number; readonly total: number }
  | {
      readonly type: 'gauge';
      readonly samples: number;
      readonly value: number;
      readonly min: number;
      readonly max: number;
      /** Epoch milliseconds of the last sample. */
      readonly at: number;
    }
  | { readonly type: 'rate'; readonly samples: number; readonly passes: number }
  | { readonly type: 'trend'; readonly histogram: HistogramRecord };

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
