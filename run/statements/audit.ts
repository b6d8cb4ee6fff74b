/** Evidence of an audit for an invariant: the operations that prove a violation, or why it cannot be decided. */

import { amount, number, oneOf, orNull, structure, text } from '../../system/read.ts';
import { OLD_TEXT, type StatementOf, statementOf } from './kinds.ts';
import { ROAD_EVIDENCE } from './road.ts';

/** An attempt, named so that it can be found in the history. */
export interface AttemptNamed {
  /** Number of the batch in the run. */
  readonly batch: number;
  readonly token: string;
  /** 1 for the first time that the token was sent. */
  readonly attempt: number;
  /** Epoch milliseconds at which it was sent. */
  readonly startMs: number;
  /** HTTP status; 0 where no answer came. */
  readonly status: number;
  /** Name of a refusal, or number of a failed request; null without either. */
  readonly error: string | null;
}

const attempt = structure<AttemptNamed>({
  batch: amount,
  token: text,
  attempt: amount,
  startMs: amount,
  status: amount,
  error: orNull(text),
});

/** Sources that an invariant may need in addition to the history. */
export const WITNESSES = [
  'corpus',
  'ledger',
  /** The ledger as it was before the run. */
  'ledger before',
  /** What tells contacts apart: an old history does not. */
  'contacts',
  'quota',
  'whole history',
  /** The dial records that a sink received. */
  'dials',
  /** What the endpoint says became of the dial requests. */
  'told',
  /** The contact events that a sink received. */
  'events',
  /** How far the clock of the endpoint is ahead. */
  'clock',
  /** The quota of concurrent calls. */
  'calls',
] as const;

export type Witness = (typeof WITNESSES)[number];

const ROWS = {
  /** An answer that does not have one result for each item; a letter for each item that was read. */
  'wrong results': { attempt, letters: text },
  'unknown record': { attempt, record: amount },
  'other verdicts': { attempt, letters: text, predicted: text },
  /** Two answers to one payload differ: their digests. */
  'replay differs': { attempt, digest: text, first: attempt, firstDigest: text },
  /** A second payload was let in under a token. */
  'conflict let in': { attempt, record: amount, first: attempt, firstRecord: amount },
  /** An equal payload was refused after it was answered. */
  'replay refused': { attempt, first: attempt },
  /** A token that no attempt can have used was in conflict with something. */
  'new token refused': { attempt },
  /** A contact, by the digest in the history, under two tokens. */
  'contact reused': { contact: text, token: text, first: text },
  'kept otherwise': { attempt, digest: text, ledgerDigest: text },
  'not kept': { attempt },
  'refused and created': { attempt, contacts: amount },
  /** As many contacts as the answer has, and not the same ones. */
  'other contacts': { token: text, contacts: amount },
  /** The contacts of the answer, but not each with the identifier of its item. */
  'other identifiers': { token: text, contacts: amount },
  doubled: { token: text, records: amount, contacts: amount, created: amount },
  unasked: { token: text, contacts: amount },
  /** Contacts that the ledger gained, under the token of no run; null: under none. */
  foreign: { token: orNull(text), contacts: amount },
  /** Requests that the bucket still had, at least. */
  'refused within the quota': { attempt, spare: number },
  /** Requests past what the bucket had, at least. */
  'admitted past the quota': { attempt, past: number },
  ...ROAD_EVIDENCE,
  /** A clock was set back, or a call took longer than can be placed. */
  'times disagree': {},
  'no witness': { witness: oneOf(...WITNESSES) },
  'nothing tells': {},
  ...OLD_TEXT,
} as const;

export type Evidence = StatementOf<typeof ROWS>;

export const evidence = statementOf(ROWS);
