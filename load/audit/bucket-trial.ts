/** Holds the calls of a run to one token bucket: which calls are impossible if the endpoint has this bucket. */

import type { Quota } from '../../operation/connect/limits.ts';
import { FewestTokens, hadToken, MostAdmitted } from './quota-bounds.ts';

/** What is known of a call: it took a token, it was refused for want of one, or it may have taken one. */
export type Fate = 'admitted' | 'refused' | 'unknown';

export interface TimedCall {
  readonly fate: Fate;
  /** Milliseconds between which the call was decided. */
  readonly start: number;
  readonly end: number;
}

/** `spare`: tokens that the bucket had at least. `past`: requests beyond the bucket. */
export type Impossible = { readonly spare: number } | { readonly past: number };

/** Calls begin and end in the order of time. At one time, calls begin before calls end. */
export class BucketTrial<Call extends TimedCall> {
  readonly #fewest: FewestTokens;
  readonly #most: MostAdmitted;
  readonly #lows = new Minima();
  readonly #windows = new Map<Call, ReturnType<MostAdmitted['start']>>();

  constructor(bucket: NonNullable<Quota>) {
    this.#fewest = new FewestTokens(bucket);
    this.#most = new MostAdmitted(bucket);
  }

  begin(call: Call): void {
    if (call.fate !== 'refused') this.#fewest.start(call.start);
    if (call.fate === 'admitted') this.#windows.set(call, this.#most.start(call.start));
    this.#lows.add(call.start, this.#fewest.at(call.start));
  }

  /** @returns null if the call is possible. */
  end(call: Call): Impossible | null {
    if (call.fate === 'refused') {
      const spare = this.#lows.since(call.start);
      return hadToken(spare) ? { spare } : null;
    }
    this.#fewest.end(call.end);
    const window = this.#windows.get(call);
    if (!window) return null;
    this.#windows.delete(call);
    const past = this.#most.end(window, call.end);
    return past > 0 ? { past } : null;
  }
}

/** The smallest of the values that were added since a time. */
class Minima {
  /** Values that are smaller than all later ones, with their times. */
  readonly #stack: { readonly at: number; readonly value: number }[] = [];

  add(at: number, value: number): void {
    while ((this.#stack.at(-1)?.value ?? Number.NEGATIVE_INFINITY) >= value) this.#stack.pop();
    this.#stack.push({ at, value });
  }

  since(time: number): number {
    let from = 0;
    let to = this.#stack.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#stack[middle]?.at ?? 0) < time) from = middle + 1;
      else to = middle;
    }
    return this.#stack[from]?.value ?? Number.POSITIVE_INFINITY;
  }
}
