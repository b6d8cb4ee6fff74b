/** The heap, and the queue and the timers that are made of it. */

import * as fc from 'fast-check';
import { Heap } from '../../campaigns/collections/heap.ts';
import { SerialQueue, type Waiting } from '../../campaigns/collections/serial-queue.ts';
import { type TimerKind, Timers } from '../../campaigns/collections/timers.ts';

const RUNS = { seed: 42, numRuns: 200 };

/** All items, first to last. */
function drained<T>(heap: Heap<T>): T[] {
  const items: T[] = [];
  while (heap.size > 0) items.push(heap.pop() as T);
  return items;
}

describe('a heap', () => {
  it('gives items by key, and those of one key in the order in which they came', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (keys) => {
        const heap = new Heap<[number, number]>();
        keys.forEach((key, i) => {
          heap.push(key, [key, i]);
        });
        const due = keys.map((key, i) => [key, i]).sort(([a = 0], [b = 0]) => a - b);
        expect(drained(heap)).toEqual(due);
        expect(heap.pop()).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('keeps its order when items are dropped', () => {
    const heap = new Heap<string>();
    for (const [i, item] of ['a', 'b', 'c', 'd', 'e', 'f'].entries()) heap.push(i % 2, item);
    heap.keep((item) => item !== 'c');
    heap.push(0, 'g');
    expect(drained(heap)).toEqual(['a', 'e', 'g', 'b', 'd', 'f']);
  });
});

describe('a queue', () => {
  const item = (serial: number): Waiting => ({ serial, waitsIn: null });

  it('gives an item that comes back its old place', () => {
    const queue = new SerialQueue<Waiting>();
    const items = [1, 2, 3].map(item);
    for (const one of items) queue.add(one);
    const first = queue.take() as Waiting;
    expect(queue.first?.serial).toBe(2);
    queue.add(first);
    expect([queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([...items, undefined]);
  });

  it('passes over items that were removed, however often they come back', () => {
    const queue = new SerialQueue<Waiting>();
    const [a, b] = [item(1), item(2)];
    for (let i = 0; i < 3; i += 1) {
      queue.add(a);
      queue.remove(a);
    }
    queue.add(b);
    queue.add(a);
    queue.remove(b);
    queue.remove(b);
    expect(queue.size).toBe(1);
    expect([queue.take(), queue.take()]).toEqual([a, undefined]);
    expect(queue.size).toBe(0);
  });

  it('that nobody takes from keeps the items that wait', () => {
    const queue = new SerialQueue<Waiting>();
    const items = Array.from({ length: 1_000 }, (_, i) => item(i));
    for (const one of items) {
      queue.add(one);
      if (one.serial % 10 !== 0) queue.remove(one);
    }
    const taken: number[] = [];
    while (queue.size > 0) taken.push(queue.take()?.serial ?? -1);
    expect(taken).toEqual(Array.from({ length: 100 }, (_, i) => i * 10));
  });
});

it('timers run in the order of (moment, sequence), without those that are not needed', () => {
  const run: string[] = [];
  const kind: TimerKind<null, { name: string; needed: boolean }> = {
    live: ({ needed }) => needed,
    run: (_, { name }, now, at) => run.push(`${name} of ${at} at ${now}`),
  };
  const timers = new Timers<null>();
  const late = { name: 'late', needed: true };
  timers.add(20, kind, late);
  timers.add(10, kind, { name: 'first', needed: true });
  timers.add(5, kind, { name: 'never', needed: false });
  timers.add(10, kind, { name: 'second', needed: true });
  expect(timers.nextAt()).toBe(10);
  expect(timers.runNext(null, 9)).toBe(false);
  while (timers.runNext(null, 15));
  expect(run).toEqual(['first of 10 at 15', 'second of 10 at 15']);
  late.needed = false;
  expect(timers.nextAt()).toBeNull();
});
