/** Timers in the order of (moment, sequence). A timer that is no longer needed is passed over, not removed. */

import { Heap } from './heap.ts';

/** What all timers of one purpose do. */
export interface TimerKind<State, Target> {
  /** Whether a timer of this moment is still needed. Once it is not, it never is again. */
  live(target: Target, at: number): boolean;
  /** @param at the moment for which the timer was set. `now` may be later. */
  run(state: State, target: Target, now: number, at: number): void;
}

interface Timer<State> {
  // A timer is made with a kind for its target, so the two fit.
  readonly kind: TimerKind<State, never>;
  readonly target: never;
}

export class Timers<State> {
  readonly #heap = new Heap<Timer<State>>();

  add<Target>(at: number, kind: TimerKind<State, Target>, target: Target): void {
    this.#heap.push(at, { kind: kind as TimerKind<State, never>, target: target as never });
  }

  /** The moment of the next timer that is needed; null if there is none. */
  nextAt(): number | null {
    for (;;) {
      const { first, firstKey } = this.#heap;
      if (first === undefined || firstKey === undefined) return null;
      if (first.kind.live(first.target, firstKey)) return firstKey;
      this.#heap.pop();
    }
  }

  /** Runs the first timer that is due. @returns whether there was one. */
  runNext(state: State, now: number): boolean {
    const at = this.nextAt();
    if (at === null || at > now) return false;
    const timer = this.#heap.pop();
    timer?.kind.run(state, timer.target, now, at);
    return true;
  }
}
