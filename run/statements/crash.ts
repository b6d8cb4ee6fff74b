/** What a crash test found wrong. */

import { amount, text } from '../../system/read.ts';
import { type StatementOf, statementOf } from './kinds.ts';

const ROWS = {
  refused: { batch: amount, status: amount, text },
  /** No answer, though nothing had been killed. `message` is the error of the socket. */
  unanswered: { batch: amount, message: text },
  /** What was acknowledged is answered otherwise after a restart. */
  'another answer': { batch: amount, before: text, status: amount, after: text },
  /** An acknowledged contact that the ledger does not have. */
  lost: { batch: amount, contactId: text },
  'there twice': { contactId: text },
  /** A contact that no answer named: its item was made twice. */
  unnamed: { contactId: text },
} as const;

export type CrashViolation = StatementOf<typeof ROWS>;

export type CrashViolationKind = CrashViolation['kind'];

export const CRASH_VIOLATION_KINDS = Object.keys(ROWS) as readonly CrashViolationKind[];

export const crashViolation = statementOf(ROWS);
