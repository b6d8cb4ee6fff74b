/** k6: check, group, sleep, fail, randomSeed. */

import { performance } from 'node:perf_hooks';
import { LONGEST_TIMER_MS } from '../read/duration.ts';
import { blockingCall } from '../vu/blocking.ts';
import { isOurs, openPending, Pending, waiting } from '../vu/pending.ts';
import type { Vu } from '../vu/vu.ts';
import type { K6Module } from './module.ts';

type Tags = Record<string, string>;
type Checks = Record<string, unknown>;

export const k6Module: K6Module = {
  members: ['check', 'group', 'sleep', 'fail', 'randomSeed'],
  left: [],
  make: (vu) => ({
    check: (value: unknown, checks: Checks, tags?: Tags) => check(vu, value, checks, tags),
    group: (name: string, body: () => unknown) => group(vu, name, body),
    sleep: (seconds: number) => sleep(vu, seconds),
    fail: (message?: string) => {
      throw new Error(message ?? 'fail() was called');
    },
    randomSeed: (seed: number) => vu.random.seed(seed),
  }),
};

function check(vu: Vu, value: unknown, checks: Checks, tags?: Tags): boolean {
  vu.enter('check()');
  if (value instanceof Pending) {
    throw new Error(`check() was given ${value.call} without await: await it first`);
  }
  const metric = vu.run.registry.builtIn.checks;
  let all = true;
  for (const name in checks) {
    let passed = false;
    try {
      passed = outcomeOf(checks[name], value, name);
    } finally {
      vu.group.count(name, passed);
      metric.sink.add(passed ? 1 : 0);
      if (metric.wantsTags()) {
        const own = vu.run.plan.systemTags.has('check') ? { check: name } : {};
        metric.addByTags(passed ? 1 : 0, vu, { ...tags, ...own });
      }
    }
    all &&= passed;
  }
  return all;
}

function outcomeOf(checker: unknown, value: unknown, name: string): boolean {
  const outcome = typeof checker === 'function' ? checker(value) : checker;
  if (typeof (outcome as { then?: unknown } | null)?.then === 'function') {
    throw new Error(
      `check "${name}" gave a promise, which always counts as passed: await it before`,
    );
  }
  return Boolean(outcome);
}

function group(vu: Vu, name: string, body: () => unknown): unknown {
  // In an iteration that was cut, a group with blocking calls never returns: no catch of the script may see its end.
  if (vu.interruption) return openPending(Pending, 'group()', vu.unawaited).promise;
  vu.enter('group()');
  if (Object.prototype.toString.call(body) === '[object AsyncFunction]') {
    throw new Error('group() does not support async functions as arguments');
  }
  const close = openGroup(vu, name);
  let isWaiting = false;
  try {
    const result = body();
    if (isOurs(result)) {
      isWaiting = true;
      return waiting(vu.unawaited, 'group', () => result.finally(close));
    }
    if (typeof (result as { then?: unknown } | null)?.then === 'function') {
      throw new Error(
        `group "${name}" gave a promise: what is awaited would run outside the group`,
      );
    }
    return result;
  } finally {
    if (!isWaiting) close();
  }
}

/** @returns closes the group again. */
function openGroup(vu: Vu, name: string): () => void {
  const outer = vu.group;
  vu.group = outer.child(name);
  vu.tagGroup();
  const start = performance.now();
  return () => {
    vu.run.registry.builtIn.group_duration.add(performance.now() - start, vu);
    vu.group = outer;
    vu.tagGroup();
  };
}

function sleep(vu: Vu, seconds: number): Pending<void> {
  return blockingCall<void, Pending<void>>(vu, Pending<void>, 'sleep()', ({ resolve }) => {
    const ms = Number(seconds) * 1_000;
    if (Number.isNaN(ms)) throw new Error(`sleep() takes seconds, not ${String(seconds)}`);
    const task = { cancel: () => clearTimeout(timer) };
    const timer = setTimeout(
      () => {
        vu.end(task);
        resolve();
      },
      Math.min(Math.max(0, ms), LONGEST_TIMER_MS),
    );
    vu.begin(task);
  });
}
