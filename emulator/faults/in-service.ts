/** The faults that act inside the service: refusals in its own words, and items that fail. */

import { type Refusal, refusalAt } from '../../operation/aws/admit.ts';
import { type Arrival, REFUSALS } from '../../operation/connect/batch-put-contact/refusals.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { Facts, InjectedCode, Outage } from '../../operation/connect/facts.ts';
import type { Drop } from '../wire/reply.ts';
import type { RequestFaults } from './faults.ts';

/** The kinds that refuse a call as an outage of the facts does. */
const OUTAGE_OF = {
  'limit-exceeded': 'LimitExceededException',
  'service-unavailable': 'ServiceUnavailable',
  'error-before-commit': 'InternalServiceException',
  'error-after-commit': 'InternalServiceException',
} as const satisfies Record<string, Outage>;

/** The refusal of a fault of this kind, if one is selected. */
export function faultRefusal(
  selected: RequestFaults,
  kind: keyof typeof OUTAGE_OF,
  arrival: Arrival,
  facts: Facts,
): Refusal | null {
  if (!selected.apply(kind)) return null;
  const outage = OUTAGE_OF[kind];
  return refusalAt(REFUSALS[outage].stage, arrival, { ...facts, outage });
}

/** Milliseconds by which the clock is off that signatures are judged by. */
export function skewOf(selected: RequestFaults | null): number {
  return (selected?.apply('clock-skew')?.fault.seconds ?? 0) * 1000;
}

/** What ends a call short of its 200. */
export type Stop = { readonly refusal: Refusal } | { readonly drop: Drop };

/** A drop goes before an error: nobody would see the error. */
export function stopAt(
  selected: RequestFaults,
  point: 'before-commit' | 'after-commit',
  arrival: Arrival,
  facts: Facts,
): Stop | null {
  const drop = selected.apply(`drop-${point}`);
  if (drop) return { drop: drop.fault.with };
  const refusal = faultRefusal(selected, `error-${point}`, arrival, facts);
  return refusal && { refusal };
}

/** The facts with the customer numbers of the items that are to fail; of several codes the first stays. */
export function factsOfItems(
  selected: RequestFaults,
  facts: Facts,
  contacts: readonly ContactDataRequest[],
): Facts {
  const injected: Record<string, InjectedCode> = {};
  const addresses = new Set(contacts.flatMap((contact) => contact.CustomerEndpoint?.Address ?? []));
  selected.applyAll('fail-items', ({ fault, draw }) => {
    const drawn = [...addresses].filter(() => draw.unit() < fault.items);
    for (const address of drawn) injected[address] ??= fault.code;
    return drawn.length > 0;
  });
  return { ...facts, injected: { ...injected, ...facts.injected } };
}
