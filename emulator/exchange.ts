/** One exchange, as values: a request in, a reply out. The whole road of a call, stage by stage. */

import { refusalAt } from '../operation/admit.ts';
import { type Arrival, instanceAt, REFUSALS, type RefusalName } from '../operation/refusals.ts';
import type { BatchPutContactBody, ContactDataRequest } from '../operation/shapes.ts';
import { answerBody, answered } from './answer.ts';
import { type Batch, putContacts, rerunContacts } from './batch.ts';
import type { RequestFaults } from './faults/faults.ts';
import { factsOfItems, faultRefusal, type Stop, stopAt } from './faults/in-service.ts';
import { onArrival } from './faults/on-arrival.ts';
import { onReply } from './faults/on-reply.ts';
import { headersOf } from './headers.ts';
import { tokenKey } from './ledger.ts';
import { readBodyBytes } from './read-body.ts';
import { droppedReply, refusalReply, successReply, type WireReply } from './reply.ts';
import { seededResults } from './seeded.ts';
import type { Service } from './service.ts';
import { type ItemResult, StoreFullError, StoreLostError } from './store.ts';

/** A request as it came off the wire. */
export interface WireRequest {
  readonly method: string;
  /** Request target as sent: path and query, still encoded. */
  readonly target: string;
  /** Names and values in turn, as sent. */
  readonly headers: readonly string[];
  /** Empty where `bodyBytes` is over the limit. */
  readonly body: Buffer;
  readonly bodyBytes: number;
}

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
  const outcome = await run(request, service, selected).catch(storeRefusal);
  if ('drop' in outcome) return droppedReply(outcome.drop);
  const requestId = service.newRequestId();
  if ('refusal' in outcome) {
    const { name } = outcome.refusal;
    stats.refusals[name] = (stats.refusals[name] ?? 0) + 1;
    return refusalReply(requestId, outcome.refusal, facts.choices);
  }
  if (outcome.replayed) stats.replays += 1;
  const items = answered(outcome.contacts, outcome.results);
  const shown = bugs ? seededResults(items, outcome.replayed, bugs, service.newContactId) : items;
  return successReply(requestId, answerBody(shown, facts.choices.emptyLists));
}

async function run(
  request: WireRequest,
  service: Service,
  selected: RequestFaults | null,
): Promise<Outcome> {
  const { facts, bugs } = service;
  const arrived = service.clock.now();
  const now = arrived + service.aheadMilliseconds;
  const arrival = arrivalOf(request);

  let refusal = refusalAt('route', arrival, facts) ?? refusalAt('size', arrival, facts);
  if (refusal) return { refusal };

  const skew = (selected?.apply('clock-skew')?.fault.seconds ?? 0) * 1000;
  arrival.signature = service.verify(signedParts(request, arrival), facts, arrived + skew);
  refusal = refusalAt('signature', arrival, facts) ?? refusalAt('caller', arrival, facts);
  if (refusal) return { refusal };

  const bucket = `${facts.account}|${facts.region}`;
  arrival.bucketTokens = selected?.apply('throttle')
    ? 0
    : await service.buckets.take(bucket, facts.choices.bucketRefill, now);
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
    await service.buckets.drain(bucket, body.ContactDataRequestList.length - 1);
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

/** What a caller is told of a store that cannot take its batch; nothing was committed. */
function storeRefusal(error: unknown): Outcome {
  const told = (name: RefusalName, message: string): Outcome => ({
    refusal: { name, status: REFUSALS[name].status, message },
  });
  if (error instanceof StoreFullError) {
    return told('ServiceUnavailable', `The emulator can keep no more: ${error.message}.`);
  }
  if (error instanceof StoreLostError) {
    return told(
      'InternalServiceException',
      `The emulator cannot reach its store: ${error.message}.`,
    );
  }
  throw error;
}

/** Releases a claim whether the work commits or fails: those that wait for it must go on. */
async function holding<T>(release: () => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    release();
  }
}

type MutableArrival = { -readonly [Member in keyof Arrival]: Arrival[Member] };

/** What is known before anything was checked; each stage reads only what was filled in by then. */
function arrivalOf({ method, target, bodyBytes }: WireRequest): MutableArrival {
  const cut = target.indexOf('?');
  return {
    method,
    path: cut < 0 ? target : target.slice(0, cut),
    bodyBytes,
    signature: {
      ok: false,
      refusal: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    },
    bucketTokens: 0,
    body: { ok: false, refusal: 'SerializationException', message: 'The body was not read.' },
    token: 'none',
  };
}

function signedParts({ method, target, headers, body }: WireRequest, { path }: Arrival) {
  return { method, path, query: target.slice(path.length + 1), headers: headersOf(headers), body };
}

function admittedBody({ body }: Arrival): BatchPutContactBody {
  if (!body.ok) throw new Error(`a body that earned ${body.refusal} was admitted`);
  return body.request;
}
