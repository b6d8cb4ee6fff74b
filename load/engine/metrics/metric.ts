/** A metric and its sub-metrics: the part of its samples that bears certain tags. */

import { type MetricType, type SinkOf, sinkOf } from './sinks.ts';

export type Tags = Readonly<Record<string, string>>;

/** What a sample has from where it was taken: a VU, a scenario, the run. */
export interface Origin {
  readonly tags: Tags;
  /** Told with single samples; makes no series. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What the values are: plain numbers, milliseconds or bytes. */
export type Contents = 'default' | 'time' | 'data';

/** Receives samples one by one. */
export interface SampleListener {
  point(metric: Metric, value: number, origin: Origin, own?: Tags): void;
}

export interface SubMetric<T extends MetricType = MetricType> {
  /** `name{tag:value,...}`, as the threshold wrote it. */
  readonly name: string;
  readonly filter: readonly (readonly [tag: string, value: string])[];
  readonly sink: SinkOf<T>;
}

/** Name and type of a metric; k6's spelling rules for the name. */
export const METRIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]{1,127}$/;

export class Metric<T extends MetricType = MetricType> {
  readonly name: string;
  readonly type: T;
  readonly contains: Contents;
  readonly sink: SinkOf<T>;
  /** Sub-metrics that somebody asked for: nothing else is kept by tag. */
  readonly subMetrics: SubMetric<T>[] = [];
  /** Receives every sample; null where single samples are not recorded. */
  log: SampleListener | null = null;

  constructor(name: string, type: T, contains: Contents) {
    this.name = name;
    this.type = type;
    this.contains = contains;
    this.sink = sinkOf(type);
  }

  /** @param own tags of this sample; they win over those of its origin. */
  add(value: number, origin: Origin, own?: Tags): void {
    this.sink.add(value);
    if (this.wantsTags()) this.addByTags(value, origin, own);
  }

  /**
   * Whether a sample's tags matter.
   *
   * @param except a sub-metric for which they need not be known.
   */
  wantsTags(except?: SubMetric): boolean {
    if (this.log !== null) return true;
    const { subMetrics } = this;
    return subMetrics.length > 1 || (subMetrics.length === 1 && subMetrics[0] !== except);
  }

  /**
   * Adds to the matching sub-metrics and the log only: the caller has fed the sink itself.
   *
   * @param except a sub-metric that the caller has fed too.
   */
  addByTags(value: number, origin: Origin, own?: Tags, except?: SubMetric): void {
    this.log?.point(this, value, origin, own);
    for (const one of this.subMetrics) {
      if (one !== except && matches(one.filter, origin.tags, own)) one.sink.add(value);
    }
  }

  /** The sub-metric of a filter, made on first use. */
  subMetric(filter: SubMetric['filter']): SubMetric<T> {
    const name = `${this.name}{${filter.map(([tag, value]) => `${tag}:${value}`).join(',')}}`;
    const known = this.subMetrics.find((one) => one.name === name);
    if (known) return known;
    const made = { name, filter, sink: sinkOf(this.type) };
    this.subMetrics.push(made);
    return made;
  }
}

/** Scripts may set tags to numbers and booleans; a tag that is absent equals ''. */
function matches(filter: SubMetric['filter'], inherited: Tags, own?: Tags): boolean {
  return filter.every(([tag, wanted]) => String(own?.[tag] ?? inherited[tag] ?? '') === wanted);
}
