/** What is told of calls and agents: by the handle of a test, and by the control door. */

import { join } from 'node:path';
import { startEmulator } from '../../door/emulator.ts';
import { callFigures } from '../../load/drive/road-figures.ts';
import { dialRequestsOf } from '../../load/drive/road-records.ts';
import { membersOf } from '../../load/lib/campaign-members.ts';
import { ASKED_NUMBERS } from '../../operation/campaigns/asked-numbers.ts';
import { tempDir } from '../support/temp-dir.ts';

const { HUMAN_ANSWERED, VOICEMAIL_BEEP, SIT_TONE_BUSY, EXPIRED } = ASKED_NUMBERS;
const NUMBERS = [HUMAN_ANSWERED, HUMAN_ANSWERED, VOICEMAIL_BEEP, SIT_TONE_BUSY, EXPIRED];

async function campaign(mode: 'progressive' | 'predictive' | 'agentless', dataDir?: string) {
  const emulator = await startEmulator({
    agents: { count: 2 },
    controlPort: 0,
    ...(dataDir !== undefined && { dataDir }),
  });
  const door = emulator.controlUrl ?? '';
  const settings = { mode, bandwidth: 1, capacity: 1, detection: true };
  const { id } = await emulator.campaigns.run({
    version: 2,
    members: { ...membersOf(2, settings) },
  });
  for (const phoneNumber of NUMBERS) {
    await fetch(`${door}/dial-requests`, {
      method: 'POST',
      body: JSON.stringify({
        campaignId: id,
        dialRequestId: crypto.randomUUID(),
        clientToken: '',
        phoneNumber,
        expiresInSeconds: 900,
      }),
    });
  }
  const figures = () => {
    const told = emulator.campaigns.figures(id);
    if (!told) throw new Error('the campaign is not there');
    return told;
  };
  return { emulator, door, figures };
}

it.each(['progressive', 'predictive'] as const)(
  'counts answers and the time of agents: %s',
  async (mode) => {
    const { emulator, door, figures } = await campaign(mode);
    await using _ = emulator;
    await emulator.clock.advance({ seconds: 4 });
    const early = figures();
    const goingOn = Object.values(early.calls.steps).reduce((sum, n) => sum + n, 0);
    expect(goingOn).toBe(early.dialRequests.dialing);
    await emulator.clock.advance({ minutes: 60 });
    const { calls, queues, abandonment } = figures();
    const talked = emulator.campaigns
      .dialRequests()
      .filter(({ agentAt, dialId }) => agentAt !== null && dialId !== null);
    expect(calls).toMatchObject({ dials: 4, humans: 2, machines: 1, reached: talked.length });
    expect(calls.connected).toBe(talked.length);
    expect(calls.waited).toBe(2);
    expect(abandonment).toBe(calls.abandoned / 2);
    expect(queues).toMatchObject([{ onShift: 2, idle: 2, busy: 0, waiting: 0 }]);
    const [queue] = queues;
    // The time with the customer, at least.
    const talking = talked.reduce((sum, one) => sum + (one.endedAt ?? 0) - (one.agentAt ?? 0), 0);
    expect(queue?.busyMs).toBeGreaterThanOrEqual(talking);
    expect(queue?.shiftMs).toBeGreaterThan(2 * 59 * 60_000);
    expect(queue?.occupancy).toBeCloseTo((queue?.busyMs ?? 0) / (queue?.shiftMs ?? 1));
    const answer = await fetch(`${door}/campaigns`);
    expect(await answer.json()).toMatchObject({
      now: expect.stringMatching(/^20/),
      campaigns: [{ calls: { dials: 4, humans: 2 } }],
      queues: [{ onShift: 2, busyMs: queue?.busyMs }],
    });
  },
);

it('counts who heard the flow of an agentless campaign, and takes the stages from the dial requests', async () => {
  const { emulator, door, figures } = await campaign('agentless');
  await using _ = emulator;
  await emulator.clock.advance({ minutes: 60 });
  expect(figures()).toMatchObject({
    calls: { dials: 4, humans: 2, machines: 1, reached: 2, connected: 0, waited: 0 },
    abandonment: null,
    queues: [],
  });
  const told = await dialRequestsOf(door);
  const { answered, connected, stages } = callFigures(told, false);
  expect({ answered, connected }).toEqual({ answered: 3, connected: null });
  expect(stages.map(({ from, to, count }) => [from, to, count])).toEqual([
    ['accepted', 'contact', 5],
    ['contact', 'ringing', 4],
    ['accepted', 'ended', 5],
  ]);
  expect(emulator.campaigns.figures('nowhere')).toBeUndefined();
});

it('says since when it counts: a new process and a reset begin anew, but for what is kept', async () => {
  const dataDir = join(tempDir(), 'data');
  const first = await campaign('agentless', dataDir);
  await first.emulator.clock.advance({ minutes: 60 });
  const before = first.figures();
  const requests = first.emulator.campaigns.dialRequests();
  const [id = ''] = requests.map(({ campaignId }) => campaignId);
  const last = Math.max(...requests.map(({ endedAt }) => endedAt ?? 0));
  await first.emulator.close();
  expect(before.calls.dials).toBe(4);
  expect(before.since).toBeLessThan(last - 60_000);

  await using second = await startEmulator({ controlPort: 0, dataDir });
  const after = second.campaigns.figures(id);
  expect(after).toMatchObject({
    dialRequests: before.dialRequests,
    calls: { dials: 0, humans: 0 },
  });
  expect(after?.since).toBeGreaterThanOrEqual(last);
  const door = second.controlUrl ?? '';
  const told = (await (await fetch(`${door}/campaigns`)).json()) as { since: string };
  expect(Date.parse(told.since)).toBe(after?.since);
  const metrics = await (await fetch(`${door}/metrics`)).text();
  expect(metrics).toContain(
    `dialproof_campaign_figures_since_seconds ${(after?.since ?? 0) / 1_000}\n`,
  );
  await fetch(`${door}/clock`, { method: 'PUT', body: '{"ahead":90000}' });
  await fetch(`${door}/reset`, { method: 'POST' });
  const anew = (await (await fetch(`${door}/campaigns`)).json()) as { since: string };
  expect(anew.since).not.toBe(told.since);
});
