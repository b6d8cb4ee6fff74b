/** What is known of a run beside it: how it differs from earlier runs, and which of them are not there. */

import { list, oneOf, type Reader, structure, text } from '../../system/read.ts';
import { type Comparison, comparison } from './compare.ts';

export const CHANGES_SCHEMA = 'dialproof-changes/1';

export interface Changes {
  readonly schema: typeof CHANGES_SCHEMA;
  readonly comparisons: readonly Comparison[];
  readonly missing: readonly Missing[];
}

/** An earlier run that was asked for, and is not there. */
export interface Missing {
  /** Such as `the last run`. */
  readonly against: string;
  /** Where it was looked for. */
  readonly where: string;
}

export const NO_CHANGES: Changes = { schema: CHANGES_SCHEMA, comparisons: [], missing: [] };

/** Reads `changes.json`. */
export const changes: Reader<Changes> = structure<Changes>({
  schema: oneOf(CHANGES_SCHEMA),
  comparisons: list(comparison),
  missing: list(structure<Missing>({ against: text, where: text })),
});

export function hasRegression({ comparisons }: Changes): boolean {
  return comparisons.some((one) => one.changes.some(({ effect }) => effect === 'regression'));
}
