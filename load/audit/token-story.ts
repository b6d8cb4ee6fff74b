/** Checks the invariants for one ClientToken: the answers that clients got, and what the ledger has. */

import type { AttemptNamed } from '../../run/statements/audit.ts';
import type { Attempt } from '../lib/history-line.ts';
import type { Tallies } from './tallies.ts';

/** What the ledger has of one token. */
export interface Kept {
  /** Token records. */
  records: number;
  /** Digest of the last record's answer. */
  digest: string;
  /** Contacts in the last record's answer, and the sum of their ids' hashes. */
  created: number;
  createdSum: number;
  /** Contacts that are stored under the token, and the sum of their ids' hashes. */
  contacts: number;
  contactsSum: number;
  /** Contacts that have an identifier of the token but are stored under no token. */
  strays: number;
}

export interface TokenStory {
  readonly token: string;
  /** In the order of the history. */
  readonly attempts: readonly Attempt[];
  /** Null where the ledger has nothing of the token, or was not read. */
  readonly kept: Kept | null;
}

export function emptyKept(): Kept {
  return {
    records: 0,
    digest: '-',
    created: 0,
    createdSum: 0,
    contacts: 0,
    contactsSum: 0,
    strays: 0,
  };
}

export interface LedgerReading {
  /** Whether there was a ledger to read. */
  readonly read: boolean;
  /** Calls were cut and left no line in the history, so a token that is in no line may still have been sent. */
  readonly cut: boolean;
}

export function judgeToken(story: TokenStory, ledger: LedgerReading, tallies: Tallies): void {
  judgeAnswers(story, tallies);
  if (!ledger.read) return;
  judgeKeeping(story, tallies);
  judgeRefusals(story, tallies);
  if (story.kept) judgeCommits(story.token, story.kept, tallies);
  if (story.kept && !ledger.cut) judgeOrigin(story, tallies);
}

/** The payload that got 200 first belongs to the token. Its replays get an equal answer; any other payload is refused. */
function judgeAnswers({ attempts }: TokenStory, tallies: Tallies): void {
  const first = attempts.find(({ status }) => status === 200);
  if (!first) return;
  for (const attempt of attempts) {
    if (attempt === first) continue;
    if (samePayload(attempt, first)) {
      if (attempt.status !== 200) continue;
      tallies.check('replays are equal', attempt.digest === first.digest, () => ({
        kind: 'replay differs',
        attempt: named(attempt),
        digest: attempt.digest,
        first: named(first),
        firstDigest: first.digest,
      }));
    } else if (isSettled(attempt)) {
      tallies.check('conflicts are refused', attempt.error === 'IdempotencyException', () => ({
        kind: 'conflict let in',
        attempt: named(attempt),
        record: attempt.record,
        first: named(first),
        firstRecord: first.record,
      }));
    }
  }
}

function judgeKeeping({ attempts, kept }: TokenStory, tallies: Tallies): void {
  const first = attempts.find(({ status }) => status === 200);
  if (!first) return;
  tallies.check(
    'acknowledged is kept',
    kept !== null && kept.records > 0 && kept.digest === first.digest,
    () =>
      kept?.records
        ? {
            kind: 'kept otherwise',
            attempt: named(first),
            digest: first.digest,
            ledgerDigest: kept.digest,
          }
        : { kind: 'not kept', attempt: named(first) },
  );
}

function judgeRefusals({ attempts, kept }: TokenStory, tallies: Tallies): void {
  const refused = attempts.find(isRefused);
  if (!refused) return;
  const onlyRefused = attempts.every(isRefused);
  const made = (kept?.strays ?? 0) + (onlyRefused ? (kept?.contacts ?? 0) : 0);
  tallies.check('refused creates nothing', made === 0, () => ({
    kind: 'refused and created',
    attempt: named(refused),
    contacts: made,
  }));
}

function judgeCommits(token: string, kept: Kept, tallies: Tallies): void {
  const { records, created, contacts } = kept;
  const counted = records <= 1 && contacts === created;
  tallies.check('nothing is doubled', counted && kept.contactsSum === kept.createdSum, () =>
    counted
      ? { kind: 'other contacts', token, contacts }
      : { kind: 'doubled', token, records, contacts, created },
  );
}

function judgeOrigin({ token, attempts, kept }: TokenStory, tallies: Tallies): void {
  tallies.check('nothing unasked', attempts.length > 0, () => ({
    kind: 'unasked',
    token,
    contacts: (kept?.contacts ?? 0) + (kept?.strays ?? 0),
  }));
}

/** A refused call must have created nothing. A call without an answer, or with a 5xx, may have created contacts. */
function isRefused({ status }: Attempt): boolean {
  return status >= 400 && status < 500;
}

/** Whether the answer is final for the payload: not a 403 or 429, which do not judge it, and not an unknown result. */
function isSettled({ status }: Attempt): boolean {
  return status !== 0 && status !== 403 && status !== 429 && status < 500;
}

/** Under one token, a payload is which record was sent, and which of its items. */
function samePayload(a: Attempt, b: Attempt): boolean {
  return a.record === b.record && a.places === b.places;
}

/** Names an attempt so that it can be found in the history. */
export function named({ index, token, attempt, startMs, status, error }: Attempt): AttemptNamed {
  return { batch: index, token, attempt, startMs, status, error: error === '-' ? null : error };
}
