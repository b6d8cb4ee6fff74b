/**
 * A log-linear histogram: constant memory, exact merging, percentiles within 0.8 %.
 *
 * Values are kept in thousandths (a millisecond trend has microsecond resolution). Below 128
 * thousandths every value has its own bucket; above, each octave has 128. Count, sum, min and max
 * are exact. A percentile is the middle of its bucket (the lowest and highest rank are exact); it is
 * not interpolated between samples as k6 does.
 */

const SUB_BITS = 7;
const SUB_BUCKETS = 1 << SUB_BITS;
const FIRST_OCTAVES = 25;
const RESOLUTION = 1_000;
/** Above this a 32-bit shift no longer does. */
const SMALL = 2 ** 31;

/** A histogram as plain JSON: bucket numbers and their counts, lowest first. */
export interface HistogramRecord {
  readonly count: number;
  readonly sum: number;
  /** Null when there is no sample. */
  readonly min: number | null;
  readonly max: number | null;
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
  /** Buckets of the values below zero, by magnitude. */
  readonly negative: readonly (readonly [bucket: number, count: number])[];
}

export class Histogram {
  count = 0;
  sum = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #buckets = new Uint32Array(SUB_BUCKETS * FIRST_OCTAVES);
  #negative: Histogram | null = null;

  /** @param value a finite number. */
  record(value: number): void {
    this.count += 1;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (value < 0) {
      this.#negative ??= new Histogram();
      this.#negative.record(-value);
    } else {
      this.#add(bucketOf(value), 1);
    }
  }

  /** Mean of the samples; 0 without any. */
  get mean(): number {
    return this.count === 0 ? 0 : this.sum / this.count;
  }

  /** @param p 0..100. @returns the value that p % of the samples do not exceed; 0 without samples. */
  percentile(p: number): number {
    if (this.count === 0) return 0;
    const rank = Math.max(1, Math.ceil((p / 100) * this.count));
    if (rank === 1) return this.min;
    if (rank === this.count) return this.max;
    const below = this.#negative?.count ?? 0;
    const value =
      rank <= below
        ? -(this.#negative?.valueAt(below - rank + 1) ?? 0)
        : this.valueAt(rank - below);
    return Math.min(this.max, Math.max(this.min, value));
  }

  /** Middle of the bucket with the `rank`-th smallest of the samples that are not negative. */
  valueAt(rank: number): number {
    let seen = 0;
    for (let bucket = 0; bucket < this.#buckets.length; bucket += 1) {
      seen += this.#buckets[bucket] ?? 0;
      if (seen >= rank) return middleOf(bucket);
    }
    return this.max;
  }

  merge(other: Histogram): void {
    this.take(other.toRecord());
  }

  toRecord(): HistogramRecord {
    return {
      count: this.count,
      sum: this.sum,
      min: this.count === 0 ? null : this.min,
      max: this.count === 0 ? null : this.max,
      buckets: this.#filled(),
      negative: this.#negative ? this.#negative.#filled() : [],
    };
  }

  static fromRecord(record: HistogramRecord): Histogram {
    const histogram = new Histogram();
    histogram.take(record);
    return histogram;
  }

  /** Adds the samples of another one: the result is what one histogram of all of them would be. */
  take(record: HistogramRecord): void {
    this.count += record.count;
    this.sum += record.sum;
    if (record.min !== null) this.min = Math.min(this.min, record.min);
    if (record.max !== null) this.max = Math.max(this.max, record.max);
    for (const [bucket, count] of record.buckets) this.#add(bucket, count);
    if (record.negative.length === 0) return;
    this.#negative ??= new Histogram();
    for (const [bucket, count] of record.negative) {
      this.#negative.#add(bucket, count);
      this.#negative.count += count;
    }
  }

  #add(bucket: number, count: number): void {
    if (bucket >= this.#buckets.length) {
      const wider = new Uint32Array((Math.floor(bucket / SUB_BUCKETS) + 1) * SUB_BUCKETS);
      wider.set(this.#buckets);
      this.#buckets = wider;
    }
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + count;
  }

  #filled(): [number, number][] {
    const filled: [number, number][] = [];
    // By index: an iterator takes five times as long, and snapshots are taken while load is made.
    for (let bucket = 0; bucket < this.#buckets.length; bucket += 1) {
      const count = this.#buckets[bucket] ?? 0;
      if (count > 0) filled.push([bucket, count]);
    }
    return filled;
  }
}

function bucketOf(value: number): number {
  const units = Math.round(value * RESOLUTION);
  if (units < SUB_BUCKETS) return units;
  if (units < SMALL) {
    const shift = 31 - Math.clz32(units) - SUB_BITS;
    return shift * SUB_BUCKETS + (units >>> shift);
  }
  const shift = Math.floor(Math.log2(units)) - SUB_BITS;
  return shift * SUB_BUCKETS + Math.min(2 * SUB_BUCKETS - 1, Math.floor(units / 2 ** shift));
}

/** The value that stands for all of a bucket. */
export function middleOf(bucket: number): number {
  if (bucket < 2 * SUB_BUCKETS) return bucket / RESOLUTION;
  const shift = Math.floor(bucket / SUB_BUCKETS) - 1;
  const units = (bucket - shift * SUB_BUCKETS) * 2 ** shift;
  return (units + (2 ** shift - 1) / 2) / RESOLUTION;
}
