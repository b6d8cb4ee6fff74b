/** Waiting items in the order of their serial numbers. An item may come back to its old place. */

import { Heap } from './heap.ts';

/** An item waits in one queue at most. */
export interface Waiting {
  readonly serial: number;
  /** The queue in which the item waits. Only the queue sets it. */
  waitsIn: { remove(item: Waiting): void } | null;
}

/** Items more than twice as many as wait, that the heap may hold. */
const SLACK = 100;

export class SerialQueue<T extends Waiting> {
  // Items that were removed stay in the heap until they are first, or too many.
  readonly #heap = new Heap<T>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    for (;;) {
      const item = this.#heap.first;
      if (item === undefined || item.waitsIn === this) return item;
      this.#heap.pop();
    }
  }

  add(item: T): void {
    item.waitsIn = this;
    this.#size += 1;
    this.#heap.push(item.serial, item);
  }

  remove(item: T): void {
    if (item.waitsIn !== this) return;
    item.waitsIn = null;
    this.#size -= 1;
    if (this.#heap.size > 2 * this.#size + SLACK) {
      this.#heap.keep((one) => one.waitsIn === this);
    }
  }

  take(): T | undefined {
    const item = this.first;
    if (item === undefined) return undefined;
    this.#heap.pop();
    this.remove(item);
    return item;
  }
}
