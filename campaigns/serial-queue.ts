/** Waiting items in the order of their serial numbers. An item may come back to its old place. */

import { Heap } from './heap.ts';

export class SerialQueue<T extends { readonly serial: number }> {
  // Items that were removed stay in the heap until they are first.
  readonly #heap = new Heap<T>((a, b) => a.serial < b.serial);
  readonly #waiting = new Set<T>();

  get size(): number {
    return this.#waiting.size;
  }

  get first(): T | undefined {
    for (;;) {
      const item = this.#heap.first;
      if (item === undefined || this.#waiting.has(item)) return item;
      this.#heap.pop();
    }
  }

  add(item: T): void {
    this.#waiting.add(item);
    this.#heap.push(item);
  }

  remove(item: T): void {
    this.#waiting.delete(item);
  }

  take(): T | undefined {
    const item = this.first;
    if (item !== undefined) {
      this.#heap.pop();
      this.#waiting.delete(item);
    }
    return item;
  }
}
