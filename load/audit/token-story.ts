/** Checks the invariants for one ClientToken: the answers that clients got, and what the ledger has. */

import type { Attempt } from '../lib/history-line.ts';
import { isSettled, named, samePayload } from './attempts.ts';
import type { Kept, Sums } from './kept.ts';
import { Order } from './order.ts';
import { judgeRefusedCalls } from './refusals.ts';
import type { Tallies } from './tallies.ts';

export interface TokenStory {
  readonly token: string;
  /** In the order of the history. */
  readonly attempts: readonly Attempt[];
  /** Null where the ledger has nothing of the token, or was not read. */
  readonly kept: Kept | null;
}

/** What is known of the whole run. */
export interface Reading {
  /** Whether there was a ledger to read. */
  readonly ledger: boolean;
  /** Whether the ledger was read before the run too. */
  readonly before: boolean;
  /** Calls were cut and left no line in the history, so a token that is in no line may still have been sent. */
  readonly cut: boolean;
  /** Whether the times of the history can be compared. */
  readonly clock: boolean;
  readonly tokenLifetimeSeconds: number;
  /** Whether a token is a stamp of this run, which nobody else uses. */
  readonly isOurs: (token: string) => boolean;
}

export function judgeToken(story: TokenStory, reading: Reading, tallies: Tallies): void {
  const { token, attempts, kept } = story;
  const ours = reading.isOurs(token);
  if (attempts.length === 0 && !ours) {
    judgeForeign(story, reading, tallies);
    return;
  }
  const order = new Order(attempts, reading.clock);
  // If the token was forgotten meanwhile, it may rightly have been used again.
  const outlived = order.spanMs >= reading.tokenLifetimeSeconds * 1_000;
  judgeRefusedCalls({ attempts, order, outlived, isOurs: ours && !reading.cut }, tallies);
  if (!outlived) judgeAnswers(story, tallies);
  if (!reading.ledger) return;
  if (!outlived) judgeKeeping(story, tallies);
  judgeRefusals(story, tallies);
  if (kept && !outlived) judgeCommits(story, kept, tallies);
  if (kept && !reading.cut) judgeOrigin(story, tallies);
  if (reading.before) tallies.hold('nothing foreign');
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

function judgeCommits({ token, attempts }: TokenStory, kept: Kept, tallies: Tallies): void {
  const { records, created, createdSums, contacts, contactsSums } = kept;
  // If a call was refused, contacts outside the token are laid to it: `refused creates nothing`.
  const strays = attempts.some(isRefused) ? 0 : kept.strays;
  const counted = records <= 1 && contacts + strays === created;
  const named = hasNames(createdSums) && hasNames(contactsSums);
  const equal =
    contactsSums.ids === createdSums.ids && (!named || contactsSums.named === createdSums.named);
  const inPlace = isInPlace(kept.slots, attempts.find(({ status }) => status === 200)?.places);
  tallies.check('nothing is doubled', counted && equal && inPlace, () => {
    if (!counted) return { kind: 'doubled', token, records, contacts: contacts + strays, created };
    return contactsSums.ids === createdSums.ids
      ? { kind: 'other identifiers', token, contacts }
      : { kind: 'other contacts', token, contacts };
  });
}

function hasNames({ named }: Sums): boolean {
  return !Number.isNaN(named);
}

/**
 * Whether the identifiers of a record's items can be those of the batch: each item has its own, or that of an
 * earlier item.
 *
 * @param places which items of the batch were sent; undefined if that is not known.
 */
function isInPlace(slots: string, places: string | undefined): boolean {
  if (places === undefined) return true;
  for (let i = 0; i < slots.length; i += 1) {
    const own = places === '-' ? 97 + i : places.charCodeAt(i);
    if (slots.charCodeAt(i) > own) return false;
  }
  return true;
}

function judgeOrigin({ token, attempts, kept }: TokenStory, tallies: Tallies): void {
  tallies.check('nothing unasked', attempts.length > 0, () => ({
    kind: 'unasked',
    token,
    contacts: (kept?.contacts ?? 0) + (kept?.strays ?? 0),
  }));
}

/** Contacts of no run: they were there before, or nobody asked for them. */
function judgeForeign({ token, kept }: TokenStory, reading: Reading, tallies: Tallies): void {
  // A call of this run that was cut may have had any token, if its tokens have no stamp.
  if (!kept || !reading.before || (reading.cut && token !== '')) return;
  const gained = kept.contacts + kept.strays - kept.earlier;
  tallies.check('nothing foreign', gained <= 0, () => ({
    kind: 'foreign',
    token: token === '' ? null : token,
    contacts: gained,
  }));
}

/** A refused call must have created nothing. A call without an answer, or with a 5xx, may have created contacts. */
function isRefused({ status }: Attempt): boolean {
  return status >= 400 && status < 500;
}
