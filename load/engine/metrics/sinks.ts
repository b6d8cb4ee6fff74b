/** What each of k6's four metric types keeps of its samples. */

import { Histogram, type HistogramRecord } from './histogram.ts';

export type MetricType = 'counter' | 'gauge' | 'rate' | 'trend';

/** Aggregates that thresholds and the summary may ask for, by k6's names. */
export type Aggregates = Record<string, number>;

/** What a sink has taken, as plain JSON. */
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

export interface Sink {
  readonly type: MetricType;
  /** Samples so far. */
  readonly samples: number;
  add(value: number): void;
  /**
   * @param name `count`, `rate`, `value`, `avg`, `min`, `max`, `med` or `p(N)`.
   * @param seconds length of the run, for rates per second.
   * @returns null where this type has no such aggregate.
   */
  aggregate(name: string, seconds: number): number | null;
  toRecord(): SinkRecord;
  /**
   * Adds what another instance's sink of the same metric took.
   *
   * @throws Error where the record is of another type.
   */
  take(record: SinkRecord): void;
}

export class CounterSink implements Sink {
  readonly type = 'counter';
  samples = 0;
  total = 0;

  add(value: number): void {
    this.samples += 1;
    this.total += value;
  }

  aggregate(name: string, seconds: number): number | null {
    if (name === 'count') return this.total;
    if (name === 'rate') return seconds > 0 ? this.total / seconds : 0;
    return null;
  }

  toRecord(): SinkRecord {
    return { type: 'counter', samples: this.samples, total: this.total };
  }

  /** @throws Error where the record is not of a counter. */
  take(record: SinkRecord): void {
    if (record.type !== 'counter') throw otherType(this, record);
    this.samples += record.samples;
    this.total += record.total;
  }
}

export class GaugeSink implements Sink {
  readonly type = 'gauge';
  samples = 0;
  value = 0;
  min = 0;
  max = 0;
  /** Epoch milliseconds of the last sample. */
  #at = 0;

  add(value: number, at = Date.now()): void {
    this.min = this.samples === 0 ? value : Math.min(this.min, value);
    this.max = this.samples === 0 ? value : Math.max(this.max, value);
    this.samples += 1;
    this.value = value;
    this.#at = at;
  }

  aggregate(name: string): number | null {
    if (name === 'value') return this.value;
    if (name === 'min') return this.min;
    if (name === 'max') return this.max;
    return null;
  }

  toRecord(): SinkRecord {
    const { samples, value, min, max } = this;
    return { type: 'gauge', samples, value, min, max, at: this.#at };
  }

  /**
   * The value is the last sample, as within one instance. Where instances have one in the same millisecond, it is
   * the sample of the instance that is taken last.
   *
   * @throws Error where the record is not of a gauge.
   */
  take(record: SinkRecord): void {
    if (record.type !== 'gauge') throw otherType(this, record);
    if (record.samples === 0) return;
    if (this.samples === 0 || record.at >= this.#at) {
      this.value = record.value;
      this.#at = record.at;
    }
    this.min = this.samples === 0 ? record.min : Math.min(this.min, record.min);
    this.max = this.samples === 0 ? record.max : Math.max(this.max, record.max);
    this.samples += record.samples;
  }

  /**
   * Adds the values, for a gauge of which each instance has its own part, such as VUs.
   *
   * @throws Error where the record is not of a gauge.
   */
  takeBeside(record: SinkRecord): void {
    if (record.type !== 'gauge') throw otherType(this, record);
    this.samples += record.samples;
    this.value += record.value;
    this.min += record.min;
    this.max += record.max;
  }
}

export class RateSink implements Sink {
  readonly type = 'rate';
  samples = 0;
  /** Samples that were not zero. */
  passes = 0;

  add(value: number): void {
    this.samples += 1;
    if (value !== 0) this.passes += 1;
  }

  aggregate(name: string): number | null {
    if (name === 'rate') return this.samples === 0 ? 0 : this.passes / this.samples;
    if (name === 'passes') return this.passes;
    if (name === 'fails') return this.samples - this.passes;
    return null;
  }

  toRecord(): SinkRecord {
    return { type: 'rate', samples: this.samples, passes: this.passes };
  }

  /** @throws Error where the record is not of a rate. */
  take(record: SinkRecord): void {
    if (record.type !== 'rate') throw otherType(this, record);
    this.samples += record.samples;
    this.passes += record.passes;
  }
}

export class TrendSink implements Sink {
  readonly type = 'trend';
  readonly histogram = new Histogram();

  get samples(): number {
    return this.histogram.count;
  }

  add(value: number): void {
    this.histogram.record(value);
  }

  aggregate(name: string): number | null {
    const { histogram } = this;
    switch (name) {
      case 'avg':
        return histogram.mean;
      case 'min':
        return histogram.count === 0 ? 0 : histogram.min;
      case 'max':
        return histogram.count === 0 ? 0 : histogram.max;
      case 'med':
        return histogram.percentile(50);
      case 'count':
        return histogram.count;
      default: {
        const p = percentileOf(name);
        return p === null ? null : histogram.percentile(p);
      }
    }
  }

  toRecord(): SinkRecord {
    return { type: 'trend', histogram: this.histogram.toRecord() };
  }

  /** @throws Error where the record is not of a trend. */
  take(record: SinkRecord): void {
    if (record.type !== 'trend') throw otherType(this, record);
    this.histogram.take(record.histogram);
  }
}

function otherType({ type }: Sink, record: SinkRecord): Error {
  return new Error(`a ${type} cannot take what a ${record.type} has`);
}

/** The N of `p(N)`; null for anything else. */
export function percentileOf(name: string): number | null {
  const match = /^p\((\d+(?:\.\d+)?)\)$/.exec(name);
  const p = match ? Number(match[1]) : Number.NaN;
  return p >= 0 && p <= 100 ? p : null;
}

export type SinkOf<T extends MetricType> = {
  counter: CounterSink;
  gauge: GaugeSink;
  rate: RateSink;
  trend: TrendSink;
}[T];

const MAKERS: { readonly [T in MetricType]: () => SinkOf<T> } = {
  counter: () => new CounterSink(),
  gauge: () => new GaugeSink(),
  rate: () => new RateSink(),
  trend: () => new TrendSink(),
};

export function sinkOf<T extends MetricType>(type: T): SinkOf<T> {
  return MAKERS[type]();
}
