/** The course of a plan as a list of stretches of equal length, which become longer as the plan does. */

import type { PlanPoint } from '../run/plan.ts';

/** What is counted until a moment. */
export interface Counted {
  readonly over: number;
  readonly dials: number;
  readonly reached: number;
  readonly expired: number;
  readonly busyMs: number;
  readonly shiftMs: number;
}

interface Mark extends Counted {
  readonly at: number;
}

const MOST = 240;
const FIRST_STRETCH = 60_000;
const NOTHING: Counted = { over: 0, dials: 0, reached: 0, expired: 0, busyMs: 0, shiftMs: 0 };

export class Series {
  readonly #start: number;
  #stretch = FIRST_STRETCH;
  #marks: Mark[] = [];
  /** When the next mark is due. */
  nextAt: number;

  constructor(start: number) {
    this.#start = start;
    this.nextAt = start + this.#stretch;
  }

  mark(counted: Counted): void {
    this.#marks.push({ at: this.nextAt, ...counted });
    if (this.#marks.length >= MOST) {
      this.#marks = this.#marks.filter((_, i) => i % 2 === 1);
      this.#stretch *= 2;
    }
    this.nextAt = this.#start + (this.#marks.length + 1) * this.#stretch;
  }

  /** @param at the end of the plan. */
  points(at: number, last: Counted): readonly PlanPoint[] {
    let before: Mark = { at: this.#start, ...NOTHING };
    return [...this.#marks.filter((mark) => mark.at < at), { at, ...last }].map((mark) => {
      const shiftMs = mark.shiftMs - before.shiftMs;
      const point = {
        fromMs: before.at - this.#start,
        toMs: mark.at - this.#start,
        over: mark.over,
        dials: mark.dials - before.dials,
        reached: mark.reached - before.reached,
        expired: mark.expired - before.expired,
        occupancy: shiftMs === 0 ? null : (mark.busyMs - before.busyMs) / shiftMs,
      };
      before = mark;
      return point;
    });
  }
}
