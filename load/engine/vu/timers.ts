/** A VU's timers: an open timer holds its iteration open. */

import { LONGEST_TIMER_MS } from '../read/duration.ts';
import type { Blocking } from './blocking.ts';
import type { OpenTask, TaskHolder } from './open-tasks.ts';

/** What is asked of a VU that has timers. */
export interface TimedVu extends TaskHolder {
  readonly blocking: Blocking;
  /** Takes what a callback throws. */
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

/** A VU's timers; ids are numbers, as in k6. */
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
        // Cleared while it waited for the script to be at rest.
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

/** Calls back, and holds the iteration open until what that gives has settled: it may make blocking calls. */
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
