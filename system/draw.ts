/** The only source of random values: draws that are a function of (seed, index), without shared state. */

/** SplitMix32's finaliser: every input bit reaches every output bit. */
function scramble(x: number): number {
  let z = x | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

const GOLDEN = 0x9e3779b9;

/**
 * A short sequence of draws that belongs to one (seed, index).
 *
 * It is cheap to make, so any part of a corpus can be drawn alone, in any order, with the same result.
 */
export class Draw {
  #state: number;

  /** @param stream separates sequences that have the same seed and index. */
  constructor(seed: number, index: number, stream = 0) {
    // The index is split into two halves, so that indices above 2^32 still differ.
    const high = Math.floor(index / 0x1_0000_0000);
    this.#state = scramble(
      scramble(scramble(scramble(seed) + index) ^ scramble(high + GOLDEN)) + stream,
    );
  }

  /** Uniform in [0, 2^32). */
  next(): number {
    this.#state = (this.#state + GOLDEN) | 0;
    return scramble(this.#state);
  }

  /** Uniform whole number in [0, n). */
  below(n: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * n);
  }

  /** Uniform in [0, 1). */
  unit(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** @throws RangeError for an empty list. */
  pick<T>(from: readonly T[]): T {
    if (from.length === 0) throw new RangeError('cannot pick from an empty list');
    return from[this.below(from.length)] as T;
  }

  /** `count` decimal digits, 9 at most. */
  digits(count: number): string {
    return String(this.below(10 ** count)).padStart(count, '0');
  }
}
