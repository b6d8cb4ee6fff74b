/** Delays requests so that at most a given number begin in a second. */

export class Pacer {
  readonly #intervalMs: number;
  #nextAt = 0;

  /** @param rps requests a second, over all VUs; there is no burst, as in k6. */
  constructor(rps: number) {
    this.#intervalMs = 1_000 / rps;
  }

  /** Takes the next place. @returns milliseconds from `now` until it. */
  take(now: number): number {
    const at = Math.max(now, this.#nextAt);
    this.#nextAt = at + this.#intervalMs;
    return at - now;
  }
}
