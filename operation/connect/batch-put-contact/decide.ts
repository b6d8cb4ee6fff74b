/** Decides the verdict of each item from the items and the facts. Pure. The table sets the order of codes. */

import { firstFailure } from '../../aws/definition/item-failures.ts';
import type { Facts, Instance } from '../facts.ts';
import { FAILURE_CODES, FAILURES, type FailureReasonCode, type ItemContext } from './failures.ts';
import type { ContactDataRequest } from './shapes.ts';

/** The result of one item: a created contact, or the first failure code that applies. */
export type Verdict = 'CREATED' | FailureReasonCode;

export const VERDICTS: readonly Verdict[] = ['CREATED', ...FAILURE_CODES];

/** One letter for each verdict, for fixed-width records: `.` for CREATED, then a, b, c in the order of the table. */
export const VERDICT_LETTERS = `.${FAILURE_CODES.map((_, i) => String.fromCharCode(97 + i)).join('')}`;

export function letterOf(verdict: Verdict): string {
  return VERDICT_LETTERS.charAt(VERDICTS.indexOf(verdict));
}

const failureOf = firstFailure<FailureReasonCode, ContactDataRequest, ItemContext>(FAILURES);

/** The code that the facts give to a good item. */
function injectedCode(
  { CustomerEndpoint }: ContactDataRequest,
  { injected }: Facts,
): FailureReasonCode | null {
  const address = CustomerEndpoint?.Address ?? '';
  return Object.hasOwn(injected, address) ? (injected[address] as FailureReasonCode) : null;
}

/**
 * Judges a batch.
 *
 * @returns one verdict for each item, in the order of the items. Created contacts count against `facts.pendingRoom`.
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
    const code = failureOf(item, context) ?? injectedCode(item, facts);
    const id = item.RequestIdentifier;
    if (id && !earlier.has(id)) earlier.set(id, item);
    if (code) return code;
    if (room !== null) room -= 1;
    return 'CREATED';
  });
}
