/** The diallers with agents: who gets which call, how many calls are out, and how each number ends. */

import type { EngineOptions, NewDialRequest } from '../../campaigns/campaign-engine.ts';
import { courseOf } from '../../campaigns/course/course.ts';
import type { Campaign, DialRequest } from '../../campaigns/records.ts';
import { checkStaff, rosterOf } from '../../campaigns/shifts.ts';
import {
  accept,
  asking,
  campaign,
  engineWith,
  type MannedMode as Mode,
  manned,
  nameOf,
  START,
  statesOf,
} from './fixtures.ts';
import { Road } from './road.ts';

const HOUR = 3_600_000;
const ORDINARY = '+12025550123';

function roadOf(campaigns: readonly Campaign[], agents: EngineOptions['agents'] = {}): Road {
  const choices = { pendingLimit: 100_000, concurrentCalls: 1_000 };
  const road = new Road(engineWith(choices, { agents }), START);
  for (const one of campaigns) road.step((engine) => engine.putCampaign(one));
  return road;
}

/** What the records say of the agents of all queues, and of the calls that may come to need one. */
function seen(road: Road) {
  const busy = new Map<string, number>();
  const of = new Map<string, number>();
  let out = 0;
  let waiting = 0;
  for (const { status, campaignId } of road.engine.requests()) {
    if (status.state === 'DIALING') {
      if (['DIALING', 'RINGING', 'DETECTING'].includes(status.step)) out += 1;
      if (status.step === 'QUEUED') waiting += 1;
    }
    const agent = 'agent' in status ? status.agent : undefined;
    if (agent === undefined || ('freeAt' in agent && (agent.freeAt as number) <= road.now))
      continue;
    const key = `${agent.queueId} ${agent.number}`;
    busy.set(key, (busy.get(key) ?? 0) + 1);
    of.set(campaignId, (of.get(campaignId) ?? 0) + 1);
  }
  return { busy, of, out, waiting };
}

/** Keeps a campaign supplied, and looks at it every so often. */
function work(
  road: Road,
  milliseconds: number,
  over: Partial<NewDialRequest> = {},
  ids: readonly string[] = ['campaign-a'],
  look: () => void = () => {},
  every = 1_000,
): void {
  const until = road.now + milliseconds;
  while (road.now < until) {
    for (const id of ids) {
      const missing = 60 - road.engine.pending(id);
      if (missing > 25) accept(road, 25, { phoneNumber: ORDINARY, ...over }, id);
    }
    road.advance(every);
    look();
  }
}

describe.each<Mode>(['progressive', 'predictive', 'preview'])('%s', (mode) => {
  it.each([
    ['02', 'CONTACT_FLOW_DISCONNECT'],
    ['03', 'CONTACT_FLOW_DISCONNECT'],
    ['04', 'TELECOM_UNANSWERED'],
    ['05', 'TELECOM_BUSY'],
    ['06', 'TELECOM_NUMBER_INVALID'],
    ['07', 'TELECOM_PROBLEM'],
    ['11', 'CONTACT_FLOW_DISCONNECT'],
    ['12', 'TELECOM_TIMEOUT'],
    ['13', 'OUTBOUND_ATTEMPT_FAILED'],
    ['14', 'TELECOM_POTENTIAL_BLOCKING'],
    ['15', 'OUTBOUND_RESOURCE_ERROR'],
    ['16', 'EXPIRED'],
    ['19', 'OUTBOUND_DESTINATION_ENDPOINT_ERROR'],
  ])('+1 312 555 01%s ends as %s', (digits, reason) => {
    const road = roadOf([manned(mode, { agentActions: [] })]);
    const requests = accept(road, 1, { phoneNumber: asking(digits) });
    road.advance(600_000);
    expect(statesOf(road, requests)).toEqual([reason]);
  });

  it.each(['01', '08', '09', '10'])('+1 312 555 01%s talks with an agent', (digits) => {
    const road = roadOf([manned(mode, { agentActions: [] })]);
    const [request] = accept(road, 1, { phoneNumber: asking(digits) });
    road.advance(HOUR);
    const status = road.engine.request((request as DialRequest).id)?.status;
    expect(['CUSTOMER_DISCONNECT', 'AGENT_DISCONNECT']).toContain(nameOf(status));
    expect(status).toMatchObject({ agent: { queueId: 'queue', number: 0 } });
  });

  it('no agent has two contacts, and nobody waits while an agent is idle', () => {
    const road = roadOf([manned(mode)], { count: 3 });
    let most = 0;
    work(road, HOUR / 3, {}, ['campaign-a'], () => {
      const { busy, waiting } = seen(road);
      expect(Math.max(0, ...busy.values())).toBeLessThan(2);
      expect([...busy.keys()].every((key) => Number(key.split(' ')[1]) < 3)).toBe(true);
      // Number 0117 waits although an agent is idle. It is not among these.
      if (waiting > 0) expect(busy.size).toBe(3);
      most = Math.max(most, busy.size);
    });
    expect(most).toBe(3);
  });

  it('without agents nobody is called, and every contact expires', () => {
    const road = roadOf([manned(mode)], { count: 0 });
    const requests = accept(road, 25, { expiresIn: 60_000 });
    road.advance(60_000);
    expect(road.dials).toEqual([]);
    expect(new Set(statesOf(road, requests))).toEqual(new Set(['EXPIRED']));
  });

  it('a bandwidth of 0 dials nobody', () => {
    const road = roadOf([manned(mode, { bandwidthAllocation: 0 })]);
    accept(road, 25);
    road.advance(HOUR);
    expect(road.dials).toEqual([]);
  });

  it('calls as many at a time as there are lines', () => {
    const road = new Road(engineWith({ concurrentCalls: 2 }), START);
    road.step((engine) => engine.putCampaign(manned(mode)));
    let most = 0;
    work(road, 600_000, {}, ['campaign-a'], () => {
      const { dialing, preview } = road.engine.counts('campaign-a');
      most = Math.max(most, dialing + preview);
    });
    expect(most).toBe(2);
  });
});

describe('progressive', () => {
  it('no more calls are out than agents are idle', () => {
    const road = roadOf([manned('progressive')], { count: 5 });
    let most = 0;
    work(road, HOUR / 2, {}, ['campaign-a'], () => {
      const { busy, out } = seen(road);
      most = Math.max(most, out);
      expect(out).toBeLessThanOrEqual(5 - busy.size);
    });
    expect(most).toBe(5);
    expect(abandonedShare(road)).toBe(0);
  });

  it('a bandwidth of 2 calls twice as many customers as there are agents', () => {
    const road = roadOf([manned('progressive', { bandwidthAllocation: 2 })], { count: 5 });
    accept(road, 25, { phoneNumber: asking('04') });
    road.advance(1_000);
    expect(seen(road).out).toBe(10);
  });

  it('campaigns share the agents of a queue by their bandwidth', () => {
    const ids = ['campaign-a', 'campaign-b'];
    const road = roadOf(
      ids.map((id, i) => manned('progressive', { bandwidthAllocation: i ? 0.3 : 0.7 }, { id })),
    );
    work(road, HOUR, { phoneNumber: asking('01') }, ids, () => {
      const { of } = seen(road);
      expect(of.get('campaign-a') ?? 0).toBeLessThanOrEqual(7);
      expect(of.get('campaign-b') ?? 0).toBeLessThanOrEqual(3);
    });
    const [a, b] = ids.map(
      (id) => road.dials.filter(({ campaignId }) => campaignId === id).length,
    ) as [number, number];
    expect(a / (a + b)).toBeGreaterThan(0.6);
    expect(a / (a + b)).toBeLessThan(0.8);
  });

  it('two campaigns of full bandwidth take turns', () => {
    const ids = ['campaign-a', 'campaign-b'];
    const road = roadOf(ids.map((id) => manned('progressive', {}, { id })));
    let out = 0;
    work(road, HOUR, {}, ids, () => {
      const now = seen(road);
      out = Math.max(out, now.out + now.busy.size);
    });
    expect(out).toBe(10);
    const [a, b] = ids.map(
      (id) => road.dials.filter(({ campaignId }) => campaignId === id).length,
    ) as [number, number];
    expect(a / (a + b)).toBeGreaterThan(0.4);
    expect(a / (a + b)).toBeLessThan(0.6);
  });

  it('a campaign of another queue has other agents', () => {
    const other = manned('progressive', {}, { id: 'campaign-b' }, 'another');
    const road = roadOf([manned('progressive'), other], {
      count: 2,
      queues: { another: { count: 4 } },
    });
    for (const id of ['campaign-a', 'campaign-b']) {
      accept(road, 25, { phoneNumber: asking('04') }, id);
    }
    road.advance(1_000);
    expect(['campaign-a', 'campaign-b'].map((id) => road.engine.counts(id).dialing)).toEqual([
      2, 4,
    ]);
  });
});

/** The share of customers who waited too long, or gave up, among those who came to the queue. */
function abandonedShare(road: Road, from = START): number {
  let [connected, abandoned] = [0, 0];
  for (const request of road.engine.requests()) {
    const { status } = request;
    if (status.state !== 'ENDED' || status.dial === null || status.at < from) continue;
    const { talk } = courseOf(42, request, status.dial);
    if (talk === null) continue;
    connected += 1;
    if (status.agent === undefined || status.agent.at - talk.waitsFrom > 2_000) abandoned += 1;
  }
  expect(connected).toBeGreaterThan(25);
  return abandoned / connected;
}

describe('predictive', () => {
  it('keeps abandonment near its target, and is ahead of the progressive dialler', () => {
    const reached = (mode: Mode, config = {}) => {
      const road = roadOf([manned(mode, config)], { count: 20 });
      work(road, 6 * HOUR, {}, ['campaign-a'], () => {}, 5_000);
      return { dials: road.dials.length, share: abandonedShare(road) };
    };
    const target = (targetRate: number) => ({
      pacingStrategies: [
        {
          abandonmentRate: {
            targetRate,
            connectionStartPoint: 'CONNECTED_TO_SYSTEM',
            connectionThresholdSeconds: 2,
            evaluationWindow: 'PT1H',
          },
        },
      ],
    });
    const [strict, loose] = [
      reached('predictive', target(0.03)),
      reached('predictive', target(0.15)),
    ];
    const progressive = reached('progressive');
    expect(strict.share).toBeGreaterThan(0.015);
    expect(strict.share).toBeLessThan(0.045);
    expect(loose.share).toBeGreaterThan(0.11);
    expect(loose.share).toBeLessThan(0.19);
    expect(progressive.share).toBe(0);
    expect(strict.dials).toBeGreaterThan(progressive.dials);
    expect(loose.dials).toBeGreaterThan(strict.dials * 1.1);
  });

  it('calls no more than three customers at a time for each agent', () => {
    const road = roadOf([manned('predictive')], { count: 5 });
    let most = 0;
    // Nobody answers, so the dialler learns to call many.
    work(road, 1_200_000, { phoneNumber: asking('04') }, ['campaign-a'], () => {
      most = Math.max(most, seen(road).out);
    });
    expect(most).toBe(15);
  });
});

describe('preview', () => {
  const first = (road: Road, requests: readonly DialRequest[]) =>
    road.engine.request(requests[0]?.id ?? '')?.status;

  it('an idle agent gets the contact, then it is called, and the same agent talks', () => {
    const road = roadOf([manned('preview')], { count: 1 });
    const requests = accept(road, 2, { phoneNumber: asking('01') });
    road.advance(1_000);
    expect(statesOf(road, requests)).toEqual(['PREVIEW', 'CREATED']);
    expect(road.dials).toEqual([]);
    road.advance(30_000);
    expect(first(road, requests)).toMatchObject({
      state: 'DIALING',
      agent: { queueId: 'queue', number: 0 },
    });
    road.advance(33_000);
    expect(first(road, requests)).toMatchObject({ step: 'WITH_AGENT', agent: { number: 0 } });
    expect(statesOf(road, requests)[1]).toBe('CREATED');
  });

  it('number 0118 is discarded, and the agent gets the next contact', () => {
    const road = roadOf([manned('preview')], { count: 1 });
    const requests = accept(road, 2, { phoneNumber: asking('18') });
    road.advance(60_000);
    expect(statesOf(road, requests)).toEqual(Array(2).fill('OUTBOUND_PREVIEW_DISCARDED'));
    expect(road.dials).toEqual([]);
    const ends = requests.map(({ id }) => road.engine.request(id)?.status);
    expect(ends[0]).toMatchObject({ dial: null, agent: { number: 0 } });
    expect(ends[1]).toMatchObject({ agent: { at: (ends[0] as { at: number }).at } });
  });

  it('one in twenty is discarded, and none where the agent may not', () => {
    const discarded = (config = {}) => {
      const road = roadOf([manned('preview', config)], { count: 900 });
      for (let i = 0; i < 36; i += 1) accept(road, 25, { phoneNumber: ORDINARY });
      road.advance(40_000);
      return road.engine.counts('campaign-a').ended.OUTBOUND_PREVIEW_DISCARDED ?? 0;
    };
    const share = discarded() / 900;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.07);
    expect(discarded({ agentActions: [] })).toBe(0);
  });

  it('is called at the latest when the time is over', () => {
    const config = { timeoutConfig: { durationInSeconds: 5 }, agentActions: [] };
    const road = roadOf([manned('preview', config)], { count: 25 });
    accept(road, 25);
    road.advance(4_999);
    const before = road.dials.length;
    road.advance(1);
    expect(before).toBeGreaterThan(2);
    expect(road.dials).toHaveLength(25);
    expect(road.dials.filter(({ at }) => at === START + 5_000)).toHaveLength(25 - before);
  });

  it.each([
    ['Paused', 'EXPIRED'],
    ['Stopped', 'DISCARDED'],
  ] as const)('goes on when its campaign is %s, and does not expire', (state, other) => {
    const road = roadOf([manned('preview', { agentActions: [] })], { count: 1 });
    const requests = accept(road, 2, { expiresIn: 30_000 });
    road.advance(1_000);
    road.step((engine, now) => engine.move('campaign-a', state, now));
    road.advance(32_000);
    expect(statesOf(road, requests)).toEqual(['DIALING', other]);
  });

  it('StopContact discards the contact, and the agent gets another', () => {
    const road = roadOf([manned('preview')], { count: 1 });
    const requests = accept(road, 2);
    road.advance(1_000);
    const status = first(road, requests);
    if (status?.state !== 'PREVIEW') throw new Error('there is no preview');
    road.step((engine, now) => engine.stopContact(status.contact.contactId, now));
    road.advance(0);
    expect(statesOf(road, requests)).toEqual(['DISCARDED', 'PREVIEW']);
  });
});

describe('a call with an agent', () => {
  it('number 0117 hangs up in the queue although an agent is idle', () => {
    const road = roadOf([manned('progressive')]);
    const [request] = accept(road, 1, { phoneNumber: asking('17') });
    road.advance(HOUR);
    const status = road.engine.request((request as DialRequest).id)?.status;
    expect(nameOf(status)).toBe('CUSTOMER_DISCONNECT');
    expect(status).not.toHaveProperty('agent');
  });

  it('without detection, a machine talks with an agent, who hangs up', () => {
    const settings = {
      dialerConfig: { progressiveDialerConfig: { bandwidthAllocation: 1 } },
      outboundCallConfig: { connectContactFlowId: 'flow', connectQueueId: 'queue' },
    };
    const road = roadOf([campaign({ settings })]);
    const [request] = accept(road, 1, { phoneNumber: asking('02') });
    road.advance(HOUR);
    expect(road.engine.request((request as DialRequest).id)?.status).toMatchObject({
      reason: 'AGENT_DISCONNECT',
      agent: { number: 0 },
    });
  });

  it('StopContact hangs up, and the agent has work after the call', () => {
    const road = roadOf([manned('progressive')], { count: 1 });
    const [request] = accept(road, 1, { phoneNumber: asking('01') });
    road.advance(34_000);
    const { id } = request as DialRequest;
    const status = road.engine.request(id)?.status;
    if (status?.state !== 'DIALING') throw new Error('there is no call');
    expect(status.step).toBe('WITH_AGENT');
    road.step((engine, now) => engine.stopContact(status.contact.contactId, now));
    const ended = road.engine.request(id)?.status;
    if (ended?.state !== 'ENDED' || ended.agent === undefined) throw new Error('it did not end');
    expect(ended.reason).toBe('API');
    const { freeAt } = ended.agent;
    expect(freeAt).toBeGreaterThan(road.now);
    accept(road, 1);
    road.advance(freeAt - 1 - road.now);
    expect(road.dials).toHaveLength(1);
    road.advance(1_000);
    expect(road.dials).toHaveLength(2);
  });

  it('lasts 180 seconds on average, the work after it 30', () => {
    const calls = Array.from({ length: 5_000 }, (_, i) => {
      const call = { mode: 'progressive', detection: 'on', ringTimeout: 30_000 } as const;
      const request = { id: `request ${i}`, phoneNumber: asking('01') };
      const { talk } = courseOf(42, request, { dialId: 'dial', at: START, call });
      if (talk === null) throw new Error('nobody answers');
      return talk;
    });
    const mean = (of: (talk: (typeof calls)[number]) => number) =>
      calls.reduce((sum, talk) => sum + of(talk), 0) / calls.length;
    const handle = mean(({ handle }) => handle);
    expect(Math.abs(handle - 180_000)).toBeLessThan(6_000);
    const deviation = Math.sqrt(mean((talk) => (talk.handle - handle) ** 2));
    expect(Math.abs(deviation / handle - 0.6)).toBeLessThan(0.05);
    expect(Math.abs(mean(({ afterCall }) => afterCall) - 30_000)).toBeLessThan(2_000);
    const customer = mean(({ reason }) => Number(reason === 'CUSTOMER_DISCONNECT'));
    expect(Math.abs(customer - 0.6)).toBeLessThan(0.03);
  });

  it('a campaign that is dropped leaves its agents to others', () => {
    const ids = ['campaign-a', 'campaign-b'];
    const road = roadOf(
      ids.map((id) => manned('progressive', {}, { id })),
      { count: 1 },
    );
    accept(road, 1, { phoneNumber: asking('01') });
    road.advance(34_000);
    expect(seen(road).busy.size).toBe(1);
    accept(road, 1, {}, 'campaign-b');
    road.step((engine, now) => engine.move('campaign-a', 'Stopped', now));
    road.step((engine) => engine.dropCampaign('campaign-a'));
    road.advance(1_000);
    expect(road.engine.counts('campaign-b').dialing).toBe(1);
  });
});

describe('shifts', () => {
  // START is at 08:00 UTC.
  const shifts = [
    { from: '09:00', to: '10:00', agents: 2 },
    { from: '09:30', to: '10:00', agents: 3 },
  ];
  const busyAt = (road: Road, minutes: number) => {
    work(
      road,
      START + minutes * 60_000 - road.now,
      { phoneNumber: asking('01') },
      undefined,
      undefined,
      1_000,
    );
    return seen(road).busy.size + seen(road).out;
  };

  it('agents come and go; whoever has a call finishes it', () => {
    const road = roadOf([manned('progressive')], { shifts });
    expect(busyAt(road, 59.9)).toBe(0);
    expect(busyAt(road, 60.1)).toBe(2);
    expect(busyAt(road, 90.1)).toBe(5);
    const before = road.dials.length;
    expect(busyAt(road, 119)).toBeGreaterThan(0);
    expect(road.dials.length).toBeGreaterThan(before);
    const last = road.dials.length;
    expect(busyAt(road, 120.1)).toBeGreaterThan(0);
    expect(busyAt(road, 180)).toBe(0);
    const late = road.dials.slice(last).filter(({ at }) => at >= START + 120 * 60_000);
    expect(late).toEqual([]);
    const ends = [...road.engine.requests()].flatMap(({ status }) =>
      status.state === 'ENDED' && status.agent ? [status.at] : [],
    );
    expect(Math.max(...ends)).toBeGreaterThan(START + 120 * 60_000);
  });

  it.each([false, true])(
    'a customer who waits when a shift begins gets an agent (restart: %s)',
    (restarts) => {
      const overbooked = manned('progressive', { bandwidthAllocation: 2 });
      const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString().slice(11, 16);
      const agents = {
        shifts: [
          { from: '00:00', to: '24:00', agents: 5 },
          { from: at(60), to: at(120), agents: 5 },
        ],
      };
      let road = roadOf([overbooked], agents);
      road.advance(40_000);
      accept(road, 10, { phoneNumber: asking('01') });
      road.advance(19_999);
      if (restarts) road = new Road(engineWith({}, { agents }, road.kept.values()), road.now);
      const { waiting, busy } = seen(road);
      expect(waiting).toBeGreaterThan(0);
      road.advance(1);
      expect(seen(road)).toMatchObject({ waiting: 0 });
      expect(seen(road).busy.size).toBe(busy.size + waiting);
    },
  );

  it.each([
    [{ shifts: [{ from: '9:00', to: '10:00', agents: 1 }] }, 'the time 9:00'],
    [{ shifts: [{ from: '09:60', to: '10:00', agents: 1 }] }, 'the time 09:60'],
    [{ shifts: [{ from: '09:00', to: '24:01', agents: 1 }] }, 'the time 24:01'],
    [{ shifts: [{ from: '24:00', to: '01:00', agents: 1 }] }, 'begin at 24:00'],
    [{ shifts: [{ from: '09:00', to: '10:00', agents: -1 }] }, 'cannot have -1 agents'],
    [{ count: 1.5 }, 'cannot have 1.5 agents'],
    [{ queues: { queue: { count: 1e9 } } }, 'cannot have 1000000000 agents'],
  ])('%j is refused', (plan, sentence) => {
    expect(() => checkStaff(plan)).toThrow(sentence);
  });

  it.each([
    ['22:00', '06:00', '05:59', 1],
    ['22:00', '06:00', '06:00', 0],
    ['22:00', '06:00', '21:59', 0],
    ['22:00', '06:00', '22:00', 1],
    ['09:00', '24:00', '23:59', 1],
    ['09:00', '24:00', '00:00', 0],
    ['09:00', '09:00', '08:59', 1],
  ])('from %s to %s: at %s there are %s', (from, to, time, agents) => {
    const roster = rosterOf({ shifts: [{ from, to, agents: 1 }] });
    expect(roster.at(Date.parse(`2027-01-15T${time}:00Z`))).toBe(agents);
  });

  it('the number changes at no other moment than the next change', () => {
    const roster = rosterOf({ shifts: [...shifts, { from: '22:00', to: '06:00', agents: 1 }] });
    for (let at = START, end = START + 48 * HOUR; at < end; ) {
      const next = roster.nextChange(at);
      if (next === null) throw new Error('the shifts end for ever');
      expect(roster.at(next - 1)).toBe(roster.at(at));
      expect(roster.at(next)).not.toBe(roster.at(at));
      at = next;
    }
  });
});

describe('after a restart', () => {
  it.each<Mode>(['progressive', 'predictive', 'preview'])(
    'in mode %s, agents, calls and waits are as they were',
    (mode) => {
      const road = roadOf(
        [manned(mode, mode === 'progressive' ? { bandwidthAllocation: 2 } : {})],
        {
          count: 3,
        },
      );
      work(road, 1_200_000);
      for (let i = 0; i < 40; i += 1) {
        // No further dials, so that both go on alike.
        const choices = { concurrentCalls: 0 };
        const copy = (): Road => {
          const options = { agents: { count: 3 } };
          const again = new Road(engineWith(choices, options, road.kept.values()), road.now);
          again.flush();
          return again;
        };
        const [one, another] = [copy(), copy()];
        one.advance(5_000);
        const twice = new Road(
          engineWith(choices, { agents: { count: 3 } }, withRecords(road, one)),
          one.now,
        );
        twice.flush();
        for (const each of [another, twice]) each.advance(HOUR - (each.now - road.now));
        expect(ended(twice)).toEqual(ended(another));
        work(road, 7_000);
      }
      expect(new Set(road.dials.map(({ dialRequestId }) => dialRequestId)).size).toBe(
        road.dials.length,
      );
    },
  );

  function withRecords(road: Road, later: Road) {
    return new Map([...road.kept, ...later.kept]).values();
  }

  /** The dials that came after a restart have other ids. */
  function ended(road: Road) {
    return [...road.engine.requests()].flatMap(({ id, status }) =>
      status.state === 'ENDED' && status.dial ? [{ id, ...status, dial: status.dial.at }] : [],
    );
  }
});
