/** One exchange, as values: a request in, a reply out. The whole road of a call, stage by stage. */

import { refusalAt } from '../../operation/aws/admit.ts';
import { type Arrival, instanceAt } from '../../operation/connect/batch-put-contact/refusals.ts';
import type {
  BatchPutContactBody,
  ContactDataRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { operationAt } from '../../operation/operations.ts';
import { seededResults } from '../bugs/seeded.ts';
import type { RequestFaults } from '../faults/faults.ts';
import { factsOfItems, faultRefusal, type Stop, skewOf, stopAt } from '../faults/in-service.ts';
import { onArrival } from '../faults/on-arrival.ts';
import { onReply } from '../faults/on-reply.ts';
import type { ItemResult } from '../stores/store.ts';
import { tokenKey } from '../stores/tokens.ts';
import { answerBody, answered } from '../wire/answer.ts';
import { arrivalOf, type MutableArrival, signedParts, type WireRequest } from '../wire/arrival.ts';
import { droppedReply, refusalReply, successReply, type WireReply } from '../wire/reply.ts';
import { type Batch, putContacts, rerunContacts } from './batch.ts';
import { contactExchange } from './contact-exchange.ts';
import { readBodyBytes } from './read-body.ts';
import { type Service, virtualNow } from './service.ts';
import { storeRefusal } from './store-refusal.ts';
import { bucketKey, takeToken } from './take-token.ts';

type Outcome =
  | Stop
  | {
      readonly contacts: readonly ContactDataRequest[];
      readonly results: readonly ItemResult[];
      readonly replayed: boolean;
    };

/** Rejects only for a defect; then nothing was committed. */
export async function exchange(request: WireRequest, service: Service): Promise<WireReply> {
  const { faults, clock, pauses, stats } = service;
  stats.requests += 1;
  const selected = faults === null ? null : faults.select(request.body, clock.now());
  if (selected === null) return serve(request, service, null);
  const early = await onArrival(selected, pauses);
  return onReply(selected, pauses, early ?? (await serve(request, service, selected)));
}

/** @param selected the faults that the request is in for; null for none. */
async function serve(
  request: WireRequest,
  service: Service,
  selected: RequestFaults | null,
): Promise<WireReply> {
  const { facts, stats, bugs } = service;
  const arrival = arrivalOf(request);
  const operation = operationAt(arrival.method, arrival.path);
  if (operation !== null && operation !== 'BatchPutContact') {
    return contactExchange(operation, request, arrival, service, selected);
  }
  const outcome = await run(request, arrival, service, selected).catch(storeRefusal);
  if ('drop' in outcome) return { ...droppedReply(outcome.drop), about: { operation, arrival } };
  const requestId = service.newRequestId();
  if ('refusal' in outcome) {
    const { name } = outcome.refusal;
    stats.refusals[name] = (stats.refusals[name] ?? 0) + 1;
    const reply = refusalReply(requestId, outcome.refusal, facts.choices);
    return { ...reply, about: { operation, arrival } };
  }
  const { results, replayed } = outcome;
  if (replayed) stats.replays += 1;
  const items = answered(outcome.contacts, results);
  const shown = bugs ? seededResults(items, replayed, bugs, service.newContactId) : items;
  const reply = successReply(requestId, answerBody(shown, facts.choices.emptyLists));
  return { ...reply, about: { operation, arrival, results, replayed } };
}

async function run(
  request: WireRequest,
  arrival: MutableArrival,
  service: Service,
  selected: RequestFaults | null,
): Promise<Outcome> {
  const { facts, bugs } = service;
  const now = virtualNow(service);

  let refusal = refusalAt('route', arrival, facts) ?? refusalAt('size', arrival, facts);
  if (refusal) return { refusal };

  const signedBy = service.clock.now() + skewOf(selected);
  arrival.signature = service.verify(signedParts(request, arrival), facts, signedBy);
  refusal = refusalAt('signature', arrival, facts) ?? refusalAt('caller', arrival, facts);
  if (refusal) return { refusal };

  arrival.bucketTokens = selected?.apply('throttle')
    ? 0
    : await takeToken(service, 'BatchPutContact', facts, now);
  refusal =
    refusalAt('rate', arrival, facts) ??
    (selected && faultRefusal(selected, 'limit-exceeded', arrival, facts));
  if (refusal) return { refusal };

  arrival.body = readBodyBytes(request.body, facts.choices);
  refusal =
    refusalAt('body', arrival, facts) ??
    refusalAt('instance', arrival, facts) ??
    refusalAt('service', arrival, facts) ??
    (selected && faultRefusal(selected, 'service-unavailable', arrival, facts));
  if (refusal) return { refusal };

  const body = admittedBody(arrival);
  if (bugs?.['counts-items']) {
    await service.buckets.drain(
      bucketKey(facts, 'BatchPutContact'),
      body.ContactDataRequestList.length - 1,
    );
  }
  const outcome = await settle(arrival, body, request.body, service, now, selected);
  const stored = 'results' in outcome;
  return (stored && selected && stopAt(selected, 'after-commit', arrival, facts)) || outcome;
}

/** The ledger's say, then the items. */
async function settle(
  arrival: MutableArrival,
  { ClientToken: clientToken = '', ContactDataRequestList: contacts }: BatchPutContactBody,
  body: Uint8Array,
  service: Service,
  now: number,
  selected: RequestFaults | null,
): Promise<Outcome> {
  const { facts } = service;
  const instance = instanceAt(arrival.path, facts);
  if (!instance) throw new Error(`the instance of ${arrival.path} was admitted but is not there`);
  const batch: Batch = { instance, contacts, body, facts, now };
  /** What every commit goes through. */
  const putting = async (
    put: (batch: Batch) => Promise<readonly ItemResult[]>,
    replayed = false,
  ): Promise<Outcome> => {
    if (selected === null) return { contacts, results: await put(batch), replayed };
    const stop = stopAt(selected, 'before-commit', arrival, facts);
    if (stop) return stop;
    const faultyFacts = factsOfItems(selected, facts, contacts);
    return { contacts, results: await put({ ...batch, facts: faultyFacts }), replayed };
  };
  if (clientToken === '') {
    return putting((faulty) => putContacts(service, faulty, null));
  }

  const key = tokenKey(facts.account, facts.region, clientToken);
  const payload = { instanceId: instance.id, body };
  const entry = await service.ledger.enter(key, payload, now, facts.choices);
  arrival.token = entry.kind === 'rerun' ? 'replay' : entry.kind;
  const refusal = refusalAt('ledger', arrival, facts);
  if (refusal) {
    if (service.bugs?.['creates-on-refusal']) await putContacts(service, batch, null);
    return { refusal };
  }
  switch (entry.kind) {
    case 'replay':
      return { contacts, results: entry.record.results, replayed: true };
    case 'rerun':
      return holding(entry.release, () =>
        putting((faulty) => rerunContacts(service, faulty, key, entry.record), true),
      );
    case 'new':
      return holding(entry.release, () =>
        putting((faulty) => putContacts(service, faulty, { key, clientToken })),
      );
    default:
      throw new Error(`the ledger's ${entry.kind} was not refused`);
  }
}

/** Releases a claim whether the work commits or fails: those that wait for it must go on. */
async function holding<T>(release: () => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    release();
  }
}

function admittedBody({ body }: Arrival): BatchPutContactBody {
  if (!body.ok) throw new Error(`a body that earned ${body.refusal} was admitted`);
  return body.request;
}
