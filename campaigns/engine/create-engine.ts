/** The campaign engine: the interface, on the parts of this room. */

import type { ContactLife } from '../../operation/connect/contact/life.ts';
import { lineUp, sendDue } from '../batches/sending.ts';
import type {
  CampaignCounts,
  CampaignEngine,
  CampaignFigures,
  EngineOptions,
  NewDialRequest,
  Outcome,
  QueueFigures,
} from '../campaign-engine.ts';
import { lifeOf } from '../course/life.ts';
import { tellUpdate } from '../course/steps.ts';
import { hangUp, pace } from '../dialling/dialler.ts';
import type {
  Campaign,
  CampaignInstance,
  CampaignState,
  DialRequest,
  KeptRecord,
  RequestStatus,
} from '../records.ts';
import { EXPIRY, end } from '../state/endings.ts';
import { keptUntil, Retention } from '../state/retention.ts';
import { type KeptCampaign, State } from '../state/state.ts';
import { dropCampaign, moveCampaign, putCampaign } from './moves.ts';
import { recover } from './recovery.ts';
import { settle } from './settling.ts';

/** @param records what a store holds, in any order. Without them the engine begins with nothing. */
export function createEngine(
  options: EngineOptions,
  records: Iterable<KeptRecord> = [],
): CampaignEngine {
  return new Engine(options, records);
}

class Engine implements CampaignEngine {
  readonly #state: State;
  readonly #retention = new Retention();

  constructor(options: EngineOptions, records: Iterable<KeptRecord>) {
    this.#state = new State(options);
    recover(this.#state, this.#retention, records);
  }

  campaign(id: string): Campaign | undefined {
    return this.#state.campaigns.get(id)?.campaign;
  }

  *campaigns(): Iterable<Campaign> {
    for (const { campaign } of this.#state.campaigns.values()) yield campaign;
  }

  putCampaign(campaign: Campaign): void {
    putCampaign(this.#state, campaign);
  }

  dropCampaign(id: string): void {
    dropCampaign(this.#state, id);
  }

  move(id: string, to: 'starting' | CampaignState, now: number): void {
    this.#see(now);
    moveCampaign(this.#state, this.#home(id), to, now);
  }

  instance(instanceId: string): CampaignInstance | undefined {
    return this.#state.instances.get(instanceId);
  }

  putInstance(instance: CampaignInstance): void {
    this.#state.instances.set(instance.instanceId, instance);
    this.#state.note({ kind: 'instance', id: instance.instanceId, value: instance });
  }

  requestOfToken(campaignId: string, clientToken: string, now: number): DialRequest | undefined {
    const kept = this.#state.campaigns.get(campaignId)?.tokens.get(clientToken);
    return kept && now < keptUntil(this.#state, kept) ? kept.request : undefined;
  }

  pending(campaignId: string): number {
    return this.#state.campaigns.get(campaignId)?.open.size ?? 0;
  }

  accept(
    campaignId: string,
    requests: readonly NewDialRequest[],
    now: number,
  ): readonly DialRequest[] {
    const state = this.#state;
    this.#see(now);
    const home = this.#home(campaignId);
    const accepted = requests.map(({ id, expiresIn, ...given }): DialRequest => {
      const serial = state.nextSerial;
      state.nextSerial += 1;
      const request: DialRequest = {
        id: id ?? state.options.newId(),
        serial,
        campaignId,
        ...given,
        acceptedAt: now,
        expiresAt: now + expiresIn,
        status: { state: 'ACCEPTED', notBefore: 0, attempts: 0 },
      };
      const kept = state.addRequest(request, home);
      if (state.tellsAll) state.noteRequest(kept);
      state.timers.add(request.expiresAt, EXPIRY, kept);
      this.#retention.add(state, kept);
      lineUp(state, kept);
      return request;
    });
    sendDue(state, now);
    return accepted;
  }

  request(id: string): DialRequest | undefined {
    return this.#state.requests.get(id)?.request;
  }

  requestOfContact(contactId: string): DialRequest | undefined {
    return this.#state.byContact.get(contactId)?.request;
  }

  *requests(): Iterable<DialRequest> {
    for (const { request } of this.#state.requests.values()) yield request;
  }

  counts(campaignId: string): CampaignCounts {
    const { failed, ended, ...open } = this.#home(campaignId).counts;
    return { ...open, failed: Object.fromEntries(failed), ended: Object.fromEntries(ended) };
  }

  figures(campaignId: string): CampaignFigures {
    const { steps, figures } = this.#home(campaignId);
    return { steps: { ...steps }, ...figures };
  }

  queues(now: number): readonly QueueFigures[] {
    const used = [...this.#state.pools()].filter(({ isUsed }) => isUsed);
    return used.map((pool) => {
      const { instanceId, queueId, onShift, idle, busy, waiting } = pool;
      const time = pool.timeUntil(now);
      return { instanceId, queueId, onShift, idle, busy, waiting: waiting.size, ...time };
    });
  }

  settle(token: string, outcome: Outcome, now: number): void {
    this.#see(now);
    settle(this.#state, token, outcome, now);
  }

  stopContact(contactId: string, now: number): RequestStatus | undefined {
    this.#see(now);
    const kept = this.#state.byContact.get(contactId);
    if (kept === undefined) return undefined;
    const { status } = kept;
    if (status.state === 'CREATED') end(this.#state, kept, 'DISCARDED', now);
    if (status.state === 'PREVIEW') hangUp(this.#state, kept, 'DISCARDED', now);
    if (status.state === 'DIALING') {
      hangUp(this.#state, kept, 'API', now);
      pace(this.#state, kept.home, now);
    }
    return status;
  }

  lifeOf(request: DialRequest): ContactLife | null {
    return lifeOf(this.#state.options.seed, request);
  }

  updateContact(contactId: string, now: number): void {
    const kept = this.#state.byContact.get(contactId);
    if (kept !== undefined) tellUpdate(this.#state, kept, now);
  }

  dueAt(): number | null {
    return this.#state.timers.nextAt();
  }

  runNext(now: number): boolean {
    this.#see(now);
    return this.#state.timers.runNext(this.#state, now);
  }

  take(): ReturnType<CampaignEngine['take']> {
    return this.#state.take();
  }

  #see(now: number): void {
    this.#state.latest = Math.max(this.#state.latest, now);
  }

  #home(id: string): KeptCampaign {
    const home = this.#state.campaigns.get(id);
    if (home === undefined) throw new Error(`there is no campaign ${id}`);
    return home;
  }
}
