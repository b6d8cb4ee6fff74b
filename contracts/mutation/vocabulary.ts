/** The names that mutants exchange. */

import type { AnyOperation } from '../../operation/operations.ts';

export interface Vocabulary {
  readonly errors: readonly string[];
  readonly failureCodes: readonly string[];
  /** The member that identifies an item in a list. */
  readonly idMember: string;
  /** The members that distinguish the items of a list. */
  readonly telling: readonly string[];
}

/** The names of operations that form one contract. */
export function vocabularyOf(operations: readonly AnyOperation[]): Vocabulary {
  const lists = operations.flatMap((operation) => operation.lists ?? []);
  const unique = (names: readonly string[]) => [...new Set(names)];
  return {
    errors: unique(operations.flatMap(({ errors }) => Object.keys(errors))),
    failureCodes: unique(lists.flatMap(({ failures }) => Object.keys(failures))),
    idMember: lists[0]?.id ?? '',
    telling: unique(lists.flatMap(({ id, code }) => [id, code])),
  };
}
