/**
 * Lists whose methods wait for the functions that they call.
 *
 * In k6 a function that `list.map()` calls may block. Here such a function gives a promise. These methods call
 * the function for one element after the other and await each promise. A promise of the script's own stays as it is.
 */

import { runInThisContext } from 'node:vm';
import { isOurs, type Unawaited, waiting } from './pending.ts';

/** The constructor of the script's arrays. Under a test runner, it is not that of this module. */
const SCRIPT_ARRAY = runInThisContext('Array') as ArrayConstructor;

type Body = (...values: unknown[]) => unknown;
/** A result of the script's function. It is in an array, because a promise of the script's own must stay one. */
type Result = readonly [unknown];
/** Calls the script's function for an element and waits for it. */
type Visit = (value: unknown, index: number) => Promise<Result>;

/** What each method does with its function's result, as the language defines it. Empty elements are left out. */
const WITH_VISITS: Readonly<Record<string, (list: unknown[], visit: Visit) => Promise<unknown>>> = {
  async forEach(list, visit) {
    for (const i of indexes(list)) await visit(list[i], i);
  },
  async map(list, visit) {
    const mapped = new SCRIPT_ARRAY<unknown>(list.length);
    for (const i of indexes(list)) [mapped[i]] = await visit(list[i], i);
    return mapped;
  },
  async filter(list, visit) {
    const kept = new SCRIPT_ARRAY<unknown>();
    for (const i of indexes(list)) {
      const value = list[i];
      if ((await visit(value, i))[0]) kept.push(value);
    }
    return kept;
  },
  async every(list, visit) {
    for (const i of indexes(list)) if (!(await visit(list[i], i))[0]) return false;
    return true;
  },
  async some(list, visit) {
    for (const i of indexes(list)) if ((await visit(list[i], i))[0]) return true;
    return false;
  },
  async flatMap(list, visit) {
    const mapped = new SCRIPT_ARRAY<unknown>();
    for (const i of indexes(list)) mapped.push(...(await visit(list[i], i)));
    return mapped.flat();
  },
  find: async (list, visit) => list[await firstIndex([...list.keys()], list, visit)],
  findIndex: (list, visit) => firstIndex([...list.keys()], list, visit),
  findLast: async (list, visit) => list[await firstIndex([...list.keys()].reverse(), list, visit)],
  findLastIndex: (list, visit) => firstIndex([...list.keys()].reverse(), list, visit),
};

/** @returns the function that a bundle calls with the object of such a method. */
export function listsThatWait(unawaited: Unawaited): (value: unknown) => unknown {
  return (value) => {
    if (value === SCRIPT_ARRAY) return { from: (...given: unknown[]) => from(unawaited, given) };
    if (Array.isArray(value)) return listThatWaits(unawaited, value);
    const isCollection = /^\[object (Map|Set)\]$/.test(Object.prototype.toString.call(value));
    if (!isCollection) return value;
    const entries = value as Map<unknown, unknown>;
    return {
      forEach: (body: Body, self?: unknown) =>
        waiting(unawaited, 'forEach', async () => {
          for (const [key, one] of entries.entries()) {
            await settled(() => body.call(self, one, key, entries));
          }
        }),
    };
  };
}

function listThatWaits(unawaited: Unawaited, list: unknown[]): object {
  const methods = Object.entries(WITH_VISITS).map(([name, run]) => [
    name,
    (body: Body, self?: unknown) => {
      if (isNotThatOfArrays(list, name, body)) return call(list, name, [body, self]);
      const visit: Visit = (value, i) => settled(() => body.call(self, value, i, list));
      return waiting(unawaited, name, () => run(list, visit));
    },
  ]);
  const folds = ['reduce', 'reduceRight'].map((name) => [
    name,
    (...given: [Body, ...unknown[]]) => {
      if (isNotThatOfArrays(list, name, given[0])) return call(list, name, given);
      return waiting(unawaited, name, () => folded(list, name === 'reduce', given));
    },
  ]);
  return Object.fromEntries([...methods, ...folds]);
}

/** Whether the list has another method of that name, or the method would throw. */
function isNotThatOfArrays(list: unknown[], name: string, body: unknown): boolean {
  const own = (list as unknown as Record<string, unknown>)[name];
  return typeof body !== 'function' || own !== Reflect.get(SCRIPT_ARRAY.prototype, name);
}

function call(list: unknown[], name: string, given: readonly unknown[]): unknown {
  return (list as unknown as Record<string, Body>)[name]?.(...given);
}

async function folded(
  list: unknown[],
  forwards: boolean,
  [body, ...start]: [Body, ...unknown[]],
): Promise<unknown> {
  const order = forwards ? indexes(list) : indexes(list).reverse();
  if (order.length === 0 && start.length === 0) {
    throw new TypeError('Reduce of empty array with no initial value');
  }
  let sum = start.length > 0 ? start[0] : list[order.shift() ?? 0];
  for (const i of order) [sum] = await settled(() => body(sum, list[i], i, list));
  return sum;
}

function from(unawaited: Unawaited, given: unknown[]): unknown {
  const [items, body, self] = given;
  if (typeof body !== 'function') return Reflect.apply(SCRIPT_ARRAY.from, SCRIPT_ARRAY, given);
  const list = Array.from(items as ArrayLike<unknown>);
  return waiting(unawaited, 'Array.from', async () => {
    const made = new SCRIPT_ARRAY<unknown>();
    for (const [i, value] of list.entries()) {
      made.push(...(await settled(() => body.call(self, value, i))));
    }
    return made;
  });
}

async function firstIndex(order: number[], list: unknown[], visit: Visit): Promise<number> {
  for (const i of order) if ((await visit(list[i], i))[0]) return i;
  return -1;
}

/** The indexes that the list has when the method begins. */
function indexes(list: unknown[]): number[] {
  return [...list.keys()].filter((i) => i in list);
}

async function settled(run: () => unknown): Promise<Result> {
  const result = run();
  return [isOurs(result) ? await result : result];
}
