/**
 * What a token bucket allows, if each call was decided at an unknown time between its start and its end.
 *
 * Both classes take starts and ends in the order of time. At one time, starts come before ends. Times are
 * milliseconds.
 */

import type { Quota } from '../../operation/connect/limits.ts';

type Bucket = NonNullable<Quota>;

/**
 * The endpoint computes its refill in whole milliseconds, and so do clients note when a call started. A refill may
 * therefore be smaller or larger by that of this time.
 */
const ROUNDING_MS = 2;
/** Of sums of fractions. */
const EPSILON = 1e-6;

/**
 * The fewest tokens that the bucket can hold. It is unknown how full it is at first. It is emptiest if each call takes
 * its token as late as possible: at its end, or now if it has not ended.
 */
export class FewestTokens {
  readonly #bucket: Bucket;
  readonly #rounding: number;
  /** The level after the calls that have ended, without rounding. */
  #level = 0;
  /** Calls that have started and not ended. */
  #open = 0;
  #at: number | null = null;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
    this.#rounding = roundingOf(bucket);
  }

  start(now: number): void {
    this.#refill(now);
    this.#open += 1;
  }

  end(now: number): void {
    this.#refill(now);
    this.#open -= 1;
    this.#level = Math.max(0, Math.min(this.#bucket.burst, this.#level) - 1);
  }

  at(now: number): number {
    this.#refill(now);
    return Math.min(this.#bucket.burst, this.#level - this.#rounding) - this.#open;
  }

  /** The level may exceed the burst by the rounding, because a bucket that has rested is certainly full. */
  #refill(now: number): void {
    const { ratePerSecond, burst } = this.#bucket;
    const back = ((now - (this.#at ?? now)) * ratePerSecond) / 1_000;
    this.#level = Math.min(burst + this.#rounding, this.#level + back);
    this.#at = now;
  }
}

/** A time at which a call started, as the start of windows. */
interface WindowStart {
  readonly at: number;
  /** Calls that started at or after this time and have ended. */
  within: number;
  /** Whether the call that started then has ended. */
  ended: boolean;
}

/**
 * How many calls were admitted beyond the bucket. A window from the start of a call to the end of a call
 * can admit the burst and what is refilled in it. Only calls that lie in the window count.
 */
export class MostAdmitted {
  readonly #bucket: Bucket;
  readonly #rounding: number;
  /** In the order of time, from the start of the oldest call that has not ended. */
  #starts: WindowStart[] = [];
  /** The largest value of the starts before those, which all later calls lie behind. */
  #before = Number.NEGATIVE_INFINITY;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
    this.#rounding = roundingOf(bucket);
  }

  /** @returns the start, which `end` takes. */
  start(now: number): WindowStart {
    const start = { at: now, within: 0, ended: false };
    this.#starts.push(start);
    return start;
  }

  /**
   * @returns the requests beyond the bucket in the worst window that ends now, 0 if there are none. A call that is
   *   beyond the bucket is not counted in later windows.
   */
  end(start: WindowStart, now: number): number {
    start.ended = true;
    const { ratePerSecond, burst } = this.#bucket;
    let most = this.#before + 1;
    for (const one of this.#starts) {
      if (one.at > start.at) break;
      most = Math.max(most, this.#value(one) + 1);
    }
    const past = most - (now * ratePerSecond) / 1_000 - burst;
    const isPast = past > this.#rounding + EPSILON;
    if (!isPast) {
      this.#before += 1;
      for (const one of this.#starts) {
        if (one.at > start.at) break;
        one.within += 1;
      }
    }
    this.#fold();
    return isPast ? past : 0;
  }

  /** What a window from this start adds up to, as far as it does not depend on its end. */
  #value({ at, within }: WindowStart): number {
    return within + (at * this.#bucket.ratePerSecond) / 1_000;
  }

  #fold(): void {
    let ended = 0;
    for (const one of this.#starts) {
      if (!one.ended) break;
      this.#before = Math.max(this.#before, this.#value(one));
      ended += 1;
    }
    if (ended > 0) this.#starts = this.#starts.slice(ended);
  }
}

function roundingOf({ ratePerSecond }: Bucket): number {
  return (ratePerSecond * ROUNDING_MS) / 1_000;
}

/** Whether a bucket with at least so many tokens had one for a call. */
export function hadToken(fewest: number): boolean {
  return fewest >= 1 - EPSILON;
}
