/** Computes what a sink took between two of its records. Pure. */

import { type HistogramRecord, middleOf } from './histogram.ts';
import type { SinkRecord } from './sinks.ts';

/**
 * @param before an earlier record of the same sink; null for its beginning.
 * @returns what the sink took since `before`. A gauge's value, min and max are those of `now`, because it is not
 *   known when they were taken.
 * @throws Error where the two records are of different types.
 */
export function difference(now: SinkRecord, before: SinkRecord | null): SinkRecord {
  if (before === null) return now;
  if (now.type === 'counter' && before.type === 'counter') {
    return { ...now, samples: now.samples - before.samples, total: now.total - before.total };
  }
  if (now.type === 'rate' && before.type === 'rate') {
    return { ...now, samples: now.samples - before.samples, passes: now.passes - before.passes };
  }
  if (now.type === 'gauge' && before.type === 'gauge') {
    return { ...now, samples: now.samples - before.samples };
  }
  if (now.type === 'trend' && before.type === 'trend') {
    return { ...now, histogram: histogramSince(now.histogram, before.histogram) };
  }
  throw new Error(`a ${now.type} was a ${before.type} before`);
}

/** Its min and max are known to their buckets only. */
export function histogramSince(now: HistogramRecord, before: HistogramRecord): HistogramRecord {
  const buckets = bucketsSince(now.buckets, before.buckets);
  const negative = bucketsSince(now.negative, before.negative);
  return {
    count: now.count - before.count,
    sum: now.sum - before.sum,
    min: edge(negative.at(-1), buckets[0]),
    max: edge(negative[0], buckets.at(-1), true),
    buckets,
    negative,
  };
}

type Buckets = HistogramRecord['buckets'];

function bucketsSince(now: Buckets, before: Buckets): Buckets {
  const had = new Map(before);
  return now.flatMap(([bucket, count]) => {
    const more = count - (had.get(bucket) ?? 0);
    return more > 0 ? [[bucket, more] as const] : [];
  });
}

function edge(negative?: Buckets[number], positive?: Buckets[number], upper = false) {
  const below = negative ? -middleOf(negative[0]) : null;
  const above = positive ? middleOf(positive[0]) : null;
  return upper ? (above ?? below) : (below ?? above);
}
