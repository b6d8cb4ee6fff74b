/** Which attempts of one ClientToken surely ended before others began. */

import { type Attempt, endOf } from '../lib/history-line.ts';

export class Order {
  /** Attempt -> its place in the history. */
  readonly #places: ReadonlyMap<Attempt, number>;
  readonly #clock: boolean;
  /** Milliseconds from the first send to the last answer. */
  readonly spanMs: number;

  /**
   * @param attempts in the order of the history.
   * @param clock whether the times of the history can be compared.
   */
  constructor(attempts: readonly Attempt[], clock: boolean) {
    this.#places = new Map(attempts.map((attempt, place) => [attempt, place]));
    this.#clock = clock;
    let began = Number.POSITIVE_INFINITY;
    let ended = Number.NEGATIVE_INFINITY;
    for (const attempt of attempts) {
      began = Math.min(began, attempt.startMs);
      ended = Math.max(ended, endOf(attempt));
    }
    this.spanMs = Math.max(0, ended - began);
  }

  /**
   * Whether `a` surely ended before `b` began.
   *
   * The numbers of a virtual user's events tell. Times of several virtual users are not compared: they may come
   * from the clocks of several machines. Lines of version `dp1` have nothing but times.
   */
  precedes(a: Attempt, b: Attempt): boolean {
    if (this.#placeOf(a) >= this.#placeOf(b)) return false;
    if (a.seen && b.seen) return a.seen.vu === b.seen.vu && a.seen.answered < b.seen.sent;
    return this.#clock && endOf(a) < b.startMs;
  }

  #placeOf(attempt: Attempt): number {
    return this.#places.get(attempt) ?? Number.NaN;
  }
}
