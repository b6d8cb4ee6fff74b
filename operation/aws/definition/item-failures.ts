/** Per-item failure codes of an operation that answers item by item: one row each, in the order of checks. */

import type { Provenance } from '../provenance.ts';

/** One way to make an otherwise good item fail. */
export interface Provocation<Item, Made = Item> {
  readonly how: string;
  /** `previous` is the item before it in the batch, a good one. */
  readonly make: (good: Item, previous: Item) => Made;
}

export interface FailureRow<Item, Context, Made = Item> {
  /** Whether the caller may send the item again, after a delay. */
  readonly retryable: boolean;
  /** Where the trigger comes from. */
  readonly provenance: Provenance;
  /** Provoking it takes a good item before it in the same batch. */
  readonly needsPrevious?: true;
  readonly applies: (item: Item, context: Context) => boolean;
  readonly provocations: readonly [Provocation<Item, Made>, ...Provocation<Item, Made>[]];
}

/** The table of any operation, for those that do not judge items. */
export type FailureTable = Readonly<Record<string, FailureRow<never, never, unknown>>>;

/** Judges an item by a table: the first code whose row applies, null for a good item. */
export function firstFailure<Code extends string, Item, Context>(
  table: Readonly<Record<Code, FailureRow<Item, Context>>>,
): (item: Item, context: Context) => Code | null {
  // Of one form each: rows differ in theirs, which makes every read of one slow.
  const rules = (Object.keys(table) as Code[]).map((code) => ({
    code,
    applies: table[code].applies,
  }));
  return (item, context) => {
    for (const { code, applies } of rules) if (applies(item, context)) return code;
    return null;
  };
}
