/** What must be true of an endpoint, whatever the load. In the order of the report. */

import type { Witness } from '../../run/statements/audit.ts';

export interface InvariantRow {
  readonly statement: string;
  /** What it cannot be decided without, beside a history. */
  readonly needs: readonly Witness[];
}

const ROWS = {
  'one result per item': {
    statement: 'Every item of an answered batch has exactly one result.',
    needs: [],
  },
  'answered as predicted': {
    statement:
      'Every item got the verdict that the corpus predicts; where that is a contact, maybe a code that says to try again.',
    needs: ['corpus'],
  },
  'replays are equal': {
    statement: 'All answers to one ClientToken say the same, ContactIds included.',
    needs: [],
  },
  'conflicts are refused': {
    statement:
      'A ClientToken is answered with 200 for one payload only; any other that is let in gets IdempotencyException.',
    needs: [],
  },
  'acknowledged is kept': {
    statement: 'Every acknowledged batch stands in the ledger with the answer it got.',
    needs: ['ledger'],
  },
  'nothing is doubled': {
    statement: 'A token stands in the ledger once, and the contacts there are those of its answer.',
    needs: ['ledger'],
  },
  'refused creates nothing': {
    statement: 'A refused call has no contact.',
    needs: ['ledger'],
  },
  'nothing unasked': {
    statement: 'Every token in the ledger was sent by this run.',
    needs: ['ledger', 'whole history'],
  },
  'the quota is kept': {
    statement:
      'Within the quota no call gets TooManyRequestsException, and past it no call is admitted.',
    needs: ['quota'],
  },
} as const satisfies Record<string, InvariantRow>;

export type InvariantName = keyof typeof ROWS;

export const INVARIANTS: Readonly<Record<InvariantName, InvariantRow>> = ROWS;

export const INVARIANT_NAMES = Object.keys(ROWS) as readonly InvariantName[];
