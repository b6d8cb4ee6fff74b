/** Finds out whether the clock of the clients was set back during a run. */

import { type Attempt, endOf } from '../lib/history-line.ts';

/** Lines can come this much later than attempts end: those of several virtual users are written in any order. */
const TOLERANCE_MS = 1_000;

export class ClockWatch {
  #latest = Number.NEGATIVE_INFINITY;
  #wasSetBack = false;

  get wasSetBack(): boolean {
    return this.#wasSetBack;
  }

  /** @param attempt the next one in the order in which they ended. */
  see(attempt: Attempt): void {
    const end = endOf(attempt);
    const back = end < this.#latest - TOLERANCE_MS;
    this.#latest = back ? end : Math.max(this.#latest, end);
    this.#wasSetBack ||= back;
  }
}
