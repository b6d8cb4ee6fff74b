/** A seeded Math.random for the VUs of a script that calls randomSeed. */

export class SeededRandom {
  #state: number | null = null;

  /** It is Math.random until a seed is set. */
  readonly next = (): number => {
    if (this.#state === null) return Math.random();
    // This is mulberry32. k6 uses Go's generator, whose sequence is not reproduced here.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };

  /** @throws Error where the seed is not a whole number. */
  seed(seed: number): void {
    if (!Number.isInteger(seed)) throw new Error(`randomSeed() takes a whole number, not ${seed}`);
    this.#state = seed | 0;
  }
}

/** Math with another `random`. */
export function mathWith(random: SeededRandom): Math {
  return Object.create(Math, { random: { value: random.next } }) as Math;
}
