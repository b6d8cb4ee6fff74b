/** A binary heap: the first item by an order of the caller's. */

export class Heap<T> {
  #items: T[] = [];
  readonly #before: (a: T, b: T) => boolean;

  /** @param before whether `a` comes before `b`. */
  constructor(before: (a: T, b: T) => boolean) {
    this.#before = before;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  get size(): number {
    return this.#items.length;
  }

  /** Drops all items but those that are still needed. */
  keep(isNeeded: (item: T) => boolean): void {
    const items = this.#items.filter(isNeeded);
    this.#items = [];
    for (const item of items) this.push(item);
  }

  push(item: T): void {
    const items = this.#items;
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above] as T;
      if (!this.#before(item, parent)) break;
      items[at] = parent;
      at = above;
    }
    items[at] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    const half = items.length >> 1;
    let at = 0;
    while (at < half) {
      let below = 2 * at + 1;
      if (below + 1 < items.length && this.#before(items[below + 1] as T, items[below] as T)) {
        below += 1;
      }
      const child = items[below] as T;
      if (!this.#before(child, last)) break;
      items[at] = child;
      at = below;
    }
    items[at] = last;
    return first;
  }
}
