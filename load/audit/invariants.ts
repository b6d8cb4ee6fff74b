/** The statements that must be true of an endpoint under any load, in the order of the report. */

import type { Witness } from '../../run/statements/audit.ts';

export interface InvariantRow {
  readonly statement: string;
  /** The sources that are needed to decide it, in addition to a history. */
  readonly needs: readonly Witness[];
}

const ROWS = {
  'one result per item': {
    statement: 'Every item of an answered batch has exactly one result.',
    needs: [],
  },
  'answered as predicted': {
    statement:
      'Every item got the predicted verdict. Where a contact is predicted, a retryable code is accepted too.',
    needs: ['corpus'],
  },
  'replays are equal': {
    statement: 'All answers to one ClientToken say the same, ContactIds included.',
    needs: [],
  },
  'conflicts are refused': {
    statement:
      'A ClientToken gets 200 for one payload only. Any other admitted payload gets IdempotencyException.',
    needs: [],
  },
  'acknowledged is kept': {
    statement: 'The ledger has every acknowledged batch, with the answer that the client got.',
    needs: ['ledger'],
  },
  'nothing is doubled': {
    statement: 'The ledger has a token once, with exactly the contacts of its answer.',
    needs: ['ledger'],
  },
  'refused creates nothing': {
    statement: 'A refused call created no contact.',
    needs: ['ledger'],
  },
  'nothing unasked': {
    statement: 'This run sent every token in the ledger.',
    needs: ['ledger', 'whole history'],
  },
  'the quota is kept': {
    statement:
      'No call within the quota gets TooManyRequestsException, and no call beyond it is admitted.',
    needs: ['quota'],
  },
} as const satisfies Record<string, InvariantRow>;

export type InvariantName = keyof typeof ROWS;

export const INVARIANTS: Readonly<Record<InvariantName, InvariantRow>> = ROWS;

export const INVARIANT_NAMES = Object.keys(ROWS) as readonly InvariantName[];
