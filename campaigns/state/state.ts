/** What the engine holds in memory, and the one place where a dial request changes its status. */

import { type Agent, AgentPool } from '../agents.ts';
import type { Action, EngineOptions } from '../campaign-engine.ts';
import { SerialQueue, type Waiting } from '../collections/serial-queue.ts';
import { Timers } from '../collections/timers.ts';
import type { Course } from '../course/course.ts';
import { stepsBetween } from '../course/steps.ts';
import type {
  Campaign,
  CampaignBatch,
  CampaignInstance,
  Change,
  DialRequest,
  Given,
  RequestStatus,
} from '../records.ts';
import { type DialSettings, readSettings } from '../settings.ts';
import { rosterOf, staffOf } from '../shifts.ts';
import { Learned } from './learned.ts';

export type Pool = AgentPool<KeptRequest>;

/** A dial request in memory. */
export class KeptRequest implements Waiting {
  readonly serial: number;
  readonly home: KeptCampaign;
  /** Only the state sets it. */
  status: RequestStatus;
  #record: DialRequest;
  /** Whether the request has changed since the last `take`. */
  changed = false;
  /** Whether the request was dropped from memory. */
  gone = false;
  waitsIn: Waiting['waitsIn'] = null;
  /** While it is called. */
  course: Course | null = null;
  /** Whose agents take its call, while it is called or previewed. Null without agents. */
  pool: Pool | null = null;
  /** Who is with the contact, or is reserved for it. */
  agent: Agent | null = null;
  /** The moment of the next step of its preview or call. */
  stepAt = 0;

  constructor(request: DialRequest, home: KeptCampaign) {
    this.#record = request;
    this.status = request.status;
    this.serial = request.serial;
    this.home = home;
  }

  get given(): Given {
    return this.#record;
  }

  /** The record as it is now. It is made only when somebody asks for it, because most of its states nobody sees. */
  get request(): DialRequest {
    if (this.#record.status !== this.status)
      this.#record = { ...this.#record, status: this.status };
    return this.#record;
  }
}

/** A campaign in memory, with its dial requests. */
export class KeptCampaign {
  campaign: Campaign;
  settings: DialSettings;
  /** Whether the campaign was dropped. */
  gone = false;
  /** Requests that can be in the next batch. */
  readonly ready = new SerialQueue<KeptRequest>();
  /** Requests whose contact waits for a call. */
  readonly undialled = new SerialQueue<KeptRequest>();
  /** Requests that are neither called, ended nor failed, in the order of acceptance. */
  readonly open = new Set<KeptRequest>();
  readonly tokens = new Map<string, KeptRequest>();
  readonly counts = {
    accepted: 0,
    submitting: 0,
    created: 0,
    preview: 0,
    dialing: 0,
    failed: new Map<string, number>(),
    ended: new Map<string, number>(),
  };
  /** Calls that go on, by their step. */
  readonly steps = { DIALING: 0, RINGING: 0, DETECTING: 0, FLOW: 0, QUEUED: 0, WITH_AGENT: 0 };
  /** What came of calls. */
  readonly figures = {
    dials: 0,
    humans: 0,
    machines: 0,
    reached: 0,
    connected: 0,
    waited: 0,
    abandoned: 0,
  };
  /** When the next pacing step is planned. */
  paceAt: number | null = null;
  /** The second in which the campaign dialled last, and how many dials it made in it. */
  second = 0;
  dialsInSecond = 0;
  /** Agents who are with a contact of the campaign, or in after-call work for one. */
  agentsTaken = 0;
  /** Calls that may come to need an agent: dialling, ringing, or being detected. */
  out = 0;
  /** What the predictive dialler learned of its calls. It is not kept: a restart begins anew. */
  readonly learned = new Learned();
  /** The agents of the queue that the settings name, once they were asked for. */
  pool: Pool | null = null;

  constructor(campaign: Campaign) {
    this.campaign = campaign;
    this.settings = readSettings(campaign);
  }
}

/** A batch whose outcome is not known. */
export class Flight {
  batch: CampaignBatch;
  /** Waits for its turn to be sent; was sent; waits to be sent again. */
  phase: 'queued' | 'sent' | 'waiting' = 'queued';
  retryAt = 0;
  gone = false;

  constructor(batch: CampaignBatch) {
    this.batch = batch;
  }
}

/** Given for the many steps after which there is nothing to do. */
const NOTHING: ReturnType<State['take']> = { changes: [], actions: [] };

export class State {
  readonly options: EngineOptions;
  /** Whether every change is told. */
  readonly tellsAll: boolean;
  readonly timers = new Timers<State>();
  readonly campaigns = new Map<string, KeptCampaign>();
  readonly instances = new Map<string, CampaignInstance>();
  /** In the order of acceptance. */
  readonly requests = new Map<string, KeptRequest>();
  readonly byContact = new Map<string, KeptRequest>();
  readonly flights = new Map<string, Flight>();
  readonly #pools = new Map<string, Pool>();
  /** Flights that wait for their turn. */
  queued: Flight[] = [];
  /** How many flights are sent, or wait to be sent again. */
  inFlight = 0;
  /** Nothing is sent before this moment. */
  backoffUntil = 0;
  throttledInARow = 0;
  /** The campaign whose batch was made last. */
  lastServed = '';
  /** When the next round of sending is planned. */
  sendAt: number | null = null;
  nextSerial = 0;
  /** The latest moment that the engine was told. */
  latest = 0;
  actions: Action[] = [];
  #changedRequests: KeptRequest[] = [];
  #otherChanges = new Map<string, Change>();

  constructor(options: EngineOptions) {
    this.options = options;
    this.tellsAll = options.tells !== 'ends';
  }

  /** The agents of a queue of an instance. */
  poolOf(instanceId: string, queueId: string | null): Pool {
    const key = `${instanceId} ${queueId ?? ''}`;
    let pool = this.#pools.get(key);
    if (pool === undefined) {
      const roster = rosterOf(staffOf(this.options.agents ?? {}, queueId));
      pool = new AgentPool(instanceId, queueId, roster);
      this.#pools.set(key, pool);
    }
    return pool;
  }

  /** The agents of the queues that a campaign has dialled for. */
  pools(): Iterable<Pool> {
    return this.#pools.values();
  }

  keepCampaign(kept: KeptCampaign, campaign: Campaign): void {
    kept.campaign = campaign;
    this.note({ kind: 'campaign', id: campaign.id, value: campaign });
  }

  keepBatch(flight: Flight, batch: CampaignBatch): void {
    flight.batch = batch;
    this.flights.set(batch.token, flight);
    this.note({ kind: 'batch', id: batch.token, value: batch });
  }

  dropFlight(flight: Flight): void {
    flight.gone = true;
    if (flight.phase === 'queued') this.queued = this.queued.filter((one) => one !== flight);
    else this.inFlight -= 1;
    this.flights.delete(flight.batch.token);
    this.note({ kind: 'batch', id: flight.batch.token, value: null });
  }

  /** Adds a request to memory, without noting a change. */
  addRequest(request: DialRequest, home: KeptCampaign): KeptRequest {
    const kept = new KeptRequest(request, home);
    this.requests.set(request.id, kept);
    if (request.clientToken !== '') home.tokens.set(request.clientToken, kept);
    home.open.add(kept);
    const { status } = request;
    if (status.state === 'DIALING' && status.dial.call.queueId !== undefined) {
      kept.pool = this.poolOf(home.campaign.instanceId, status.dial.call.queueId);
    }
    this.#enter(kept, request.status, false);
    return kept;
  }

  setStatus(kept: KeptRequest, status: RequestStatus): void {
    this.#leave(kept);
    const hadContact = 'contact' in kept.status;
    const before = this.options.tellSteps ? kept.request : null;
    kept.status = status;
    this.#enter(kept, status, hadContact);
    if (this.tellsAll || status.state === 'ENDED' || status.state === 'FAILED')
      this.noteRequest(kept);
    if (before === null) return;
    for (const step of stepsBetween(this.options.seed, kept.home.campaign, before, kept.request)) {
      this.actions.push({ kind: 'step', step });
    }
  }

  /** Drops a request from memory and from what is kept. */
  dropRequest(kept: KeptRequest): void {
    this.#leave(kept);
    kept.home.open.delete(kept);
    kept.gone = true;
    const { status } = kept;
    const { id, clientToken } = kept.given;
    this.requests.delete(id);
    if (kept.home.tokens.get(clientToken) === kept) kept.home.tokens.delete(clientToken);
    if ('contact' in status) this.byContact.delete(status.contact.contactId);
    this.noteRequest(kept);
  }

  note(change: Change): void {
    if (!this.tellsAll) return;
    this.#otherChanges.set(`${change.kind} ${change.id}`, change);
  }

  noteRequest(kept: KeptRequest): void {
    if (kept.changed || (kept.gone && !this.tellsAll)) return;
    kept.changed = true;
    this.#changedRequests.push(kept);
  }

  take(): { readonly changes: readonly Change[]; readonly actions: readonly Action[] } {
    const isQuiet = this.#changedRequests.length === 0 && this.#otherChanges.size === 0;
    if (isQuiet && this.actions.length === 0) return NOTHING;
    const changes = [...this.#otherChanges.values()];
    for (const kept of this.#changedRequests) {
      kept.changed = false;
      const { id } = kept.given;
      changes.push({ kind: 'request', id, value: kept.gone ? null : kept.request });
    }
    const { actions } = this;
    this.actions = [];
    this.#changedRequests = [];
    this.#otherChanges.clear();
    return { changes, actions };
  }

  #leave(kept: KeptRequest): void {
    count(kept, -1);
    kept.waitsIn?.remove(kept);
  }

  /** A request that is not open never is again, and a contact stays. */
  #enter(kept: KeptRequest, status: RequestStatus, hadContact: boolean): void {
    count(kept, 1);
    if (!isOpen(status)) kept.home.open.delete(kept);
    if (!hadContact && 'contact' in status) this.byContact.set(status.contact.contactId, kept);
  }
}

/** Whether a request is neither called, ended nor failed. */
function isOpen({ state }: RequestStatus): boolean {
  return (
    state === 'ACCEPTED' || state === 'SUBMITTING' || state === 'CREATED' || state === 'PREVIEW'
  );
}

/** The steps of a call that may come to need an agent. */
const OUT: ReadonlySet<string> = new Set(['DIALING', 'RINGING', 'DETECTING']);

function count(kept: KeptRequest, by: 1 | -1): void {
  const { home, pool } = kept;
  const { counts } = home;
  const { status } = kept;
  switch (status.state) {
    case 'ACCEPTED':
      counts.accepted += by;
      break;
    case 'SUBMITTING':
      counts.submitting += by;
      break;
    case 'CREATED':
      counts.created += by;
      break;
    case 'PREVIEW':
      counts.preview += by;
      break;
    case 'DIALING':
      counts.dialing += by;
      home.steps[status.step] += by;
      if (pool === null || status.agent !== undefined) break;
      if (OUT.has(status.step)) {
        home.out += by;
        pool.out += by;
      }
      break;
    case 'FAILED': {
      const { failure } = status;
      countIn(counts.failed, failure.kind === 'code' ? failure.code : failure.kind, by);
      break;
    }
    case 'ENDED':
      countIn(counts.ended, status.reason, by);
      break;
  }
}

function countIn(counts: Map<string, number>, name: string, by: 1 | -1): void {
  const next = (counts.get(name) ?? 0) + by;
  if (next === 0) counts.delete(name);
  else counts.set(name, next);
}
