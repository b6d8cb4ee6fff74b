/** Seeded bugs of campaigns. They wrap the campaign engine, which itself has no code for bugs and no cost without them. */

import { randomUUID } from 'node:crypto';
import type {
  Action,
  CampaignEngine,
  ContactStep,
  EngineOptions,
  NewDialRequest,
} from '../../campaigns/campaign-engine.ts';
import type { CallSettings, DialRequest, KeptRecord } from '../../campaigns/records.ts';
import type { BugName, Bugs } from './bugs.ts';
import { everyNth } from './turns.ts';

export type MakeEngine = (options: EngineOptions, records: readonly KeptRecord[]) => CampaignEngine;

type Overrides = Partial<CampaignEngine>;

/** What one bug changes of an engine. `dial` gives a dial that no correct engine makes to the sinks. */
type Seed = (
  engine: CampaignEngine,
  dial: (request: DialRequest, at: number) => void,
  records: readonly KeptRecord[],
) => Overrides;

const DIALLED_TWICE = 10;
const OTHER_CONTACT = 10;
const LOST_REQUEST = 20;
const EARLY = 25_000;
const LATER = 1_000;
const WAITING_DIALLED = 3;
const CALLS = 3;
const FOREIGN_EVENT = 10;
const WRONG_END = 5;
const HOUR = 3_600_000;

const CALL: CallSettings = { mode: 'agentless', detection: 'on', ringTimeout: 30_000 };

const SEEDS: Readonly<Partial<Record<BugName, Seed>>> = {
  'dials-twice': (engine, dial) => {
    const isTurn = everyNth(DIALLED_TWICE);
    return ofActions(engine, (action) => {
      if (action.kind !== 'dial' || !isTurn()) return action;
      const request = engine.request(action.record.dialRequestId);
      if (request) dial(request, action.record.at);
      return action;
    });
  },
  'dials-again-after-crash': (_engine, dial, records) => {
    for (const { kind, value } of records) {
      if (kind === 'request' && value.status.state === 'DIALING') dial(value, value.status.dial.at);
    }
    return {};
  },
  'dials-after-stop': (engine, dial) => dialledAt(engine, 'Stopped', dial),
  'dials-while-paused': (engine, dial) => dialledAt(engine, 'Paused', dial),
  'dials-expired': (engine, dial) => ({
    take() {
      const taken = engine.take();
      for (const change of taken.changes) {
        const request = change.kind === 'request' ? change.value : null;
        if (request?.status.state !== 'ENDED' || request.status.reason !== 'EXPIRED') continue;
        dial(request, request.status.at + LATER);
      }
      return taken;
    },
  }),
  'loses-dial-requests': (engine) => {
    const isTurn = everyNth(LOST_REQUEST);
    return {
      accept(campaignId, requests, now) {
        const lost = requests.map(() => isTurn());
        const kept = engine.accept(
          campaignId,
          requests.filter((_, i) => !lost[i]),
          now,
        );
        const rest = kept.values();
        return requests.map((request, i) =>
          lost[i] ? acknowledged(campaignId, request, now) : (rest.next().value as DialRequest),
        );
      },
    };
  },
  'new-contact-id-at-dialling': (engine) => {
    const isTurn = everyNth(OTHER_CONTACT);
    return ofActions(engine, (action) =>
      action.kind === 'dial' && isTurn()
        ? { ...action, record: { ...action.record, contactId: randomUUID() } }
        : action,
    );
  },
  'expires-early': (engine) =>
    ofRequests(engine, (requests) =>
      requests.map((request) => ({
        ...request,
        expiresIn: Math.max(LATER, request.expiresIn - EARLY),
      })),
    ),
  'forgets-item-tokens': () => ({ requestOfToken: () => undefined }),
  'swaps-attributes': (engine) =>
    ofRequests(engine, ([a, b, ...rest]) =>
      a && b
        ? [{ ...a, attributes: b.attributes }, { ...b, attributes: a.attributes }, ...rest]
        : [a, b, ...rest].flatMap((one) => one ?? []),
    ),
  'tells-of-no-contact': (engine) => {
    const isTurn = everyNth(FOREIGN_EVENT);
    return ofActions(engine, (action) => {
      if (action.kind !== 'step' || !isTurn()) return action;
      const { request } = action.step;
      const { status } = request;
      if (!('contact' in status)) return action;
      const contact = { ...status.contact, contactId: randomUUID() };
      const foreign = { ...request, status: { ...status, contact } };
      return { ...action, step: { ...action.step, request: foreign } };
    });
  },
  'tells-another-reason': (engine) =>
    ofEnds(engine, (step) => {
      const { request } = step;
      const { status } = request;
      if (status.state !== 'ENDED') return step;
      const reason = status.reason === 'TELECOM_PROBLEM' ? 'TELECOM_BUSY' : 'TELECOM_PROBLEM';
      return { ...step, request: { ...request, status: { ...status, reason } } };
    }),
  'tells-early-times': (engine) => ofEnds(engine, (step) => ({ ...step, at: step.at - HOUR })),
  'loses-events': (engine) => ofEnds(engine, () => null),
};

/** @returns a function that makes the engine of an endpoint, with the bugs that are on. */
export function seededEngine(
  make: MakeEngine,
  options: EngineOptions,
  bugs: Bugs,
): (records: readonly KeptRecord[]) => CampaignEngine {
  const { choices } = options;
  const own = bugs['exceeds-concurrent-calls']
    ? { ...options, choices: { ...choices, concurrentCalls: CALLS * choices.concurrentCalls } }
    : options;
  const seeds = (Object.keys(bugs) as BugName[]).flatMap((bug) => SEEDS[bug] ?? []);
  return (records) =>
    seeds.reduce((engine, seed) => seeded(engine, seed, records), make(own, records));
}

function seeded(
  engine: CampaignEngine,
  seed: Seed,
  records: readonly KeptRecord[],
): CampaignEngine {
  const more: Action[] = [];
  const overrides = seed(engine, (request, at) => more.push(...dialOf(request, at)), records);
  const take = overrides.take ?? (() => engine.take());
  // What is taken first is what was there before. A dial of it is not given to sinks.
  let isFirst = true;
  const changed: Overrides = {
    ...overrides,
    take() {
      const { changes, actions } = take();
      const own = isFirst ? [] : more.splice(0);
      isFirst = false;
      return { changes, actions: [...actions, ...own] };
    },
  };
  return new Proxy(engine, {
    get(target, name: keyof CampaignEngine) {
      return changed[name] ?? target[name].bind(target);
    },
  });
}

function dialOf({ id, campaignId, phoneNumber, status }: DialRequest, at: number): Action[] {
  if (!('contact' in status)) return [];
  const record = {
    dialId: randomUUID(),
    at,
    call: CALL,
    contactId: status.contact.contactId,
    dialRequestId: id,
    campaignId,
    phoneNumber,
  };
  return [{ kind: 'dial', record }];
}

/** @param change makes another action of one; null for none. */
function ofActions(engine: CampaignEngine, change: (action: Action) => Action | null): Overrides {
  return {
    take() {
      const { changes, actions } = engine.take();
      return { changes, actions: actions.flatMap((action) => change(action) ?? []) };
    },
  };
}

/** Changes what is told of every fifth end of a contact. */
function ofEnds(
  engine: CampaignEngine,
  change: (step: ContactStep) => ContactStep | null,
): Overrides {
  const isTurn = everyNth(WRONG_END);
  return ofActions(engine, (action) => {
    if (action.kind !== 'step' || action.step.stage !== 'DISCONNECTED' || !isTurn()) return action;
    const step = change(action.step);
    return step && { ...action, step };
  });
}

function ofRequests(
  engine: CampaignEngine,
  change: (requests: readonly NewDialRequest[]) => readonly NewDialRequest[],
): Overrides {
  return {
    accept: (campaignId, requests, now) => engine.accept(campaignId, change(requests), now),
  };
}

/** Contacts that wait when their campaign is moved are dialled all the same. */
function dialledAt(
  engine: CampaignEngine,
  state: 'Stopped' | 'Paused',
  dial: (request: DialRequest, at: number) => void,
): Overrides {
  return {
    move(id, to, now) {
      const waiting = [...engine.requests()]
        .filter(({ campaignId, status }) => campaignId === id && status.state === 'CREATED')
        .slice(0, WAITING_DIALLED);
      engine.move(id, to, now);
      if (to === state) for (const request of waiting) dial(request, now + LATER);
    },
  };
}

function acknowledged(
  campaignId: string,
  { id = randomUUID(), expiresIn, ...given }: NewDialRequest,
  now: number,
): DialRequest {
  return {
    id,
    serial: 0,
    campaignId,
    ...given,
    acceptedAt: now,
    expiresAt: now + expiresIn,
    status: { state: 'ACCEPTED', notBefore: 0, attempts: 0 },
  };
}
