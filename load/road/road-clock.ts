/** How far the clock of the endpoint was ahead of the feeder's, as its history tells. */

import type { ClockLine } from '../lib/road-line.ts';

/**
 * The endpoint's clock only moves forward. Where the history does not tell the moment of a move, both bounds are told.
 * Without any line, both clocks are the same.
 */
export class RoadClock {
  readonly #lines: readonly ClockLine[];

  constructor(lines: readonly ClockLine[]) {
    this.#lines = lines;
  }

  /** Whether both clocks run at the same speed, so that times can be compared. */
  get comparable(): boolean {
    return this.#lines.every(({ speed }) => speed === 1);
  }

  /** Milliseconds by which it was ahead at least: by the moves that were over at a moment of the feeder's clock. */
  leastAt(ms: number): number {
    return this.#most(({ endMs }) => endMs <= ms);
  }

  /**
   * Milliseconds by which it was ahead at most: by the moves that had begun. One that begins in the same millisecond
   * comes after what ended in it: a move takes longer.
   */
  mostAt(ms: number): number {
    return this.#most(({ startMs }) => startMs < ms);
  }

  #most(counts: (line: ClockLine) => boolean): number {
    const ahead = this.#lines.filter(counts).map(({ aheadMs }) => aheadMs);
    return ahead.length === 0 ? 0 : Math.max(...ahead);
  }
}
