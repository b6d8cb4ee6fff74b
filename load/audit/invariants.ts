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
  'contacts are unique': {
    statement: 'No two ClientTokens have the same ContactId.',
    needs: ['contacts'],
  },
  'conflicts are refused': {
    statement:
      'A ClientToken gets 200 for one payload only. Any other admitted payload gets IdempotencyException.',
    needs: [],
  },
  'nothing is refused wrongly': {
    statement:
      'A payload that was answered gets no 400, 404 or 409 when it is sent again. A ClientToken that nobody has used gets no 409.',
    needs: [],
  },
  'acknowledged is kept': {
    statement: 'The ledger has every acknowledged batch, with the answer that the client got.',
    needs: ['ledger'],
  },
  'nothing is doubled': {
    statement:
      'The ledger has a token once, with exactly the contacts of its answer, each with its RequestIdentifier.',
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
  'nothing foreign': {
    statement:
      'The ledger gained no contact that has neither a ClientToken nor a RequestIdentifier of a run.',
    needs: ['ledger', 'ledger before'],
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
