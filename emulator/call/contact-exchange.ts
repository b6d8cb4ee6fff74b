/** A call about one contact, as values: BatchPutContact's front door, then the operation's own step. */

import { type Refusal, refusalAt } from '../../operation/aws/admit.ts';
import {
  instanceOf,
  REFUSALS,
  type Stage,
} from '../../operation/connect/batch-put-contact/refusals.ts';
import { readContactRequest } from '../../operation/connect/contact/request.ts';
import type { ContactCall, ContactRefusal } from '../../operation/connect/contact/rules.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import {
  type ContactOperationName,
  errorBody,
  labelsIn,
  OPERATIONS,
} from '../../operation/operations.ts';
import type { RequestFaults } from '../faults/faults.ts';
import { faultRefusal, skewOf } from '../faults/in-service.ts';
import { type MutableArrival, signedParts, type WireRequest } from '../wire/arrival.ts';
import { refusedReply, successReply, type WireReply } from '../wire/reply.ts';
import { NOT_JSON, parseBody } from './read-body.ts';
import { type Service, virtualNow } from './service.ts';
import { STEPS } from './steps.ts';
import { storeRefusal } from './store-refusal.ts';
import { takeToken } from './take-token.ts';

type FrontDoorFault = 'limit-exceeded' | 'service-unavailable';

type Outcome = { readonly instanceId?: string } & (
  | { readonly refusal: Refusal | ContactRefusal }
  | { readonly answer: object }
);

/**
 * Rejects only for a defect; then nothing was changed.
 *
 * @param selected the faults that the request is in for; null for none. Those of the commit and of items
 *   are BatchPutContact's.
 */
export async function contactExchange(
  operation: ContactOperationName,
  request: WireRequest,
  arrival: MutableArrival,
  service: Service,
  selected: RequestFaults | null,
): Promise<WireReply> {
  const { facts, stats } = service;
  const outcome: Outcome = await run(operation, request, arrival, service, selected).catch(
    storeRefusal,
  );
  const { instanceId } = outcome;
  const about = { operation, arrival, ...(instanceId === undefined ? {} : { instanceId }) };
  const requestId = service.newRequestId();
  if ('answer' in outcome) {
    return { ...successReply(requestId, JSON.stringify(outcome.answer)), about };
  }
  const { refusal } = outcome;
  stats.refusals[refusal.name] = (stats.refusals[refusal.name] ?? 0) + 1;
  const body = errorBody(operation, refusal.name, refusal.message);
  return { ...refusedReply(requestId, refusal, body, facts.choices), about };
}

async function run(
  operation: ContactOperationName,
  request: WireRequest,
  arrival: MutableArrival,
  service: Service,
  selected: RequestFaults | null,
): Promise<Outcome> {
  const facts = throttledByModel(operation, service.facts);
  const now = virtualNow(service);
  const refused = (stage: Stage, fault?: FrontDoorFault): Outcome | null => {
    const refusal =
      refusalAt(stage, arrival, facts) ??
      (fault && selected && faultRefusal(selected, fault, arrival, facts));
    return refusal ? { refusal } : null;
  };

  const labels = labelsIn(operation, arrival.path);
  // The row takes every path but BatchPutContact's for nobody's.
  const unread = (labels === null ? refused('route') : null) ?? refused('size');
  if (unread) return unread;

  const signedBy = service.clock.now() + skewOf(selected);
  arrival.signature = service.verify(signedParts(request, arrival), facts, signedBy);
  const unsigned = refused('signature');
  if (unsigned) return unsigned;

  arrival.bucketTokens = selected?.apply('throttle')
    ? 0
    : await takeToken(service, operation, facts, now);
  const throttled = refused('rate', 'limit-exceeded');
  if (throttled) return throttled;

  // A GET says it all in its path; a body that it has all the same is not looked at (assumed).
  const json = OPERATIONS[operation].method === 'GET' ? labels : parseBody(request.body);
  const read = json === undefined ? NOT_JSON : readContactRequest(operation, json);
  if (!read.ok) {
    const { refusal: name, message } = read;
    return { refusal: { name, status: REFUSALS[name].status, message } };
  }
  const { instanceId } = read.request;
  const down = refused('service', 'service-unavailable');
  if (down) return { ...down, instanceId };

  const { signature } = arrival;
  const call: ContactCall = {
    operation,
    request: read.request,
    instance: instanceOf(instanceId, facts),
    servicePrincipal: signature.ok && signature.servicePrincipal,
  };
  return { instanceId, ...(await STEPS[operation](call, { store: service.store, facts, now })) };
}

/** Facts by which an empty bucket gives the throttling error of the operation's model, if it has one. */
function throttledByModel(operation: ContactOperationName, facts: Facts): Facts {
  if (!OPERATIONS[operation].errors.includes('ThrottlingException')) return facts;
  return { ...facts, choices: { ...facts.choices, throttleError: 'ThrottlingException' } };
}
