/**
 * ContactId -> the batch and item it was made from.
 *
 * Built when it is first asked, and from then on kept up at each question: ids are random, so an
 * index kept at each commit would cost more than the commit (measured on disk: six times).
 */

import type { ItemResult } from './store.ts';

export interface Place {
  /** The batch's serial number in its store. */
  readonly serial: number;
  readonly index: number;
}

/** The ids of a batch by item; undefined for an item that is no contact. */
export interface BatchIds {
  readonly serial: number;
  readonly ids: readonly (string | undefined)[];
}

/** @param results of a batch, as JSON. */
export function contactIdsIn(results: string): BatchIds['ids'] {
  return (JSON.parse(results) as ItemResult[]).map((result) =>
    'contactId' in result ? result.contactId : undefined,
  );
}

/** Items of a batch are fewer than this; serials stay whole numbers up to 2^48. */
const ITEMS = 32;

export class ContactIndex {
  readonly #places = new Map<string, number>();
  readonly #batchesAfter: (serial: number) => Iterable<BatchIds>;
  /** Batches up to this serial are in the index; null until the first question. */
  #until: number | null = null;

  /** @param batchesAfter the batches with a higher serial number, lower ones first. */
  constructor(batchesAfter: (serial: number) => Iterable<BatchIds>) {
    this.#batchesAfter = batchesAfter;
  }

  /** Whether it was ever asked: until then there is nothing to keep up, and no contact was changed. */
  get built(): boolean {
    return this.#until !== null;
  }

  find(contactId: string): Place | undefined {
    this.#until ??= 0;
    for (const { serial, ids } of this.#batchesAfter(this.#until)) this.add(serial, ids);
    const place = this.#places.get(contactId);
    if (place === undefined) return undefined;
    return { serial: Math.floor(place / ITEMS), index: place % ITEMS };
  }

  /** For a batch that the index has passed already; any other is found by itself. */
  add(serial: number, ids: BatchIds['ids']): void {
    if (this.#until === null) return;
    for (let i = 0; i < ids.length; i += 1) {
      const id = ids[i];
      if (id !== undefined) this.#places.set(id, serial * ITEMS + i);
    }
    this.#until = Math.max(this.#until, serial);
  }

  drop(ids: BatchIds['ids']): void {
    if (this.#until === null) return;
    for (const id of ids) if (id !== undefined) this.#places.delete(id);
  }

  clear(): void {
    this.#places.clear();
    this.#until = null;
  }
}
