/** The faults that act inside the service: refusals in its own words, and items that fail. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import type { KnownAt } from '../../operation/aws/definition/known.ts';
import {
  type Refusal,
  refusalOfOutage,
  type Stage,
} from '../../operation/aws/definition/refusals.ts';
import { INJECTED_DIALS, type InjectedDialCode } from '../../operation/campaigns/failures.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import type { Facts, InjectedCode } from '../../operation/connect/facts.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { Drop } from '../wire/reply.ts';
import type { RequestFaults } from './faults.ts';

/** The kinds that refuse a call as an outage of the facts does. */
const OUTAGES = {
  'limit-exceeded': { stage: 'rate', outage: 'LimitExceededException' },
  'service-unavailable': { stage: 'service', outage: 'ServiceUnavailable' },
  'error-before-commit': { stage: 'service', outage: 'InternalServiceException' },
  'error-after-commit': { stage: 'service', outage: 'InternalServiceException' },
} as const satisfies Record<string, { readonly stage: Stage; readonly outage: Outage }>;

type Kind = keyof typeof OUTAGES;

/** The refusal of a fault of this kind, if one is selected and the operation has such an error. */
export function faultRefusal<K extends Kind>(
  selected: RequestFaults,
  kind: K,
  known: KnownAt[(typeof OUTAGES)[K]['stage']] & { readonly operation: AnyOperation },
  facts: Facts,
): Refusal | null {
  const { stage, outage } = OUTAGES[kind];
  const refusal = refusalOfOutage(
    known.operation.refusalsAt,
    stage as (typeof OUTAGES)[K]['stage'],
    outage,
    known,
    facts,
  );
  return refusal && selected.apply(kind) ? refusal : null;
}

/** Milliseconds by which a fault moves the clock against which signatures are checked. */
export function skewOf(selected: RequestFaults | null): number {
  return (selected?.apply('clock-skew')?.fault.seconds ?? 0) * 1000;
}

/** What ends a call short of its 200. */
export type Stop = { readonly refusal: Refusal } | { readonly drop: Drop };

/** A drop has priority over an error, because the client would not see the error. */
export function stopAt(
  selected: RequestFaults,
  point: 'before-commit' | 'after-commit',
  known: KnownAt['service'] & { readonly operation: AnyOperation },
  facts: Facts,
): Stop | null {
  const drop = selected.apply(`drop-${point}`);
  if (drop) return { drop: drop.fault.with };
  const refusal = faultRefusal(selected, `error-${point}`, known, facts);
  return refusal && { refusal };
}

/** The codes of dial requests that mean the same as the codes of contacts that a fault can give. */
const DIAL_CODES: Readonly<Record<InjectedCode, InjectedDialCode>> = {
  REQUEST_THROTTLED: 'RequestThrottled',
  INTERNAL_ERROR: 'UnknownError',
};

/** Phone number -> the code that its dial request gets: always, or by a fault. */
export function injectedDials(
  selected: RequestFaults | null,
  phoneNumbers: readonly string[],
): Readonly<Record<string, InjectedDialCode>> {
  const drawn = selected ? drawnCodes(selected, phoneNumbers) : {};
  const codes = Object.entries(drawn).map(([number, code]) => [number, DIAL_CODES[code]] as const);
  return { ...Object.fromEntries(codes), ...INJECTED_DIALS };
}

/** The facts with the customer numbers of the items that are to fail; of several codes the first stays. */
export function factsOfItems(
  selected: RequestFaults,
  facts: Facts,
  contacts: readonly ContactDataRequest[],
): Facts {
  const addresses = contacts.flatMap((contact) => contact.CustomerEndpoint?.Address ?? []);
  return { ...facts, injected: { ...drawnCodes(selected, addresses), ...facts.injected } };
}

/** Address -> the code of the fault that drew it. Of several faults the first counts. */
function drawnCodes(
  selected: RequestFaults,
  given: readonly string[],
): Readonly<Record<string, InjectedCode>> {
  const injected: Record<string, InjectedCode> = {};
  const addresses = new Set(given);
  selected.applyAll('fail-items', ({ fault, draw }) => {
    const drawn = [...addresses].filter(() => draw.unit() < fault.items);
    for (const address of drawn) injected[address] ??= fault.code;
    return drawn.length > 0;
  });
  return injected;
}
