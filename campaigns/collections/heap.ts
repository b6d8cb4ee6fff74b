/** A binary heap: the item with the least key first, and among equal keys the item that was pushed first. */

export class Heap<T> {
  // Three lists in place of one of objects: comparisons read numbers that lie side by side.
  #items: T[] = [];
  #keys: number[] = [];
  #sequences: number[] = [];
  #pushed = 0;

  get size(): number {
    return this.#items.length;
  }

  get first(): T | undefined {
    return this.#items[0];
  }

  /** The key of the first item. */
  get firstKey(): number | undefined {
    return this.#keys[0];
  }

  push(key: number, item: T): void {
    const at = this.#items.length;
    this.#items.push(item);
    this.#keys.push(key);
    this.#sequences.push(this.#pushed);
    this.#rise(at, key, this.#pushed, item);
    this.#pushed += 1;
  }

  pop(): T | undefined {
    const first = this.#items[0];
    const item = this.#items.pop() as T;
    const key = this.#keys.pop() as number;
    const sequence = this.#sequences.pop() as number;
    if (this.#items.length > 0) this.#sink(key, sequence, item);
    return first;
  }

  /** Drops all items but those that are still needed. */
  keep(isNeeded: (item: T) => boolean): void {
    const [items, keys] = [this.#items, this.#keys];
    const order = [...items.keys()].sort(
      (a, b) =>
        (keys[a] as number) - (keys[b] as number) ||
        (this.#sequences[a] as number) - (this.#sequences[b] as number),
    );
    this.#items = [];
    this.#keys = [];
    this.#sequences = [];
    for (const i of order) {
      if (isNeeded(items[i] as T)) this.push(keys[i] as number, items[i] as T);
    }
  }

  /** Moves an item from a place up to where it belongs. */
  #rise(from: number, key: number, sequence: number, item: T): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBefore(key, sequence, above)) break;
      this.#move(above, at);
      at = above;
    }
    this.#put(at, key, sequence, item);
  }

  /** Moves an item from the top down to where it belongs. */
  #sink(key: number, sequence: number, item: T): void {
    const { length } = this.#items;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= length) break;
      const other = below + 1;
      if (
        other < length &&
        this.#isBefore(this.#keys[other] as number, this.#sequences[other] as number, below)
      ) {
        below = other;
      }
      if (this.#isBefore(key, sequence, below)) break;
      this.#move(below, at);
      at = below;
    }
    this.#put(at, key, sequence, item);
  }

  #isBefore(key: number, sequence: number, place: number): boolean {
    const other = this.#keys[place] as number;
    return key < other || (key === other && sequence < (this.#sequences[place] as number));
  }

  #move(from: number, to: number): void {
    this.#put(
      to,
      this.#keys[from] as number,
      this.#sequences[from] as number,
      this.#items[from] as T,
    );
  }

  #put(at: number, key: number, sequence: number, item: T): void {
    this.#keys[at] = key;
    this.#sequences[at] = sequence;
    this.#items[at] = item;
  }
}
