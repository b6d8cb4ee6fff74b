/** The timers of a VU. An open timer keeps the iteration open. */

import { LONGEST_TIMER_MS } from '../read/duration.ts';
import type { Blocking } from './blocking.ts';
import type { OpenTask, TaskHolder } from './open-tasks.ts';

/** The members of a VU that its timers use. */
export interface TimedVu extends TaskHolder {
  readonly blocking: Blocking;
  /** Holds the first error that a callback throws. */
  stray: { readonly error: unknown } | null;
  /** @throws Error where the VU may not call `call` now. */
  enter(call: string): void;
}

type Callback = (...values: unknown[]) => unknown;

export interface Timers {
  readonly setTimeout: (callback: Callback, ms?: number, ...values: unknown[]) => number;
  readonly clearTimeout: (id?: number) => void;
  readonly setInterval: (callback: Callback, ms?: number, ...values: unknown[]) => number;
  readonly clearInterval: (id?: number) => void;
}

/** Creates the timer functions of a VU. As in k6, ids are numbers. */
export function timersOf(vu: TimedVu): Timers {
  const open = new Map<number, () => void>();
  let lastId = 0;
  const start = (repeat: boolean) => {
    return (callback: Callback, ms = 0, ...values: unknown[]): number => {
      vu.enter(repeat ? 'setInterval()' : 'setTimeout()');
      if (typeof callback !== 'function') throw new Error('a timer takes a function');
      lastId += 1;
      const id = lastId;
      let due = false;
      const call = () => {
        due = false;
        // The timer was cleared while it waited for a blocking call to end.
        if (!open.has(id)) return;
        if (!repeat) end();
        hold(vu, () => callback(...values));
      };
      const tick = () => {
        if (due) return;
        due = true;
        vu.blocking.deliver(call);
      };
      const wait = Math.min(Math.max(0, ms), LONGEST_TIMER_MS);
      const timer = repeat ? setInterval(tick, wait) : setTimeout(tick, wait);
      const task = { cancel: () => end() };
      const end = () => {
        clearTimeout(timer);
        open.delete(id);
        vu.end(task);
      };
      open.set(id, end);
      vu.begin(task);
      return id;
    };
  };
  const stop = (id?: number) => open.get(id ?? 0)?.();
  return {
    setTimeout: start(false),
    clearTimeout: stop,
    setInterval: start(true),
    clearInterval: stop,
  };
}

/** Calls the callback. If it returns a promise, the iteration stays open until the promise has settled. */
function hold(vu: TimedVu, callback: () => unknown): void {
  const stray = (error: unknown) => {
    vu.stray ??= { error };
  };
  try {
    const result = callback();
    if (!(result instanceof Promise)) return;
    const task: OpenTask = { cancel: () => {} };
    vu.begin(task);
    void result.then(undefined, stray).finally(() => vu.end(task));
  } catch (error) {
    stray(error);
  }
}
