/**
 * Holds what an engine commits, and what it asks for, to the rules of dial requests. It knows what was accepted and
 * answered, and what its user asked of the campaigns. It believes no count or index of the engine.
 */

import type { Action, CampaignEngine } from '../../campaigns/campaign-engine.ts';
import { courseOf } from '../../campaigns/course/course.ts';
import type {
  CampaignState,
  Change,
  DialRequest,
  KeptRecord,
  RecordKind,
  RecordOf,
  RequestStatus,
} from '../../campaigns/records.ts';
import { nameOf } from './fixtures.ts';
import { commit } from './road.ts';

/** What happened in the step whose changes are judged. */
export interface Happened {
  readonly now: number;
  /** The batch whose outcome was reported. */
  readonly settled?: string;
  /** The contact that was stopped. */
  readonly stopped?: string;
  /** The campaign that was dropped. */
  readonly dropped?: string;
}

const OVER: readonly CampaignState[] = ['Stopped', 'Completed', 'Failed'];
const OPEN = new Set(['ACCEPTED', 'SUBMITTING', 'CREATED', 'PREVIEW']);
const OUT = ['DIALING', 'RINGING', 'DETECTING'];
/** Of the engines whose calls are judged. */
export const SEED = 7;
const WEEK = 7 * 24 * 3_600_000;

export class Judge {
  readonly kept = new Map<string, KeptRecord>();
  /** Dial requests whose acceptance is committed. */
  readonly accepted = new Map<string, DialRequest>();
  /** The state that was asked for last, where it forbids dials. */
  readonly asked = new Map<string, CampaignState>();
  /** Contacts that the endpoint told, by dial request. */
  readonly told = new Map<string, Set<string>>();
  readonly #concurrentCalls: number;
  /** Agents of every queue. */
  readonly #agents: number;
  /** By queue and number: the dial requests that an agent is with, and the end of the last after-call work. */
  readonly #with = new Map<string, Set<string>>();
  readonly #freeAt = new Map<string, number>();
  /** Dial requests that are called, or that an agent looks at before the call. */
  readonly #calls = new Set<string>();
  /** By campaign and second. */
  readonly #dials = new Map<string, number>();
  readonly #contactOf = new Map<string, string>();
  readonly #requestOf = new Map<string, string>();
  readonly #dialOf = new Map<string, string>();
  readonly #bodyOf = new Map<string, string>();

  constructor(concurrentCalls: number, agents: number) {
    this.#concurrentCalls = concurrentCalls;
    this.#agents = agents;
  }

  /** The record of an id. */
  find<K extends RecordKind>(kind: K, id: string): RecordOf[K] | undefined {
    return this.kept.get(`${kind} ${id}`)?.value as RecordOf[K] | undefined;
  }

  *all<K extends RecordKind>(kind: K): Iterable<RecordOf[K]> {
    for (const record of this.kept.values()) {
      if (record.kind === kind) yield record.value as RecordOf[K];
    }
  }

  /** Commits changes, each of which must be allowed. */
  commit(changes: readonly Change[], happened: Happened): void {
    const before = new Map<string, DialRequest>();
    for (const change of changes) {
      if (change.kind !== 'request') continue;
      const old = this.find('request', change.id);
      if (old !== undefined) before.set(change.id, old);
    }
    commit(this.kept, changes);
    for (const change of changes) {
      if (change.kind !== 'request') continue;
      const old = before.get(change.id);
      if (change.value === null) this.#dropped(old, happened);
      else this.#changed(old, change.value, happened);
    }
    for (const change of changes) {
      if (change.kind !== 'request' || change.value === null) continue;
      this.#withAgent(before.get(change.id), change.value);
      this.#dialledForAgents(before.get(change.id), change.value, happened.now);
    }
  }

  /** Nobody waits for an agent while one is idle. */
  checkQueues(now: number): void {
    for (const { id, status, phoneNumber } of this.all('request')) {
      if (status.state !== 'DIALING' || status.step !== 'QUEUED') continue;
      // Number 0117 does not wait until an agent answers.
      if (phoneNumber.endsWith('17')) continue;
      const idle = this.#agents - this.#busy(status.dial.call.queueId ?? null, now);
      check(idle <= 0, `${id} waits while an agent is idle`);
    }
  }

  /** An action comes after the commit of what it acts on. */
  act(action: Action): void {
    if (action.kind === 'send') {
      const { token, body, requestIds } = action.batch;
      check(this.find('batch', token)?.body === body, `batch ${token} is sent before its commit`);
      check((this.#bodyOf.get(token) ?? body) === body, `token ${token} is sent with another body`);
      this.#bodyOf.set(token, body);
      for (const id of requestIds) {
        const status = this.find('request', id)?.status;
        check(
          status?.state === 'SUBMITTING' && status.batch === token,
          `${id} is sent in a batch that is not its own`,
        );
      }
    }
    if (action.kind === 'dial') {
      const { dialRequestId: id, dialId, contactId } = action.record;
      const status = this.find('request', id)?.status;
      check(
        status?.state === 'DIALING' &&
          status.dial.dialId === dialId &&
          status.contact.contactId === contactId,
        `${id} is dialled before its commit`,
      );
    }
  }

  /** Nothing is lost, and the engine says what is committed. */
  compare(engine: CampaignEngine): void {
    const counts = new Map<string, Record<string, number>>();
    const pending = new Map<string, number>();
    for (const [id, { campaignId }] of this.accepted) {
      const request = this.find('request', id);
      check(request !== undefined, `${id} is lost`);
      check(engine.request(id) === request, `the engine tells another state of ${id}`);
      const { status } = request;
      let names = counts.get(campaignId);
      if (names === undefined) {
        names = {};
        counts.set(campaignId, names);
      }
      const name = nameOf(status);
      names[name] = (names[name] ?? 0) + 1;
      if (OPEN.has(status.state)) {
        pending.set(campaignId, (pending.get(campaignId) ?? 0) + 1);
      }
      if ('contact' in status) {
        check(
          engine.requestOfContact(status.contact.contactId) === request,
          `the engine does not find the contact of ${id}`,
        );
      }
    }
    for (const { id } of this.all('campaign')) {
      const told = engine.counts(id);
      const flat = {
        ACCEPTED: told.accepted,
        SUBMITTING: told.submitting,
        CREATED: told.created,
        PREVIEW: told.preview,
        DIALING: told.dialing,
        ...told.failed,
        ...told.ended,
      };
      const due = {
        ACCEPTED: 0,
        SUBMITTING: 0,
        CREATED: 0,
        PREVIEW: 0,
        DIALING: 0,
        ...counts.get(id),
      };
      check(sorted(flat) === sorted(due), `counts of ${id}: ${sorted(flat)}, not ${sorted(due)}`);
      check(engine.pending(id) === (pending.get(id) ?? 0), `pending of ${id} is wrong`);
    }
  }

  #dropped(old: DialRequest | undefined, { now, dropped }: Happened): void {
    if (old === undefined) return;
    const isFinal = old.status.state === 'FAILED' || old.status.state === 'ENDED';
    check(
      old.campaignId === dropped || (isFinal && now >= old.acceptedAt + WEEK),
      `${old.id} is dropped too early`,
    );
    this.accepted.delete(old.id);
    this.#calls.delete(old.id);
    for (const requests of this.#with.values()) requests.delete(old.id);
  }

  #changed(old: DialRequest | undefined, { id, ...next }: DialRequest, happened: Happened): void {
    const { now } = happened;
    const from = old?.status;
    const to = next.status;
    if (old === undefined) this.accepted.set(id, { id, ...next });
    else {
      check(
        old.serial === next.serial && old.expiresAt === next.expiresAt,
        `${id} is another request than it was`,
      );
    }
    check(from?.state !== 'FAILED' && from?.state !== 'ENDED', `${id} changes after its end`);
    if (from?.state === 'SUBMITTING' && JSON.stringify(from) !== JSON.stringify(to)) {
      check(happened.settled === from.batch, `${id} changes before its batch is settled`);
    }
    if ('contact' in to) this.#contact(id, to.contact.contactId);
    else check(!this.#contactOf.has(id), `${id} loses its contact`);
    if (to.state === 'DIALING' || to.state === 'PREVIEW') this.#calls.add(id);
    else this.#calls.delete(id);
    if (to.state === 'PREVIEW' && from?.state !== 'PREVIEW') {
      check(from?.state === 'CREATED', `${id} is previewed after ${from?.state}`);
      this.#begun(id, next, now);
    }
    if (to.state === 'DIALING' && from?.state !== 'DIALING') {
      this.#dialled(id, next, now);
      if (from?.state !== 'PREVIEW') this.#begun(id, next, now);
    }
    if (from?.state === 'PREVIEW' && to.state === 'ENDED') {
      const isStopped = to.contact.contactId === happened.stopped;
      const due = isStopped ? 'DISCARDED' : 'OUTBOUND_PREVIEW_DISCARDED';
      check(to.reason === due, `the preview of ${id} ends as ${to.reason}`);
    }
    this.#hold(id, to);
    if ('dial' in to && to.dial !== null) {
      check(this.#dialOf.get(id) === to.dial.dialId, `${id} has another dial than was committed`);
    } else check(!this.#dialOf.has(id), `${id} loses its dial`);
    this.#end(id, next, happened);
  }

  #contact(id: string, contactId: string): void {
    check((this.#contactOf.get(id) ?? contactId) === contactId, `${id} has a second contact`);
    check((this.#requestOf.get(contactId) ?? id) === id, `${contactId} belongs to two requests`);
    check(this.told.get(id)?.has(contactId) === true, `nobody told the contact of ${id}`);
    this.#contactOf.set(id, contactId);
    this.#requestOf.set(contactId, id);
  }

  #dialled(id: string, { status, campaignId }: Omit<DialRequest, 'id'>, now: number): void {
    if (status.state !== 'DIALING') return;
    check(!this.#dialOf.has(id), `${id} is dialled twice`);
    check(status.dial.at === now, `the dial of ${id} has another moment`);
    this.#dialOf.set(id, status.dial.dialId);
    if (status.dial.call.mode !== 'agentless') return;
    const second = `${campaignId} ${Math.floor(now / 1_000)}`;
    const dials = (this.#dials.get(second) ?? 0) + 1;
    this.#dials.set(second, dials);
    check(dials <= 5, `${campaignId} dials more than five times in a second`);
  }

  /** A call or its preview begins. */
  #begun(id: string, { campaignId, expiresAt }: Omit<DialRequest, 'id'>, now: number): void {
    check(now < expiresAt, `${id} is dialled after it expired`);
    check(
      this.find('campaign', campaignId)?.state === 'Running',
      `${id} is dialled while not Running`,
    );
    check(!this.asked.has(campaignId), `${id} is dialled while ${this.asked.get(campaignId)}`);
    check(this.#calls.size <= this.#concurrentCalls, 'more calls than lines');
  }

  /** Notes which agent is with a request. */
  #hold(id: string, status: RequestStatus): void {
    for (const requests of this.#with.values()) requests.delete(id);
    const agent = agentOf(status);
    if (agent === undefined) return;
    if (status.state !== 'ENDED') {
      const requests = this.#with.get(agent.key) ?? new Set();
      this.#with.set(agent.key, requests.add(id));
    } else if (status.agent !== undefined) {
      const freeAt = Math.max(this.#freeAt.get(agent.key) ?? 0, status.agent.freeAt);
      this.#freeAt.set(agent.key, freeAt);
    }
  }

  /** An agent has one contact at a time, and works until the end of each. */
  #withAgent(old: DialRequest | undefined, { id, status, ...request }: DialRequest): void {
    const agent = agentOf(status);
    const before = old && agentOf(old.status);
    check(before === undefined || agent?.key === before.key, `${id} goes to another agent`);
    if (agent === undefined) return;
    check(agent.number < this.#agents, `${id} has an agent who is not there`);
    check((this.#with.get(agent.key)?.size ?? 0) < 2, `the agent ${agent.key} has two contacts`);
    if (before === undefined) {
      const freeAt = this.#freeAt.get(agent.key) ?? 0;
      check(agent.at >= freeAt, `the agent ${agent.key} is not free for ${id}`);
    }
    if (old?.status.state !== 'DIALING' || old.status.step !== 'WITH_AGENT') return;
    if (status.state !== 'ENDED' || status.dial === null || status.reason === 'API') return;
    const { talk } = courseOf(SEED, { id, ...request }, status.dial);
    check(
      status.at === agent.at + (talk?.handle ?? 0),
      `${id} ends at another moment than it must`,
    );
  }

  /** A progressive dialler makes no more calls than agents are idle. */
  #dialledForAgents(old: DialRequest | undefined, { status }: DialRequest, now: number): void {
    if (status.state !== 'DIALING' || old?.status.state === 'DIALING') return;
    const { mode, queueId = null } = status.dial.call;
    if (mode !== 'progressive') return;
    let out = 0;
    for (const { status: other } of this.all('request')) {
      if (other.state !== 'DIALING' || other.dial.call.mode !== 'progressive') continue;
      if (other.dial.call.queueId === queueId && OUT.includes(other.step)) out += 1;
    }
    check(out <= this.#agents - this.#busy(queueId, now), 'more calls than idle agents');
  }

  /** Agents of a queue who are with a contact, or in after-call work. */
  #busy(queueId: string | null, now: number): number {
    let busy = 0;
    for (let number = 0; number < this.#agents; number += 1) {
      const key = `${queueId} ${number}`;
      if ((this.#with.get(key)?.size ?? 0) > 0 || (this.#freeAt.get(key) ?? 0) > now) busy += 1;
    }
    return busy;
  }

  /** An end has its cause. */
  #end(id: string, request: Omit<DialRequest, 'id'>, { now, stopped }: Happened): void {
    const { status, campaignId, expiresAt } = request;
    const isOver = OVER.includes(this.find('campaign', campaignId)?.state ?? 'Running');
    const name = nameOf(status);
    if (name === 'EXPIRED' || name === 'EXPIRED_BEFORE_CONTACT') {
      check(now >= expiresAt, `${id} expires early`);
    }
    if (name === 'CAMPAIGN_STOPPED') check(isOver, `${id} is stopped without cause`);
    if (status.state !== 'ENDED') return;
    const isStopped = status.contact.contactId === stopped;
    if (name === 'DISCARDED') check(isOver || isStopped, `${id} is discarded without cause`);
    if (name === 'API') check(isStopped, `${id} is hung up without cause`);
    if (['EXPIRED', 'DISCARDED'].includes(name)) check(status.dial === null, `${id} was dialled`);
  }
}

/** The agent of a request, with a key for the queue and the number. */
function agentOf(status: RequestStatus) {
  const agent = 'agent' in status ? status.agent : undefined;
  return agent && { ...agent, key: `${agent.queueId} ${agent.number}` };
}

function sorted(counts: Readonly<Record<string, number>>): string {
  return Object.keys(counts)
    .sort()
    .map((name) => `${name} ${counts[name]}`)
    .join(', ');
}

export function check(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new Error(otherwise);
}
