/**
 * An index from a ContactId to the batch and item that created the contact.
 *
 * The first look-up builds the index. Each later look-up adds the batches committed since. The index is not
 * updated at each commit: ids are random, and on disk such an update took six times as long as the commit.
 */

import type { ItemResult } from './store.ts';

export interface Place {
  /** The batch's serial number in its store. */
  readonly serial: number;
  readonly index: number;
}

/** The ContactIds of a batch by item. The id is undefined for an item that created no contact. */
export interface BatchIds {
  readonly serial: number;
  readonly ids: readonly (string | undefined)[];
}

/** @param results the results of a batch, as JSON. */
export function contactIdsIn(results: string): BatchIds['ids'] {
  return (JSON.parse(results) as ItemResult[]).map((result) =>
    'contactId' in result ? result.contactId : undefined,
  );
}

/** A batch has fewer items than this. Serials up to 2^48 times this number are still exact integers. */
const ITEMS = 32;

export class ContactIndex {
  readonly #places = new Map<string, number>();
  readonly #batchesAfter: (serial: number) => Iterable<BatchIds>;
  /** The index contains the batches up to this serial. Null before the first look-up. */
  #until: number | null = null;

  /** @param batchesAfter returns the batches with a higher serial number, lowest first. */
  constructor(batchesAfter: (serial: number) => Iterable<BatchIds>) {
    this.#batchesAfter = batchesAfter;
  }

  /** Whether a look-up has built the index. Before that, there is nothing to update. */
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

  /** Adds ids of a batch. Callers need this only for a rerun batch; a look-up adds new batches by itself. */
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
