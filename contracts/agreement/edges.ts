/** The edges of a bound: the lengths at which a request begins to be refused. */

import type { Limit } from '../../operation/aws/shape/limit.ts';

/** A length at an edge of a bound. */
export interface Edge {
  readonly length: number;
  readonly inside: boolean;
  readonly words: string;
}

/** The longest text in the pact, which keeps the pact readable. The tests of the request reader use longer texts. */
export const LONGEST_IN_PACT = 1_000;

/** Returns the minimum and the maximum of a bound, and one past each. A minimum of 0 has no edges. */
export function edgesOf({ min = 0, max }: Limit): Edge[] {
  return [
    ...(min > 0
      ? [
          { length: min - 1, inside: false, words: 'one too few' },
          { length: min, inside: true, words: 'the least' },
        ]
      : []),
    ...(max === undefined
      ? []
      : [
          ...(max === min ? [] : [{ length: max, inside: true, words: 'the most' }]),
          { length: max + 1, inside: false, words: 'one too many' },
        ]),
  ];
}
