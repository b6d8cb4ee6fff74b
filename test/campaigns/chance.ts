/** Random events on an engine: requests, moves of campaigns, outcomes of every kind, time, and crashes. */

import * as fc from 'fast-check';
import type { BatchResult, CampaignEngine, Outcome } from '../../campaigns/campaign-engine.ts';
import type { createEngine } from '../../campaigns/engine/create-engine.ts';
import type { CampaignBatch, CampaignState } from '../../campaigns/records.ts';
import {
  asking,
  CHOICES,
  campaign,
  countedIds,
  dialRequests,
  manned,
  nameOf,
  START,
} from './fixtures.ts';
import { check, type Happened, Judge, SEED } from './judge.ts';
import { answer, error, LOST } from './road.ts';

export type CreateEngine = typeof createEngine;

/** One has a schedule. Three share the agents of a queue. */
const CAMPAIGNS = [
  campaign({ id: 'campaign-a' }),
  manned('progressive', {}, { id: 'campaign-b' }),
  campaign({ id: 'campaign-c', endsAt: START + 400_000 }),
  manned('progressive', {}, { id: 'campaign-d' }),
  manned('preview', {}, { id: 'campaign-e' }),
  manned('predictive', { bandwidthAllocation: 2 }, { id: 'campaign-f' }, 'another'),
];

/** What becomes of an attempt: whether the endpoint creates contacts, and what the caller learns. */
const FATES = [
  'good',
  'lost before',
  'lost after',
  'throttled',
  'unavailable',
  'failed before',
  'failed after',
  'forbidden',
  'not found',
  'mismatch',
  'some throttled',
  'some refused',
  'one missing',
  'one twice',
  'one stolen',
] as const;
type Fate = (typeof FATES)[number];

const some = fc.nat(1_000);
/** What happens, and how often: to which campaigns, to which numbers, and with what fate of their batches. */
const eventsOf = (
  which: fc.Arbitrary<string>,
  number: fc.Arbitrary<number>,
  fate: fc.Arbitrary<Fate>,
) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('accept' as const),
        campaign: which,
        count: fc.integer({ min: 1, max: 30 }),
        seconds: fc.integer({ min: 30, max: 200 }),
        number,
        poison: fc.boolean(),
      }),
    },
    {
      weight: 12,
      arbitrary: fc.record({
        kind: fc.constant('settle' as const),
        batch: some,
        item: some,
        fate,
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant('advance' as const),
        milliseconds: fc.oneof(fc.nat(300), fc.nat(5_000), fc.nat(120_000)),
        // The host may be late: the clock moves on before the timers run.
        late: fc.boolean(),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('move' as const),
        campaign: which,
        to: fc.constantFrom<CampaignState>('Running', 'Paused', 'Running', 'Paused', 'Stopped'),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('stopContact' as const), contact: some }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('settings' as const), campaign: which }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), campaign: which }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('crash' as const),
        // Before the commit of the next changes, or after it and so many actions.
        at: fc.constantFrom<number>(-1, 0, 1, 2),
      }),
    },
  );

type Event = ReturnType<typeof eventsOf> extends fc.Arbitrary<infer E> ? E : never;

const storyOf = (event: fc.Arbitrary<Event>) =>
  fc.record({
    atStop: fc.constantFrom<'discard' | 'expire'>('discard', 'expire'),
    concurrentCalls: fc.constantFrom(0, 2, 7, 100),
    agents: fc.constantFrom(1, 3),
    events: fc.array(event, { minLength: 20, maxLength: 120 }),
  });

const IDS = CAMPAIGNS.map(({ id }) => id);

export const story = storyOf(
  eventsOf(
    fc.constantFrom(...IDS),
    fc.integer({ min: 1, max: 19 }),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant<Fate>('good') },
      { weight: 3, arbitrary: fc.constantFrom(...FATES) },
    ),
  ),
);

/** Stories in which agents have much to do. */
export const storyOfAgents = storyOf(
  eventsOf(
    fc.constantFrom(...IDS.filter((id) => id !== 'campaign-a' && id !== 'campaign-c')),
    fc.constantFrom(1, 1, 1, 4, 5, 17, 18),
    fc.constant('good'),
  ),
);
type Story = typeof story extends fc.Arbitrary<infer S> ? S : never;

/**
 * Tells a story to an engine.
 *
 * @returns how its dial requests ended, and the last states of its campaigns.
 * @throws Error at the first rule that is broken.
 */
export function tell(
  create: CreateEngine,
  { atStop, concurrentCalls, agents, events }: Story,
): ReadonlySet<string> {
  const teller = new Teller(create, { ...CHOICES, atStop, concurrentCalls }, agents);
  for (const one of events) teller.tell(one);
  return teller.finish();
}

class Teller {
  readonly #judge: Judge;
  readonly #endpoint = new Contacts();
  readonly #start: () => CampaignEngine;
  readonly #choices: typeof CHOICES;
  #engine: CampaignEngine;
  #now = START;
  #outstanding: CampaignBatch[] = [];
  /** A crash after so many actions of the next step; -1 for before its commit. */
  #crash: number | null = null;

  constructor(create: CreateEngine, choices: typeof CHOICES, count: number) {
    this.#choices = choices;
    this.#judge = new Judge(choices.concurrentCalls, count);
    const newId = countedIds();
    const options = {
      account: '1',
      region: 'us-east-1',
      seed: SEED,
      newId,
      choices,
      agents: { count },
    };
    this.#start = () => create(options, [...this.#judge.kept.values()].reverse());
    this.#engine = this.#start();
    for (const one of CAMPAIGNS) this.#step(() => this.#engine.putCampaign(one));
  }

  tell(event: Event): void {
    switch (event.kind) {
      case 'accept':
        this.#accept(event);
        break;
      case 'settle': {
        const batch = pick(this.#outstanding, event.batch);
        if (batch !== undefined) this.#settle(batch, event.fate, event.item);
        break;
      }
      case 'advance':
        this.#advance(event.milliseconds, event.late);
        break;
      case 'move':
        this.#move(event.campaign, event.to);
        break;
      case 'stopContact': {
        const contactId = pick(this.#endpoint.all, event.contact);
        if (contactId === undefined) break;
        this.#step(() => this.#engine.stopContact(contactId, this.#now), { stopped: contactId });
        break;
      }
      case 'settings': {
        const current = this.#engine.campaign(event.campaign);
        if (current === undefined) break;
        this.#step(() =>
          this.#engine.putCampaign({ ...current, state: 'Running', tags: { a: 'b' } }),
        );
        break;
      }
      case 'drop':
        this.#drop(event.campaign);
        break;
      case 'crash':
        this.#crash = event.at;
        break;
    }
    this.#judge.compare(this.#engine);
  }

  /** Answers every call and waits: nothing may stay open. */
  finish(): ReadonlySet<string> {
    this.#crash = null;
    for (const { id } of CAMPAIGNS) this.#move(id, 'Running');
    for (let round = 0; round < 2_000 && this.#isOpen(); round += 1) {
      for (const batch of [...this.#outstanding]) this.#settle(batch, 'good', 0);
      this.#advance(3_000, false);
    }
    this.#judge.compare(this.#engine);
    const ends = new Set<string>();
    for (const [id] of this.#judge.accepted) {
      const status = this.#judge.find('request', id)?.status;
      check(
        status?.state === 'FAILED' || status?.state === 'ENDED',
        `${id} is ${status?.state} for ever`,
      );
      ends.add(nameOf(status));
    }
    for (const { state } of this.#engine.campaigns()) ends.add(state);
    this.#endpoint.checkEachOnce();
    this.#advance(8 * 24 * 3_600_000, false);
    check(this.#judge.accepted.size === 0, 'requests are kept for ever');
    return ends;
  }

  #isOpen(): boolean {
    for (const { status } of this.#judge.all('request')) {
      if (status.state !== 'FAILED' && status.state !== 'ENDED') return true;
    }
    return false;
  }

  #accept({ campaign, count, seconds, number, poison }: Extract<Event, { kind: 'accept' }>): void {
    if (this.#engine.campaign(campaign)?.state !== 'Running') return;
    const phoneNumber = asking(String(number).padStart(2, '0'));
    const requests = dialRequests(count, { phoneNumber, expiresIn: seconds * 1_000 });
    const [first, ...rest] = requests;
    if (first === undefined) return;
    const all = poison ? [{ ...first, attributes: { poison: '1' } }, ...rest] : requests;
    this.#step(() => this.#engine.accept(campaign, all, this.#now));
  }

  #move(id: string, to: CampaignState): void {
    const state = this.#engine.campaign(id)?.state;
    if (to === 'Running' ? state !== 'Paused' : state !== 'Running' && state !== 'Paused') return;
    const done = this.#step(() => this.#engine.move(id, to, this.#now));
    if (!done) return;
    if (to === 'Running') this.#judge.asked.delete(id);
    else this.#judge.asked.set(id, to);
  }

  #drop(id: string): void {
    const current = this.#engine.campaign(id);
    if (current?.state !== 'Stopped') return;
    const done = this.#step(() => this.#engine.dropCampaign(id), { dropped: id });
    if (done) this.#outstanding = this.#outstanding.filter(({ campaignId }) => campaignId !== id);
  }

  #advance(milliseconds: number, late: boolean): void {
    const until = this.#now + milliseconds;
    for (;;) {
      const at = this.#engine.dueAt();
      if (at === null || at > until) break;
      this.#now = late ? until : Math.max(this.#now, at);
      this.#step(() => this.#engine.runNext(this.#now));
    }
    this.#now = until;
    this.#checkExpiry();
    this.#judge.checkQueues(until);
  }

  /** What is over was ended by its timer. */
  #checkExpiry(): void {
    for (const [id, { expiresAt }] of this.#judge.accepted) {
      const state = this.#judge.find('request', id)?.status.state;
      const open = state === 'ACCEPTED' || state === 'CREATED';
      check(!open || this.#now < expiresAt, `${id} is open after it expired`);
    }
  }

  #settle(batch: CampaignBatch, fate: Fate, item: number): void {
    const outcome = this.#endpoint.answer(batch, fate, item);
    if (outcome.kind === 'answer') {
      for (const result of outcome.results) {
        if (!('contactId' in result)) continue;
        const told = this.#judge.told.get(result.requestIdentifier) ?? new Set();
        this.#judge.told.set(result.requestIdentifier, told.add(result.contactId));
      }
    }
    this.#outstanding = this.#outstanding.filter((one) => one !== batch);
    this.#step(() => this.#engine.settle(batch.token, outcome, this.#now), {
      settled: batch.token,
    });
  }

  /** @returns whether the changes of the step were committed. */
  #step(act: () => void, happened: Omit<Happened, 'now'> = {}): boolean {
    act();
    const { changes, actions } = this.#engine.take();
    const crash = this.#crash;
    this.#crash = null;
    if (crash !== -1) {
      this.#judge.commit(changes, { now: this.#now, ...happened });
      this.#perform(actions.slice(0, crash ?? actions.length));
    }
    if (crash !== null) this.#restart();
    return crash !== -1;
  }

  /** Calls that were in flight are forgotten by the caller. The endpoint may have got them. */
  #restart(): void {
    for (const batch of this.#outstanding) this.#endpoint.answer(batch, 'lost after', 0);
    this.#outstanding = [];
    this.#engine = this.#start();
    const { changes, actions } = this.#engine.take();
    check(changes.length === 0, 'a restart alone changes what is kept');
    this.#perform(actions);
  }

  #perform(actions: ReturnType<CampaignEngine['take']>['actions']): void {
    for (const action of actions) {
      this.#judge.act(action);
      if (action.kind === 'send') this.#outstanding.push(action.batch);
    }
    check(this.#outstanding.length <= this.#choices.inFlight, 'too many calls are in flight');
  }
}

/** The contacts of an endpoint that never makes two contacts for one token and item. */
class Contacts {
  readonly all: string[] = [];
  readonly #byToken = new Map<string, readonly BatchResult[]>();
  readonly #byRequest = new Map<string, number>();

  answer(batch: CampaignBatch, fate: Fate, item: number): Outcome {
    const known = this.#byToken.has(batch.token);
    switch (fate) {
      case 'lost before':
        return LOST;
      case 'throttled':
        return error(429, 'TooManyRequestsException', 700);
      case 'unavailable':
        return error(503, 'ServiceUnavailable');
      case 'failed before':
        return error(500, 'InternalServiceException');
      case 'forbidden':
        if (!known) return error(403, 'AccessDeniedException');
        break;
      case 'not found':
        if (!known) return error(404, 'ResourceNotFoundException');
        break;
      case 'mismatch':
        if (!known && item % 3 === 0) return error(409, 'IdempotencyException');
        break;
    }
    if (!known && batch.body.includes('"poison"')) return error(400, 'InvalidRequestException');
    const results = this.#resultsOf(batch, fate, item);
    const at = item % results.length;
    switch (fate) {
      case 'lost after':
        return LOST;
      case 'failed after':
        return error(500, 'InternalServiceException');
      case 'one missing':
        return answer({ results: results.filter((_, i) => i !== at) });
      case 'one twice':
        return answer({ results: [...results, results[at] as BatchResult] });
      case 'one stolen': {
        const stolen = { ...results[at], contactId: pick(this.all, item) } as BatchResult;
        return answer({ results: results.map((one, i) => (i === at ? stolen : one)) });
      }
      default:
        return answer({ results });
    }
  }

  checkEachOnce(): void {
    for (const [id, contacts] of this.#byRequest) {
      check(contacts === 1, `the endpoint made ${contacts} contacts of ${id}`);
    }
  }

  #resultsOf({ token, requestIds }: CampaignBatch, fate: Fate, item: number) {
    const known = this.#byToken.get(token);
    if (known !== undefined) return known;
    const results = requestIds.map((requestIdentifier, i): BatchResult => {
      const isHit = (i + item) % 3 === 0;
      if (isHit && fate === 'some throttled') {
        return { requestIdentifier, code: i % 2 ? 'REQUEST_THROTTLED' : 'INTERNAL_ERROR' };
      }
      if (isHit && fate === 'some refused') return { requestIdentifier, code: 'INVALID_QUEUE' };
      const contactId = `contact-${this.all.length + 1}`;
      this.all.push(contactId);
      this.#byRequest.set(requestIdentifier, (this.#byRequest.get(requestIdentifier) ?? 0) + 1);
      return { requestIdentifier, contactId };
    });
    this.#byToken.set(token, results);
    return results;
  }
}

function pick<T>(among: readonly T[], index: number): T | undefined {
  return among[index % Math.max(1, among.length)];
}
