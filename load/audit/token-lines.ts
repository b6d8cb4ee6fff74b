/** Converts the ledger to lines of bounded length: one per token record, and one per run of contacts of a token. */

import { hash } from 'node:crypto';
import { runTagIn, slotIn, stampIn } from '../../operation/corpus/stamp.ts';
import {
  answerOf,
  type LedgerContact,
  type LedgerItem,
  type LedgerRow,
  type LedgerToken,
} from '../endpoint/ledger.ts';
import { answerDigest } from '../lib/history-line.ts';
import { hashOf } from './hash.ts';
import { type Kept, NO_SUMS, type Sums } from './kept.ts';

/** Kinds of line. */
const RECORD = 'r';
const CONTACTS = 'c';
const STRAYS = 's';
const EARLIER = 'e';

export interface TokenLine {
  readonly token: string;
  readonly line: string;
}

/** The key of contacts that have no ClientToken, and no identifier of a run. */
export const NO_TOKEN = '';

/**
 * The ClientToken that a row of the ledger belongs to. A contact that has none, or another run's, may still have an
 * identifier with the stamp of the batch that it came in.
 *
 * @param runs the run tags of the history.
 * @returns null for the work of another run of a load script.
 */
export function ownerOf(row: LedgerRow, runs: ReadonlySet<string>): string | null {
  const { clientToken } = row;
  if (clientToken !== null && isOfRun(clientToken, runs)) return clientToken;
  const stamp = row.type === 'contact' ? stampIn(row.requestIdentifier ?? '') : null;
  if (stamp !== null && runs.has(runTagIn(stamp))) return stamp;
  if (clientToken === null) return stamp === null ? NO_TOKEN : null;
  return stampIn(clientToken) === clientToken ? null : inOneField(clientToken);
}

/** Whether a token is a stamp of one of these runs. */
export function isOfRun(token: string, runs: ReadonlySet<string>): boolean {
  return stampIn(token) === token && runs.has(runTagIn(token));
}

/** A token as one field of a line. One in which a line or a field would end cannot be in a history. */
export function inOneField(token: string): string {
  return /[\t\r\n]/.test(token) ? JSON.stringify(token) : token;
}

/** @param read when the ledger was read. Before the run only its contacts count. */
export async function* tokenLines(
  rows: AsyncIterable<LedgerRow>,
  runs: ReadonlySet<string>,
  read: 'before' | 'after',
): AsyncGenerator<TokenLine> {
  let run: ContactRun | null = null;
  for await (const row of rows) {
    const token = ownerOf(row, runs);
    if (token === null) continue;
    if (row.type === 'token') {
      if (read === 'after') yield { token, line: recordLine(token, row) };
      continue;
    }
    const kind = read === 'before' ? EARLIER : isUnder(token, row) ? CONTACTS : STRAYS;
    if (run === null || run.token !== token || run.kind !== kind) {
      if (run) yield contactsLine(run);
      run = { token, kind, count: 0, sums: NO_SUMS };
    }
    run.count += 1;
    run.sums = plus(run.sums, row);
  }
  if (run) yield contactsLine(run);
}

/** Whether a contact that belongs to a token is also stored under it. */
function isUnder(token: string, { clientToken }: LedgerContact): boolean {
  return clientToken === null ? token === NO_TOKEN : inOneField(clientToken) === token;
}

function plus(
  { ids, named }: Sums,
  { contactId, requestIdentifier }: Pick<LedgerContact, 'contactId' | 'requestIdentifier'>,
): Sums {
  return {
    ids: ids + hashOf(contactId),
    named:
      requestIdentifier === undefined
        ? Number.NaN
        : named + hashOf(`${contactId} ${requestIdentifier}`),
  };
}

/** Contacts that come one after the other and belong together. */
interface ContactRun {
  readonly token: string;
  readonly kind: string;
  count: number;
  sums: Sums;
}

function contactsLine({ token, kind, count, sums }: ContactRun): TokenLine {
  return { token, line: [kind, token, count, sums.ids, sums.named].join('\t') };
}

/** Adds a line to what is known of its token. */
export function addTokenLine(kept: Kept, line: string): void {
  const [kind, , count, ids, named, digest = '-', slots = ''] = line.split('\t');
  if (kind === RECORD) {
    kept.records += 1;
    kept.digest = digest;
    kept.slots = slots;
    kept.created = Number(count);
    kept.createdSums = { ids: Number(ids), named: Number(named) };
  } else if (kind === CONTACTS) {
    kept.contacts += Number(count);
    kept.contactsSums = {
      ids: kept.contactsSums.ids + Number(ids),
      named: kept.contactsSums.named + Number(named),
    };
  } else if (kind === STRAYS) {
    kept.strays += Number(count);
  } else {
    kept.earlier += Number(count);
  }
}

export function tokenIn(line: string): string {
  return line.slice(2, line.indexOf('\t', 2));
}

function recordLine(token: string, row: LedgerToken): string {
  const digest = answerDigest(hash('sha256', answerOf(row)));
  let created = 0;
  let sums = NO_SUMS;
  for (const item of row.items) {
    if (!('contactId' in item)) continue;
    created += 1;
    sums = plus(sums, item);
  }
  const slots = row.items.map((item) => slotLetter(token, item)).join('');
  return [RECORD, token, created, sums.ids, sums.named, digest, slots].join('\t');
}

/** The letter of the place that an item's identifier names, `a` for the first; `-` if it names none. */
function slotLetter(token: string, { requestIdentifier = '' }: LedgerItem): string {
  const slot = slotIn(token, requestIdentifier);
  return slot === null ? '-' : String.fromCharCode(97 + slot);
}
