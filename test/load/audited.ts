/** Attempts and ledgers for audits, and the verdicts on them. */

import { createHash } from 'node:crypto';
import { predictionsOf } from '../../generators/corpus.ts';
import { type AuditInput, audit } from '../../load/audit/audit.ts';
import type { LedgerRow } from '../../load/endpoint/ledger.ts';
import {
  type Attempt,
  answerDigest,
  contactDigest,
  type Seen,
} from '../../load/lib/history-line.ts';
import { letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import { stampOf } from '../../operation/corpus/stamp.ts';

export const RUN = 'abcd1234';
export const PREDICTED = `..${letterOf('INVALID_QUEUE')}`;

export function sha256(text: string, form: 'hex' | 'base64url'): string {
  return createHash('sha256').update(text).digest(form);
}

const digestOf = (text: string) => answerDigest(sha256(text, 'hex'));

const answerTo = (index: number) => `id-${index}-1 id-${index}-2 INVALID_QUEUE`;

export function attempt(index: number, change: Partial<Attempt> = {}): Attempt {
  return {
    index,
    record: 0,
    token: stampOf(RUN, index),
    attempt: 1,
    startMs: 1_000,
    durationMs: 2,
    status: 200,
    error: '-',
    letters: PREDICTED,
    digest: digestOf(answerTo(index)),
    places: '-',
    ...change,
  };
}

/** What a history names the contact of an id. */
export function named(contactId: string): string {
  return contactDigest(sha256(contactId, 'base64url'));
}

type Change = Omit<Partial<Attempt>, 'seen'> & { readonly seen?: Partial<Seen> };

/** An attempt of version `dp2`: the batch's contacts are named, unless others are given. */
export function seen(index: number, { seen: given, ...change }: Change = {}): Attempt {
  const one = attempt(index, change);
  const contacts =
    one.letters === '-' ? '-' : [1, 2].map((i) => named(`id-${index}-${i}`)).join('');
  const endMs = one.startMs + one.durationMs;
  const order = { sent: 2 * one.attempt - 1, answered: 2 * one.attempt };
  return { ...one, seen: { endMs, vu: 1, ...order, contacts, ...given } };
}

const ERRORS: Readonly<Record<number, string>> = {
  0: '1050',
  400: 'InvalidRequestException',
  403: 'InvalidSignatureException',
  404: 'ResourceNotFoundException',
  409: 'IdempotencyException',
  413: 'RequestEntityTooLargeException',
  429: 'TooManyRequestsException',
  500: 'InternalServiceException',
  503: 'ServiceUnavailable',
};

/** The error that a history has for a status. */
export function errorNamed(status: number): string {
  return ERRORS[status] ?? '-';
}

export const REFUSED = { letters: '-', digest: '-' };
export const CONFLICT = { ...REFUSED, status: 409, error: 'IdempotencyException' };
export const LOST = { ...REFUSED, status: 0, error: '1050' };

export function kept(index: number, contacts = 2, answer = answerTo(index)): LedgerRow[] {
  const clientToken = stampOf(RUN, index);
  const items = answer
    .split(' ')
    .map((text) => (text.startsWith('id') ? { contactId: text } : { code: text }));
  return [
    { type: 'token', clientToken, items },
    ...Array.from(
      { length: contacts },
      (_, i): LedgerRow => ({ type: 'contact', contactId: `id-${index}-${i + 1}`, clientToken }),
    ),
  ];
}

export async function* stream<T>(rows: Iterable<T>): AsyncGenerator<T> {
  yield* rows;
}

export async function verdicts(
  history: Attempt[],
  ledger: LedgerRow[] | null,
  change: Partial<AuditInput> = {},
) {
  const result = await audit({
    history,
    historyBytes: 0,
    predictions: predictionsOf(Buffer.from(PREDICTED.repeat(2)), PREDICTED.length),
    ledger: ledger && stream(ledger),
    quota: null,
    cut: false,
    ...change,
  });
  const violated = result.invariants.filter(({ verdict }) => verdict === 'violated');
  return { result, violated: violated.map(({ name }) => name), evidence: violated[0]?.evidence[0] };
}
