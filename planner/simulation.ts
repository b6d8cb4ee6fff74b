/**
 * A campaign from its first dial request to its last call, in virtual time: the campaign engine of the emulator, the
 * rate bucket of BatchPutContact, and a feeder. There is no signature, no JSON, no store and no network.
 */

import type { Action, CampaignEngine } from '../campaigns/campaign-engine.ts';
import { createEngine } from '../campaigns/engine/create-engine.ts';
import type { CampaignBatch, DialRequest } from '../campaigns/records.ts';
import { rosterOf } from '../campaigns/shifts.ts';
import { type Bucket, fullBucket, refilled, spent } from '../emulator/stores/throttle.ts';
import { Feeder, type Sending } from '../feeders/sending/feeder.ts';
import { hoursOf } from '../feeders/sending/hours.ts';
import { chooseCampaigns } from '../operation/campaigns/choices.ts';
import { QUOTA } from '../operation/connect/limits.ts';
import type { PlanAsked, PlanOutcome } from '../run/plan.ts';
import { UserError } from '../system/errors.ts';
import { CAMPAIGN_ID, campaignOf, staffOf } from './campaign.ts';
import { type Counted, Series } from './series.ts';

/** Midnight by UTC, so that hours and shifts begin as they say. */
const MIDNIGHT = Date.parse('2026-01-05T00:00:00Z');
/** A number without a meaning of its own. What comes of a call depends on the seed and the dial request. */
const NUMBER = '+12025550123';
const NO_ATTRIBUTES = {};
/** Milliseconds after its expiry for which a dial request is kept: a call may last so long. */
const LONGEST_CALL = 600_000;
/** Milliseconds in which no contact ends, after which none ever will: hours and shifts come again every day. */
const LONGEST_STANDSTILL = 7 * 24 * 3_600_000;
/** A plan is looked at after so many steps, to tell how far it is. */
const STEPS = 20_000;

/** Yields how many contacts are over, from time to time. */
export function* simulate(asked: PlanAsked, seed: number): Generator<number, PlanOutcome> {
  const simulation = new Simulation(asked, seed);
  for (;;) {
    for (let step = 0; step < STEPS; step += 1) {
      if (!simulation.step()) return simulation.outcome();
    }
    yield simulation.over;
  }
}

class Simulation {
  readonly #asked: PlanAsked;
  readonly #seed: number;
  readonly #engine: CampaignEngine;
  readonly #feeder: Feeder;
  readonly #series: Series;
  readonly #start: number;
  readonly #hours: ReturnType<typeof hoursOf>;
  #now: number;
  /** When a contact was over last. */
  #progressAt: number;
  #bucket: Bucket;
  #contactCalls = 0;
  /** Contacts that are over. */
  over = 0;
  #expired = 0;
  #expiries = 0;
  #failed = 0;
  #dialled = 0;
  readonly #ended = new Map<string, number>();

  constructor(asked: PlanAsked, seed: number) {
    this.#asked = asked;
    this.#seed = seed;
    this.#hours = hoursOf(asked.hours);
    this.#start = this.#hours.nextOpen(MIDNIGHT);
    this.#now = this.#start;
    this.#progressAt = this.#start;
    this.#bucket = fullBucket(QUOTA, this.#start);
    const staff = staffOf(asked);
    let serial = 0;
    const { pendingLimit, concurrentCalls } = asked;
    this.#engine = createEngine({
      account: '123456789012',
      region: 'us-east-1',
      seed,
      newId: () => {
        serial += 1;
        return `n${serial}`;
      },
      choices: { ...chooseCampaigns(), pendingLimit, concurrentCalls },
      agents: staff,
      tokenLifetime: asked.expirySeconds * 1_000 + LONGEST_CALL,
      tells: 'ends',
    });
    this.#engine.putCampaign(campaignOf(asked, this.#start));
    const roster = rosterOf(staff);
    const engine = this.#engine;
    this.#feeder = new Feeder(
      { ...asked, hasAgents: asked.mode !== 'agentless' },
      {
        pending: () => engine.pending(CAMPAIGN_ID),
        dials: () => engine.figures(CAMPAIGN_ID).dials,
        agents: (at) => roster.at(at),
        send: (contacts, at) => this.#take(contacts, at),
      },
      this.#hours,
      this.#start,
    );
    this.#series = new Series(this.#start);
  }

  /** Runs the next thing that is due. @returns whether the campaign goes on. */
  step(): boolean {
    if (this.over >= this.#asked.contacts) return false;
    const due = this.#engine.dueAt() ?? Number.POSITIVE_INFINITY;
    const look = this.#feeder.nextAt;
    const at = Math.min(due, look);
    if (at > this.#progressAt + LONGEST_STANDSTILL) {
      throw new UserError(
        'nobody would be dialled for a week: the hours of the feeder and the shifts of the agents do not meet',
      );
    }
    while (this.#series.nextAt <= at) this.#series.mark(this.#counted(this.#series.nextAt));
    this.#now = Math.max(this.#now, at);
    if (look <= due) this.#feeder.look(this.#now);
    else this.#engine.runNext(this.#now);
    this.#follow();
    return true;
  }

  outcome(): PlanOutcome {
    const { sendings, throttled, calls } = this.#feeder;
    const { reached, humans, machines, waited, abandoned } = this.#engine.figures(CAMPAIGN_ID);
    const counted = this.#counted(this.#now);
    const { busyMs, shiftMs } = counted;
    return {
      seed: this.#seed,
      durationMs: this.#now - this.#start,
      feedingMs: this.#hours.open(this.#start, this.#now),
      reached,
      dialled: this.#dialled,
      answered: humans,
      machines,
      abandoned,
      expired: this.#expired,
      failed: this.#failed,
      expiries: this.#expiries,
      throttled,
      sendings,
      calls: { feeder: calls, contacts: this.#contactCalls },
      occupancy: shiftMs === 0 ? null : busyMs / shiftMs,
      abandonment: waited === 0 ? null : abandoned / waited,
      reachedAnHour: shiftMs === 0 ? null : reached / (shiftMs / 3_600_000),
      ended: Object.fromEntries([...this.#ended].sort(([, a], [, b]) => b - a)),
      series: this.#series.points(this.#now, counted),
    };
  }

  #counted(at: number): Counted {
    const { dials, reached } = this.#engine.figures(CAMPAIGN_ID);
    const [agents] = this.#engine.queues(at);
    const { busyMs, shiftMs } = agents ?? { busyMs: 0, shiftMs: 0 };
    return { over: this.over, dials, reached, expired: this.#expired, busyMs, shiftMs };
  }

  /** PutDialRequestBatch: every dial request is accepted for which there is room. */
  #take(contacts: readonly Sending[], at: number): void {
    const room = Math.max(0, this.#asked.pendingLimit - this.#engine.pending(CAMPAIGN_ID));
    const refused = contacts.slice(room);
    if (refused.length > 0) this.#feeder.refuse(refused, at);
    this.#accept(contacts.slice(0, room), at);
  }

  #accept(contacts: readonly Sending[], at: number): void {
    const expiresIn = this.#asked.expirySeconds * 1_000;
    this.#engine.accept(
      CAMPAIGN_ID,
      contacts.map(({ contact, again }) => ({
        id: `${contact} ${again}`,
        clientToken: '',
        phoneNumber: NUMBER,
        attributes: NO_ATTRIBUTES,
        expiresIn,
      })),
      at,
    );
  }

  /** Does what follows from a step of the engine. */
  #follow(): void {
    for (;;) {
      const { changes, actions } = this.#engine.take();
      if (changes.length === 0 && actions.length === 0) return;
      for (const change of changes) {
        if (change.kind === 'request' && change.value !== null) this.#isOver(change.value);
      }
      for (const action of actions) this.#act(action);
    }
  }

  #act(action: Action): void {
    if (action.kind === 'send') this.#putContacts(action.batch);
    else if (action.kind === 'finding') throw new Error(`the plan found ${action.finding.kind}`);
  }

  /** BatchPutContact: every contact is created, unless the quota is used up. */
  #putContacts({ token, requestIds }: CampaignBatch): void {
    this.#contactCalls += 1;
    this.#bucket = refilled(this.#bucket, this.#now, QUOTA, 'continuous');
    const throttled = this.#bucket.tokens < 1;
    if (!throttled) this.#bucket = spent(this.#bucket);
    this.#engine.settle(
      token,
      {
        kind: 'answer',
        status: throttled ? 429 : 200,
        error: throttled ? 'TooManyRequestsException' : null,
        results: throttled
          ? []
          : requestIds.map((id) => ({ requestIdentifier: id, contactId: `c${id}` })),
        retryAfter: null,
      },
      this.#now,
    );
  }

  #isOver({ id, status }: DialRequest): void {
    const expired =
      (status.state === 'ENDED' && status.reason === 'EXPIRED') ||
      (status.state === 'FAILED' && status.failure.kind === 'EXPIRED_BEFORE_CONTACT');
    if (expired) {
      this.#expiries += 1;
      if (this.#feeder.expired(sendingOf(id))) return;
      this.#expired += 1;
    } else if (status.state === 'FAILED') this.#failed += 1;
    else if (status.state === 'ENDED') {
      if (status.dial !== null) this.#dialled += 1;
      this.#ended.set(status.reason, (this.#ended.get(status.reason) ?? 0) + 1);
    }
    this.over += 1;
    this.#progressAt = this.#now;
  }
}

/** Of an id that `accept` gave. */
function sendingOf(id: string): Sending {
  const [contact, again] = id.split(' ').map(Number);
  return { contact: contact ?? 0, again: again ?? 0 };
}
