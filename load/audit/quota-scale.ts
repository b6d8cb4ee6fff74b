/** Measures a token bucket: with which bursts and rates the calls of a run are possible. */

import type { Quota } from '../../operation/connect/limits.ts';
import type { Interval } from '../../run/statements/load.ts';
import { BucketTrial, type TimedCall } from './bucket-trial.ts';

type Bucket = NonNullable<Quota>;

export interface MeasuredQuota {
  /** If the rate is the published one. Null if no burst that was tried is possible. */
  readonly burst: Interval | null;
  /** If the burst is the published one. The rate is between these values. */
  readonly rate: Interval | null;
}

/** The bursts that are tried reach to so many times the published one. */
const BURSTS = 3;
/** Shares of the published rate that are tried. */
const RATES = [
  0.5, 0.7, 0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 1, 1.01, 1.02, 1.03, 1.04,
  1.05, 1.06, 1.08, 1.1, 1.15, 1.2, 1.3, 1.5, 2,
];

/** Takes calls as a trial of one bucket does. */
export class QuotaScale<Call extends TimedCall> {
  readonly #bursts: Row<Call>;
  readonly #rates: Row<Call>;

  constructor({ ratePerSecond, burst }: Bucket) {
    const bursts = Array.from({ length: BURSTS * burst }, (_, i) => i + 1);
    this.#bursts = new Row(bursts, (value) => ({ ratePerSecond, burst: value }));
    const rates = RATES.map((share) => share * ratePerSecond);
    this.#rates = new Row(rates, (value) => ({ ratePerSecond: value, burst }));
  }

  begin(call: Call): void {
    this.#bursts.begin(call);
    this.#rates.begin(call);
  }

  end(call: Call): void {
    this.#bursts.end(call);
    this.#rates.end(call);
  }

  measured(): MeasuredQuota {
    return { burst: this.#bursts.inclusive(), rate: this.#rates.exclusive() };
  }
}

/** Trials of buckets that differ in one value, in ascending order. */
class Row<Call extends TimedCall> {
  readonly #trials: {
    readonly value: number;
    readonly trial: BucketTrial<Call>;
    possible: boolean;
  }[];

  constructor(values: readonly number[], bucketOf: (value: number) => Bucket) {
    this.#trials = values.map((value) => {
      return { value, trial: new BucketTrial<Call>(bucketOf(value)), possible: true };
    });
  }

  begin(call: Call): void {
    for (const { trial, possible } of this.#trials) if (possible) trial.begin(call);
  }

  end(call: Call): void {
    for (const one of this.#trials) {
      if (one.possible && one.trial.end(call) !== null) one.possible = false;
    }
  }

  /** The first and the last value that is possible. */
  inclusive(): Interval | null {
    return this.#interval(0);
  }

  /** The values next to them that are not possible: what lies between two values is not tried. */
  exclusive(): Interval | null {
    return this.#interval(1);
  }

  #interval(beyond: number): Interval | null {
    const first = this.#trials.findIndex(({ possible }) => possible);
    const last = this.#trials.findLastIndex(({ possible }) => possible);
    if (first < 0) return null;
    return {
      from: first === 0 ? null : (this.#trials[first - beyond]?.value ?? null),
      to: last === this.#trials.length - 1 ? null : (this.#trials[last + beyond]?.value ?? null),
    };
  }
}
