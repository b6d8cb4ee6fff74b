/** k6/timers, and the timers in the global scope: an open timer holds its iteration open. */

import type { Vu } from '../vu.ts';
import type { K6Module } from './module.ts';

export const timersModule: K6Module = {
  members: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  left: [],
  make: (vu) => ({ ...vu.timers }),
};

type Callback = (...values: unknown[]) => unknown;

export interface Timers {
  readonly setTimeout: (callback: Callback, ms?: number, ...values: unknown[]) => number;
  readonly clearTimeout: (id?: number) => void;
  readonly setInterval: (callback: Callback, ms?: number, ...values: unknown[]) => number;
  readonly clearInterval: (id?: number) => void;
}

/** A VU's timers; ids are numbers, as in k6. */
export function timersOf(vu: Vu): Timers {
  const open = new Map<number, () => void>();
  let lastId = 0;
  const start = (repeat: boolean) => {
    return (callback: Callback, ms = 0, ...values: unknown[]): number => {
      vu.enter(repeat ? 'setInterval()' : 'setTimeout()');
      if (typeof callback !== 'function') throw new Error('a timer takes a function');
      lastId += 1;
      const id = lastId;
      const call = () => {
        if (!repeat) end();
        try {
          callback(...values);
        } catch (error) {
          vu.stray ??= { error };
        }
      };
      const timer = repeat ? setInterval(call, ms) : setTimeout(call, ms);
      const task = { cancel: () => end() };
      const end = () => {
        clearTimeout(timer);
        open.delete(id);
        // In a later microtask: the callback may open the next task before this one counts as closed.
        queueMicrotask(() => vu.end(task));
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
