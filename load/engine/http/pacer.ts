/** Delays requests so that at most a given number begin in a second. */

export class Pacer {
  readonly #intervalMs: number;
  #nextAt = 0;

  /** @param rps requests a second, over all VUs. As in k6, no burst is allowed. */
  constructor(rps: number) {
    this.#intervalMs = 1_000 / rps;
  }

  /** Reserves the next start time. @returns milliseconds from `now` until that time. */
  take(now: number): number {
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#intervalMs;
    return at - now;
  }
}
