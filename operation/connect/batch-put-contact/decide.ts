/** Items + facts -> a verdict per item. Pure; the order of codes is the table's. */

import { firstFailure } from '../../aws/definition/item-failures.ts';
import type { Facts, Instance } from '../facts.ts';
import { FAILURE_CODES, FAILURES, type FailureReasonCode, type ItemContext } from './failures.ts';
import type { ContactDataRequest } from './shapes.ts';

/** What becomes of one item: a contact, or the first code that applies. */
export type Verdict = 'CREATED' | FailureReasonCode;

export const VERDICTS: readonly Verdict[] = ['CREATED', ...FAILURE_CODES];

/** One letter per verdict, for fixed-width records: `.` is CREATED, then a, b, c in table order. */
export const VERDICT_LETTERS = `.${FAILURE_CODES.map((_, i) => String.fromCharCode(97 + i)).join('')}`;

export function letterOf(verdict: Verdict): string {
  return VERDICT_LETTERS.charAt(VERDICTS.indexOf(verdict));
}

const failureOf = firstFailure<FailureReasonCode, ContactDataRequest, ItemContext>(FAILURES);

/**
 * Judges a batch.
 *
 * @returns one verdict per item, in the items' order. Contacts made count against `facts.pendingRoom`.
 */
export function decide(
  items: readonly ContactDataRequest[],
  facts: Facts,
  instance: Instance,
): Verdict[] {
  const earlier = new Map<string, ContactDataRequest>();
  let room = facts.pendingRoom;
  return items.map((item) => {
    const context = { facts, instance, earlier, room };
    const code = failureOf(item, context);
    const id = item.RequestIdentifier;
    if (id && !earlier.has(id)) earlier.set(id, item);
    if (code) return code;
    if (room !== null) room -= 1;
    return 'CREATED';
  });
}
