/** The step of BatchPutContact: what its ClientToken allows, then its items, then the answer. */

import type { Claimed, Read } from '../../../operation/aws/definition/known.ts';
import { refusalAt } from '../../../operation/aws/definition/refusals.ts';
import type { BatchPutContactRequest } from '../../../operation/connect/batch-put-contact/shapes.ts';
import { type Instance, instanceOf } from '../../../operation/connect/facts.ts';
import { seededResults } from '../../bugs/seeded.ts';
import { factsOfItems, stopAt } from '../../faults/in-service.ts';
import type { ItemResult } from '../../stores/store.ts';
import { tokenKey } from '../../stores/tokens.ts';
import { answerBody, answered } from '../../wire/answer.ts';
import type { End, Ended, Known, Of, Road } from '../road.ts';
import type { Service } from '../service.ts';
import { bucketKey } from '../take-token.ts';
import { type Batch, putContacts, rerunContacts } from './batch.ts';

interface Put {
  readonly results: readonly ItemResult[];
  readonly replayed: boolean;
}

type Outcome = Exclude<End, { readonly body: string }> | Put;

export async function putBatch(read: Of<Read>, road: Road): Promise<Ended> {
  const { service, facts, selected } = road;
  // Read by the shape of this operation.
  const request = read.body.request as unknown as BatchPutContactRequest;
  const { ContactDataRequestList: contacts } = request;
  if (service.bugs?.['counts-items']) {
    await service.buckets.drain(bucketKey(facts, read.operation), contacts.length - 1);
  }
  const { outcome, known } = await claim(request, read, road);
  if (!('results' in outcome)) return { end: outcome, known };
  const stop = selected && stopAt(selected, 'after-commit', read, facts);
  return { end: stop ?? answerOf(request, outcome, road), known };
}

/** What the ClientToken allows, done: a replay, or items that are put. */
async function claim(
  { InstanceId, ClientToken: clientToken = '', ContactDataRequestList }: BatchPutContactRequest,
  read: Of<Read>,
  road: Road,
): Promise<{ readonly outcome: Outcome; readonly known: Known }> {
  const { service, facts, now, wire } = road;
  const instance = instanceOf(InstanceId, facts);
  if (!instance) throw new Error(`the instance of ${read.path} was admitted but is not there`);
  const batch: Batch = {
    instance: withCampaigns(instance, service),
    contacts: ContactDataRequestList,
    body: wire.body,
    facts,
    now,
  };
  if (clientToken === '') {
    const outcome = await put(read, road, batch, (faulty) => putContacts(service, faulty, null));
    return { outcome, known: read };
  }

  const key = tokenKey(facts.account, facts.region, clientToken);
  const payload = { instanceId: instance.id, body: wire.body };
  const entry = await service.tokens.enter(key, payload, now, facts.choices);
  const token = entry.kind === 'rerun' ? 'replay' : entry.kind;
  const known: Of<Claimed> = { ...read, token };
  const refusal = refusalAt(known.operation.refusalsAt, 'token', known, facts);
  if (refusal) {
    if (service.bugs?.['creates-on-refusal']) await putContacts(service, batch, null);
    return { outcome: { refusal }, known };
  }
  switch (entry.kind) {
    case 'replay':
      return { outcome: { results: entry.record.results, replayed: true }, known };
    case 'rerun': {
      const rerun = (faulty: Batch) => rerunContacts(service, faulty, key, entry.record);
      const outcome = await holding(entry.release, () => put(read, road, batch, rerun, true));
      return { outcome, known };
    }
    case 'new': {
      const fresh = (faulty: Batch) => putContacts(service, faulty, { key, clientToken });
      const outcome = await holding(entry.release, () => put(read, road, batch, fresh));
      return { outcome, known };
    }
    default:
      throw new Error(`the token's ${entry.kind} was not refused`);
  }
}

/** The instance with the campaigns that were created by calls, if it lists the campaigns that it knows. */
function withCampaigns(instance: Instance, { campaigns }: Service): Instance {
  if (instance.campaigns === null) return instance;
  const created = campaigns?.look((engine) => [...engine.campaigns()].map(({ id }) => id)) ?? [];
  return { ...instance, campaigns: [...instance.campaigns, ...created] };
}

/** What every commit goes through: the faults before it, and those of its items. */
async function put(
  read: Of<Read>,
  { facts, selected }: Road,
  batch: Batch,
  commit: (batch: Batch) => Promise<readonly ItemResult[]>,
  replayed = false,
): Promise<Outcome> {
  if (selected === null) return { results: await commit(batch), replayed };
  const stop = stopAt(selected, 'before-commit', read, facts);
  if (stop) return stop;
  const faultyFacts = factsOfItems(selected, facts, batch.contacts);
  return { results: await commit({ ...batch, facts: faultyFacts }), replayed };
}

/** Releases a claim whether the work commits or fails: those that wait for it must go on. */
async function holding<T>(release: () => void, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    release();
  }
}

function answerOf(
  { ContactDataRequestList: contacts }: BatchPutContactRequest,
  { results, replayed }: Put,
  { service: { bugs, newContactId, stats }, facts }: Road,
): End {
  if (replayed) stats.replays += 1;
  const items = answered(contacts, results);
  const shown = bugs ? seededResults(items, replayed, bugs, newContactId) : items;
  return { body: answerBody(shown, facts.choices.emptyLists), results, replayed };
}
