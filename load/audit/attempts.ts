/** Questions about single attempts that several invariants ask. */

import type { AttemptNamed } from '../../run/statements/audit.ts';
import type { Attempt } from '../lib/history-line.ts';

/** Statuses that any call may get at any time, because they do not judge its payload. */
const ALLOWED = [403, 413, 429];

/** Whether the answer is final for the payload. */
export function isSettled(attempt: Attempt): boolean {
  return !isUnknown(attempt) && !ALLOWED.includes(attempt.status);
}

/** Whether nobody can tell if the call was carried out. */
export function isUnknown({ status }: Attempt): boolean {
  return status === 0 || status >= 500;
}

/** Under one token, a payload is which record was sent, and which of its items. */
export function samePayload(a: Attempt, b: Attempt): boolean {
  return a.record === b.record && a.places === b.places;
}

/** Names an attempt so that it can be found in the history. */
export function named({ index, token, attempt, startMs, status, error }: Attempt): AttemptNamed {
  return { batch: index, token, attempt, startMs, status, error: error === '-' ? null : error };
}
