/** Converts the ledger to lines of bounded length: one per token record, and one per run of contacts of a token. */

import { createHash } from 'node:crypto';
import { STAMP_LENGTH } from '../../operation/corpus/stamp.ts';
import {
  answerOf,
  type LedgerContact,
  type LedgerRow,
  type LedgerToken,
} from '../endpoint/ledger.ts';
import { answerDigest } from '../lib/history-line.ts';
import { hashOf } from './hash.ts';
import type { Kept } from './token-story.ts';

const RECORD = 'r';
const CONTACTS = 'c';
const STRAYS = 's';

export interface TokenLine {
  readonly token: string;
  readonly line: string;
}

/** Rows without a stamp of this length were not sent by a load script. They are skipped. */
export async function* tokenLines(rows: AsyncIterable<LedgerRow>): AsyncGenerator<TokenLine> {
  let run: ContactRun | null = null;
  for await (const row of rows) {
    const token = stampIn(row);
    if (token === null) continue;
    if (row.type === 'token') {
      yield { token, line: recordLine(token, row) };
      continue;
    }
    const kind = row.clientToken === null ? STRAYS : CONTACTS;
    if (run === null || run.token !== token || run.kind !== kind) {
      if (run) yield contactsLine(run);
      run = { token, kind, count: 0, sum: 0 };
    }
    run.count += 1;
    run.sum += hashOf(row.contactId);
  }
  if (run) yield contactsLine(run);
}

/** Contacts that come one after the other and belong together. */
interface ContactRun {
  readonly token: string;
  readonly kind: string;
  count: number;
  /** Sum of the hashes of their ids. It does not depend on their order. */
  sum: number;
}

function contactsLine({ token, kind, count, sum }: ContactRun): TokenLine {
  return { token, line: [kind, token, count, sum].join('\t') };
}

/** Adds a line to what is known of its token. */
export function addTokenLine(kept: Kept, line: string): void {
  const [kind, , ...fields] = line.split('\t');
  if (kind === RECORD) {
    kept.records += 1;
    kept.digest = fields[0] ?? '-';
    kept.created = Number(fields[1]);
    kept.createdSum = Number(fields[2]);
  } else if (kind === CONTACTS) {
    kept.contacts += Number(fields[0]);
    kept.contactsSum += Number(fields[1]);
  } else {
    kept.strays += Number(fields[0]);
  }
}

export function tokenIn(line: string): string {
  return line.slice(2, 2 + STAMP_LENGTH);
}

/** A contact under no token still bears the stamp of the batch that it came in. */
function stampIn(row: LedgerToken | LedgerContact): string | null {
  const text = row.clientToken ?? (row.type === 'contact' ? row.requestIdentifier : null);
  const stamp = text?.slice(0, STAMP_LENGTH);
  return stamp?.length === STAMP_LENGTH ? stamp : null;
}

function recordLine(token: string, row: LedgerToken): string {
  const digest = answerDigest(createHash('sha256').update(answerOf(row)).digest('hex'));
  let created = 0;
  let sum = 0;
  for (const item of row.items) {
    if (!('contactId' in item)) continue;
    created += 1;
    sum += hashOf(item.contactId);
  }
  return [RECORD, token, digest, created, sum].join('\t');
}
