/** The planner: the campaign engine in virtual time, with a feeder. */

import { hoursOf, readHours } from '../../feeders/sending/hours.ts';
import { ORDINARY, planCampaign } from '../../planner/plan.ts';
import { renderPlanHtml } from '../../reports/html/plan.ts';
import { planLines } from '../../reports/plan-text.ts';
import type { PlanAsked, PlanOutcome } from '../../run/plan.ts';

const asked = (over: Partial<PlanAsked> = {}): PlanAsked => ({
  ...ORDINARY,
  contacts: 400,
  agents: 10,
  seeds: [1],
  ...over,
});

async function outcome(over: Partial<PlanAsked> = {}): Promise<PlanOutcome> {
  const [only] = (await planCampaign(asked(over))).outcomes;
  if (!only) throw new Error('there is no outcome');
  return only;
}

const HOUR = 3_600_000;

describe('every contact ends in one way', () => {
  it.each([
    ['progressive', 'fill'],
    ['predictive', 'fill'],
    ['preview', 'fill'],
    ['agentless', 'fill'],
    ['progressive', 'blast'],
    ['predictive', 'blast'],
    ['agentless', 'blast'],
  ] as const)('%s, %s', async (mode, feeder) => {
    const contacts = 3_000;
    const one = await outcome({ mode, feeder, contacts });
    const ended = Object.values(one.ended).reduce((sum, n) => sum + n, 0);
    expect(ended + one.expired + one.failed).toBe(contacts);
    expect(one.sendings).toBe(contacts + one.throttled + one.expiries - one.expired);
    expect(one.series.at(-1)).toMatchObject({ toMs: one.durationMs, over: contacts });
    const summed = (of: 'dials' | 'reached' | 'expired') =>
      one.series.reduce((sum, point) => sum + point[of], 0);
    expect([summed('dials'), summed('reached'), summed('expired')]).toEqual([
      one.dialled,
      one.reached,
      one.expired,
    ]);
    expect(one.reached).toBeLessThanOrEqual(one.answered);
  });
});

it('gives the same for the same seed, and something else for another', async () => {
  const [first, again, other] = [await outcome(), await outcome(), await outcome({ seeds: [2] })];
  expect(again).toEqual(first);
  expect(other.durationMs).not.toBe(first.durationMs);
});

it('dials as fast as the agents allow: 10 of them reach about 135 customers in an hour', async () => {
  const { reachedAnHour, occupancy, dialled, expired } = await outcome({ contacts: 2_000 });
  expect({ dialled, expired }).toEqual({ dialled: 2_000, expired: 0 });
  // Of 3600 s, 210 go to each customer, in the share of the time in which the agents are occupied.
  expect(Math.abs((reachedAnHour ?? 0) * 210 - (occupancy ?? 0) * 3_600)).toBeLessThan(250);
  expect(occupancy).toBeGreaterThan(0.7);
});

it('abandons nobody in the progressive mode, and some in the predictive one, whose agents are busier', async () => {
  const progressive = await outcome({ contacts: 3_000, agents: 20 });
  const predictive = await outcome({ contacts: 3_000, agents: 20, mode: 'predictive' });
  expect(progressive.abandoned).toBe(0);
  expect(predictive.abandonment).toBeGreaterThan(0);
  expect(predictive.abandonment).toBeLessThan(0.08);
  expect(predictive.occupancy ?? 0).toBeGreaterThan(progressive.occupancy ?? 1);
});

it('loses most contacts of a feeder that sends as fast as it may and never again', async () => {
  const fill = await outcome({ contacts: 4_000 });
  const blast = await outcome({ contacts: 4_000, feeder: 'blast' });
  expect(fill.expired).toBe(0);
  expect(blast.expired).toBeGreaterThan(2_500);
  expect(blast.throttled).toBeGreaterThan(0);
  expect(blast.durationMs).toBeLessThan(fill.durationMs / 2);
});

it('feeds by half the life of a dial request: what idle agents dial at once is no rate', async () => {
  const { expiries, sendings } = await outcome({ mode: 'predictive', contacts: 1_000, agents: 25 });
  expect(expiries / sendings).toBeLessThan(0.08);
});

it('makes no more calls of BatchPutContact than the quota allows', async () => {
  const { calls, durationMs } = await outcome({ contacts: 5_000, feeder: 'blast' });
  expect(calls.contacts).toBeLessThanOrEqual(15 + durationMs / 100);
});

describe('the hours', () => {
  it('stop the feeder at night, and the agents with it', async () => {
    const hours = { from: '09:00', to: '11:00' };
    const { durationMs, feedingMs, occupancy } = await outcome({ contacts: 2_000, hours });
    expect(durationMs).toBeGreaterThan(48 * HOUR);
    expect(feedingMs).toBeLessThan(durationMs / 6);
    expect(occupancy).toBeGreaterThan(0.7);
  });

  it('can miss the shifts', async () => {
    const shifts = [{ from: '01:00', to: '02:00', agents: 5 }];
    const over = { agents: null, shifts, hours: { from: '09:00', to: '11:00' } };
    await expect(outcome(over)).rejects.toThrow(/do not meet/);
  });

  it('are open from one time to another, over midnight too', () => {
    const at = (day: number, hour: number) => (day * 24 + hour) * HOUR;
    const day = hoursOf({ from: '09:00', to: '17:00' });
    expect([day.isOpen(at(3, 9)), day.isOpen(at(3, 17)), day.isOpen(at(3, 8))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(day.nextOpen(at(3, 18))).toBe(at(4, 9));
    expect(day.open(at(3, 0), at(5, 10))).toBe((8 + 8 + 1) * HOUR);
    const night = hoursOf({ from: '22:00', to: '02:00' });
    expect([night.isOpen(at(3, 23)), night.isOpen(at(3, 1)), night.isOpen(at(3, 2))]).toEqual([
      true,
      true,
      false,
    ]);
    expect(night.open(at(3, 0), at(4, 0))).toBe(4 * HOUR);
  });

  it.each(['9-17', '09:00-09:00', '25:00-26:00', '09:00'])('cannot be %s', (text) => {
    expect(() => readHours(text)).toThrow(/such as 09:00-20:00|write it as 09:00/);
  });
});

it.each<[string, Partial<PlanAsked>, RegExp]>([
  ['no contacts', { contacts: 0 }, /contacts: 0 is not a whole number/],
  ['no agents', { agents: 0 }, /without agents nobody is dialled/],
  ['no lines', { concurrentCalls: 0 }, /no concurrent calls nobody is dialled/],
  ['no bandwidth', { bandwidth: 0 }, /a bandwidth of 0 nobody is dialled/],
  ['a long life', { expirySeconds: 901 }, /901 is not a whole number from 30 to 900/],
])('cannot have %s', async (_, over, sentence) => {
  await expect(planCampaign(asked(over))).rejects.toThrow(sentence);
});

it('shows the middle and the ends of its seeds', async () => {
  const plan = await planCampaign(asked({ seeds: [3, 1, 2] }));
  const reached = plan.outcomes.map((one) => one.reached).sort((a, b) => a - b);
  expect(plan.spread.reached).toEqual({
    least: reached[0],
    median: reached[1],
    most: reached[2],
  });
  const text = planLines(plan).join('\n');
  expect(text).toContain('400 contacts, progressive, 10 agents, feeder fill');
  expect(text).toContain('The feeder "fill" keeps');
  expect(text).toMatch(/Contacts dialled +400 \(100 %\)/);
});

it('is a page without a script, with charts in days or hours', async () => {
  const short = renderPlanHtml(await planCampaign(asked()));
  expect(short).not.toContain('<script');
  expect(short).toContain('400 contacts, progressive, 10 agents, feeder fill');
  expect(short).toMatch(/>1 h<\/text>/);
  const hours = { from: '09:00', to: '10:00' };
  const long = renderPlanHtml(await planCampaign(asked({ contacts: 2_400, hours })));
  expect(long).toMatch(/>2 d<\/text>/);
  expect(long).toContain('The agents are there in the feeder’s hours.');
});

it('ends at Ctrl-C, and says so', async () => {
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const plan = await planCampaign(asked({ contacts: 20_000 }), { signal: stop.signal, onProgress });
  expect(plan).toMatchObject({ interrupted: true, outcomes: [] });
  expect(planLines(plan).at(-1)).toMatch(/interrupted/);
});
