/** The table of failure codes of an operation that answers each item: one row for each code, in the order of checks. */

import type { Provenance } from '../provenance.ts';

/** One way to make a good item fail. */
export interface Provocation<Item, Made = Item> {
  readonly how: string;
  /** `previous` is the item before this one in the batch. It is a good item. */
  readonly make: (good: Item, previous: Item) => Made;
}

export interface FailureRow<Item, Context, Made = Item> {
  /** Whether the caller may send the item again after a delay. */
  readonly retryable: boolean;
  /** Provenance of the trigger. */
  readonly provenance: Provenance;
  /** Whether the failure can only be provoked after a good item in the same batch. */
  readonly needsPrevious?: true;
  readonly applies: (item: Item, context: Context) => boolean;
  readonly provocations: readonly [Provocation<Item, Made>, ...Provocation<Item, Made>[]];
}

/** The table of any operation, for code that does not judge items. */
export type FailureTable = Readonly<Record<string, FailureRow<never, never, unknown>>>;

/** Makes a function that judges an item: it returns the first code whose row applies, or null for a good item. */
export function firstFailure<Code extends string, Item, Context>(
  table: Readonly<Record<Code, FailureRow<Item, Context>>>,
): (item: Item, context: Context) => Code | null {
  // The copies all have the same members. Rows differ in theirs, which makes every read slow.
  const rules = (Object.keys(table) as Code[]).map((code) => ({
    code,
    applies: table[code].applies,
  }));
  return (item, context) => {
    for (const { code, applies } of rules) if (applies(item, context)) return code;
    return null;
  };
}
