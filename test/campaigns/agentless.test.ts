/** The agentless dialler: lines, pacing, the course of a call, and how each number ends. */

import { courseOf } from '../../campaigns/course/course.ts';
import { OUTCOMES } from '../../campaigns/course/outcomes.ts';
import type { CallSettings, Dial, DialStep } from '../../campaigns/records.ts';
import { accept, asking, campaign, engineWith, roadWith, START, statesOf } from './fixtures.ts';
import { Road } from './road.ts';

const secondsOf = (road: Road) => road.dials.map(({ at }) => (at - START) / 1_000);

const agentless = (dialingCapacity?: number, over = {}) =>
  campaign({
    settings: {
      dialerConfig: { agentlessDialerConfig: { ...(dialingCapacity && { dialingCapacity }) } },
      outboundCallConfig: { connectContactFlowId: 'flow', connectQueueId: 'queue' },
    },
    ...over,
  });

it.each([
  ['01', 'CONTACT_FLOW_DISCONNECT'],
  ['02', 'CONTACT_FLOW_DISCONNECT'],
  ['03', 'CONTACT_FLOW_DISCONNECT'],
  ['04', 'TELECOM_UNANSWERED'],
  ['05', 'TELECOM_BUSY'],
  ['06', 'TELECOM_NUMBER_INVALID'],
  ['07', 'TELECOM_PROBLEM'],
  ['08', 'CONTACT_FLOW_DISCONNECT'],
  ['09', 'CONTACT_FLOW_DISCONNECT'],
  ['10', 'CONTACT_FLOW_DISCONNECT'],
  ['11', 'CONTACT_FLOW_DISCONNECT'],
  ['12', 'TELECOM_TIMEOUT'],
  ['13', 'OUTBOUND_ATTEMPT_FAILED'],
  ['14', 'TELECOM_POTENTIAL_BLOCKING'],
  ['15', 'OUTBOUND_RESOURCE_ERROR'],
  ['17', 'CUSTOMER_DISCONNECT'],
  ['18', 'CONTACT_FLOW_DISCONNECT'],
])('+1 312 555 01%s ends as %s', (digits, reason) => {
  const road = roadWith();
  accept(road, 1, { phoneNumber: asking(digits) });
  road.advance(120_000);
  expect(road.dials).toHaveLength(1);
  expect(road.engine.counts('campaign-a')).toEqual({
    accepted: 0,
    submitting: 0,
    created: 0,
    preview: 0,
    dialing: 0,
    failed: {},
    ended: { [reason]: 1 },
  });
});

describe('pacing', () => {
  it('five dials a second at most, from the next whole second on', () => {
    const road = roadWith();
    road.advance(300);
    accept(road, 12);
    road.advance(60_000);
    expect(secondsOf(road)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
  });

  it('no more calls than lines, and the next call as soon as a line is free', () => {
    const road = roadWith({ concurrentCalls: 2 });
    accept(road, 25);
    road.advance(20_000);
    const { dials } = road;
    expect(dials.slice(0, 2).map(({ at }) => at)).toEqual([START, START]);
    let most = 0;
    for (let i = 0; i < 60_000; i += 100) {
      road.advance(100);
      most = Math.max(most, road.engine.counts('campaign-a').dialing);
    }
    expect(most).toBe(2);
    const ends = [...road.engine.requests()].flatMap(({ status }) =>
      status.state === 'ENDED' && status.dial !== null ? [status.at] : [],
    );
    expect(ends.length).toBeGreaterThan(2);
    for (const { at } of dials.slice(2)) expect(ends).toContain(at);
  });

  it('the first accepted are dialled first', () => {
    const road = roadWith();
    const requests = accept(road, 25);
    road.advance(10_000);
    expect(road.dials.map(({ dialRequestId }) => dialRequestId)).toEqual(
      requests.map(({ id }) => id),
    );
  });

  it.each([
    ['capacity alone', [0.1], [10]],
    ['capacities below one', [0.1, 0.3], [10, 30]],
    ['capacities above one share the lines', [1, 1, 0.5], [40, 40, 20]],
    ['without capacity: all', [undefined], [100]],
    ['one line at least', [0.01, 1], [1, 99]],
  ])('lines by %s', (_, capacities, lines) => {
    const campaigns = capacities.map((one, i) => agentless(one, { id: `campaign-${i}` }));
    const road = roadWith({ concurrentCalls: 100 }, campaigns);
    for (const { id } of campaigns) accept(road, 150, { phoneNumber: asking('04') }, id);
    road.advance(21_500);
    expect(campaigns.map(({ id }) => road.engine.counts(id).dialing)).toEqual(lines);
  });

  it('a campaign that stops leaves its lines to the others', () => {
    const ids = ['campaign-a', 'campaign-b'];
    const road = roadWith(
      { concurrentCalls: 4 },
      ids.map((id) => agentless(1, { id })),
    );
    for (const id of ids) accept(road, 25, { phoneNumber: asking('04') }, id);
    const dialing = () => ids.map((id) => road.engine.counts(id).dialing);
    road.advance(1_000);
    expect(dialing()).toEqual([2, 2]);
    road.step((engine, now) => engine.move('campaign-a', 'Stopped', now));
    road.advance(0);
    // The calls of the stopped campaign go on, and hold their lines.
    expect(dialing()).toEqual([2, 2]);
    road.advance(31_000);
    expect(dialing()).toEqual([0, 4]);
  });

  it('the instance without lines dials nobody, and every contact expires', () => {
    const road = roadWith({ concurrentCalls: 0 });
    const requests = accept(road, 25);
    road.advance(300_000);
    expect(road.dials).toEqual([]);
    expect(new Set(statesOf(road, requests))).toEqual(new Set(['EXPIRED']));
  });

  it('a contact that found no line in time is EXPIRED', () => {
    const road = roadWith({ concurrentCalls: 1 });
    const requests = accept(road, 25, { expiresIn: 30_000 });
    road.advance(30_000);
    expect(statesOf(road, requests).filter((one) => one === 'EXPIRED').length).toBeGreaterThan(20);
    expect(road.dials.every(({ at }) => at < START + 30_000)).toBe(true);
  });

  it('new settings count from the next pacing step', () => {
    const road = roadWith({ concurrentCalls: 10 }, [agentless(0.1)]);
    accept(road, 25, { phoneNumber: asking('04') });
    road.advance(5_000);
    expect(road.dials).toHaveLength(1);
    road.step((engine) => engine.putCampaign(agentless(0.4)));
    road.advance(0);
    expect(road.dials).toHaveLength(4);
  });
});

it.each([asking('19'), '+1-312-555-0119', '+447700900123', '+441110000000', '+448081570000'])(
  '%s is in a country that is not allowed: ended before any dial',
  (phoneNumber) => {
    const road = roadWith();
    const requests = accept(road, 1, { phoneNumber });
    road.advance(10_000);
    expect(statesOf(road, requests)).toEqual(['OUTBOUND_DESTINATION_ENDPOINT_ERROR']);
    expect(road.dials).toEqual([]);
  },
);

it('+44 1632 is allowed', () => {
  const road = roadWith();
  accept(road, 1, { phoneNumber: '+441632960123' });
  road.advance(10_000);
  expect(road.dials).toHaveLength(1);
});

it('+1 312 555 0116 never finds a line', () => {
  const road = roadWith();
  const requests = accept(road, 1, { phoneNumber: asking('16') });
  road.advance(300_000);
  expect(statesOf(road, requests)).toEqual(['EXPIRED']);
});

describe('the course of a call', () => {
  const call = (over: Partial<CallSettings> = {}): Dial => ({
    dialId: 'dial',
    at: START,
    call: { mode: 'agentless', detection: 'on', ringTimeout: 30_000, ...over },
  });
  const course = (digits: string, over: Partial<CallSettings> = {}, id = 'request') =>
    courseOf(42, { id, phoneNumber: asking(digits) }, call(over));
  const stepsOf = ({ steps }: ReturnType<typeof course>): DialStep[] =>
    steps.map(({ step }) => step);

  it('of an answered call: it rings, is detected, and hears the flow', () => {
    const { steps, detected, endsAt, reason } = course('01');
    expect(steps.map(({ step }) => step)).toEqual(['DIALING', 'RINGING', 'DETECTING', 'FLOW']);
    const [dialled, rings, answered, flow] = steps.map(({ at }) => at) as [
      number,
      number,
      number,
      number,
    ];
    expect(dialled).toBe(START);
    expect(answered - rings).toBeGreaterThanOrEqual(3_000);
    expect(answered - rings).toBeLessThanOrEqual(30_000);
    expect(flow - answered).toBeGreaterThanOrEqual(1_000);
    expect(flow - answered).toBeLessThanOrEqual(3_000);
    expect(detected).toEqual({ status: 'HUMAN_ANSWERED', at: flow });
    expect({ length: endsAt - flow, reason }).toEqual({
      length: 25_000,
      reason: 'CONTACT_FLOW_DISCONNECT',
    });
  });

  it.each(OUTCOMES.map((row) => [row.number, row] as const))(
    'number %s has its status',
    (digits, row) => {
      expect(course(digits).detected?.status ?? null).toBe(row.detection);
    },
  );

  it('of a machine: 15 s of flow, and 15 s more until the prompt is over', () => {
    const [on, prompt] = [course('02'), course('02', { detection: 'await-prompt' })];
    const flowAt = (one: typeof on) => one.steps.at(-1)?.at ?? 0;
    expect(on.endsAt - flowAt(on)).toBe(15_000);
    expect(flowAt(prompt) - flowAt(on)).toBe(15_000);
  });

  it.each(['01', '02', '11'])('without detection, number %s hears the whole flow', (digits) => {
    const off = course(digits, { detection: 'off' });
    expect(stepsOf(off)).toEqual(['DIALING', 'RINGING', 'FLOW']);
    expect(off.detected?.status).toBe('AMD_NOT_APPLICABLE');
    expect(off.endsAt - (off.steps.at(-1)?.at ?? 0)).toBe(25_000);
  });

  it('without detection, a call that nobody answers has no status', () => {
    expect(course('04', { detection: 'off' }).detected).toBeNull();
  });

  it('rings as long as the time-out', () => {
    const { steps, endsAt } = course('04', { ringTimeout: 15_000 });
    expect(endsAt - (steps[1]?.at ?? 0)).toBe(15_000);
    for (let i = 0; i < 200; i += 1) {
      const answered = course('01', { ringTimeout: 15_000 }, `request ${i}`);
      expect((answered.steps[2]?.at ?? 0) - (answered.steps[1]?.at ?? 0)).toBeLessThanOrEqual(
        15_000,
      );
    }
  });

  it('is a function of the seed, the request and the moment', () => {
    expect(course('01')).toEqual(course('01'));
    expect(course('01', {}, 'another')).not.toEqual(course('01'));
    const phoneNumber = asking('01');
    const later = { ...call(), at: START + 1 };
    expect(courseOf(42, { id: 'request', phoneNumber }, later).endsAt).not.toBe(
      course('01').endsAt + 1,
    );
    expect(courseOf(43, { id: 'request', phoneNumber }, call())).not.toEqual(course('01'));
  });

  it('the outcomes of ordinary numbers have their shares', () => {
    const counts = new Map<string, number>();
    const calls = 20_000;
    for (let i = 0; i < calls; i += 1) {
      const request = { id: `request ${i}`, phoneNumber: '+12025550123' };
      const { detected, reason } = courseOf(42, request, call());
      const name = detected?.status ?? reason;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    expect(OUTCOMES.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    for (const { share, detection, reason } of OUTCOMES) {
      const drawn = (counts.get(detection ?? reason ?? '') ?? 0) / calls;
      expect(Math.abs(drawn - share)).toBeLessThan(0.01);
      expect(drawn).toBeGreaterThan(0);
    }
  });
});

describe('after a restart', () => {
  it('a call goes on where it was: the same dialId, steps and end', () => {
    const [whole, broken] = [roadWith(), roadWith()];
    for (const road of [whole, broken]) {
      accept(road, 5, { phoneNumber: '+12025550123' });
      road.advance(6_000);
    }
    const again = new Road(engineWith({}, {}, broken.kept.values()), broken.now);
    for (const [key, record] of broken.kept) again.kept.set(key, record);
    again.flush();
    const dialling = broken.dials.filter(
      ({ dialRequestId }) => again.engine.request(dialRequestId)?.status.state === 'DIALING',
    );
    expect(dialling.length).toBeGreaterThan(2);
    expect(again.dials).toEqual(dialling);
    for (const road of [whole, again]) road.advance(120_000);
    expect([...again.engine.requests()]).toEqual([...whole.engine.requests()]);
  });

  it('steps that fell into the pause are at their moments', () => {
    const [whole, broken] = [roadWith(), roadWith()];
    for (const road of [whole, broken]) {
      accept(road, 5, { phoneNumber: asking('02') });
      road.advance(3_000);
    }
    const late = new Road(engineWith({}, {}, broken.kept.values()), broken.now + 600_000);
    late.flush();
    late.advance(0);
    whole.advance(600_000);
    expect([...late.engine.requests()]).toEqual([...whole.engine.requests()]);
  });

  it('the second of the restart has no more dials than another', () => {
    const road = roadWith();
    accept(road, 25);
    road.advance(0);
    expect(road.dials).toHaveLength(5);
    const again = new Road(engineWith({}, {}, road.kept.values()), START + 400);
    again.flush();
    again.advance(0);
    expect(again.dials).toEqual(road.dials);
    again.advance(600);
    expect(again.dials).toHaveLength(10);
  });
});
