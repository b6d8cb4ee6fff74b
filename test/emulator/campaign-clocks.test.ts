/**
 * The same 300 dial requests, once as the clock is moved and once as it runs: every one of them ends alike.
 *
 * The running clock goes 60 times as fast as the system clock; with agents 120 times, and there are 50 of them, so
 * that the test takes seconds.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { type EmulatorOptions, startEmulator } from '../../emulator/emulator.ts';
import { dialRequestsOf, hasEnded, moveClock, type Told } from '../../load/drive/road-records.ts';
import { type DialSettings, membersOf } from '../../load/lib/campaign-members.ts';
import { ASKED_NUMBERS } from '../../operation/campaigns/asked-numbers.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

const REQUESTS = 300;
const NUMBERS = Object.values(ASKED_NUMBERS);
const CAMPAIGN = 'a0b1c2d3-0000-4000-8000-000000000001';
const BETWEEN_LOOKS = 50;

async function ends(
  settings: Pick<DialSettings, 'mode'>,
  options: EmulatorOptions,
  expiresInSeconds: number,
): Promise<ReadonlyMap<string, Told>> {
  const emulator = await startEmulator({ profile: 'stress', campaignSeed: 7, ...options });
  const { controlUrl } = emulator;
  const post = async (path: string, body: object) => {
    const answer = await fetch(controlUrl + path, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
  };
  try {
    const members = membersOf(2, { bandwidth: 1, capacity: 1, detection: true, ...settings });
    await post('/campaigns', {
      campaigns: [
        {
          version: 2,
          id: CAMPAIGN,
          name: 'both clocks',
          instanceId: ORDINARY_INSTANCE.id,
          members,
          state: 'Running',
        },
      ],
    });
    for (let i = 0; i < REQUESTS; i += 1) {
      await post('/dial-requests', {
        campaignId: CAMPAIGN,
        dialRequestId: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
        clientToken: `t${i}`,
        phoneNumber: NUMBERS[i % NUMBERS.length],
        expiresInSeconds,
      });
    }
    if (options.speed === undefined) await moveClock(controlUrl, 3_600);
    for (;;) {
      const told = await dialRequestsOf(controlUrl);
      if (told.every(hasEnded)) return new Map(told.map((one) => [one.dialRequestId, one]));
      await pause(BETWEEN_LOOKS);
    }
  } finally {
    await emulator.close();
  }
}

const endOf = ({ failure, disconnectReason }: Told) => failure ?? disconnectReason ?? '';

it('without agents, each ends for the same reason', async () => {
  const agentless = { mode: 'agentless' } as const;
  const moved = await ends(agentless, {}, 150);
  const running = await ends(agentless, { speed: 60 }, 150);
  const reasons = (all: ReadonlyMap<string, Told>) => [...all].map(([id, one]) => [id, endOf(one)]);
  expect(reasons(running)).toEqual(reasons(moved));
  expect(new Set([...moved.values()].map(endOf)).size).toBeGreaterThan(8);
});

it('with agents, the shares of the ends are within 5 points', async () => {
  const agents = { count: 50 };
  const progressive = { mode: 'progressive' } as const;
  const moved = await ends(progressive, { agents }, 600);
  const running = await ends(progressive, { agents, speed: 120 }, 600);
  // Who ends a conversation is drawn anew with another moment of the dial.
  const kindOf = (one: Told) => (one.agentAt ? 'talked' : endOf(one));
  const shares = (all: ReadonlyMap<string, Told>) => {
    const counts = new Map<string, number>();
    for (const one of all.values()) counts.set(kindOf(one), (counts.get(kindOf(one)) ?? 0) + 1);
    return counts;
  };
  const [a, b] = [shares(moved), shares(running)];
  for (const kind of new Set([...a.keys(), ...b.keys()])) {
    const points = (100 * Math.abs((a.get(kind) ?? 0) - (b.get(kind) ?? 0))) / REQUESTS;
    expect(`${kind} ${points <= 5}`).toBe(`${kind} true`);
  }
  expect(a.get('talked')).toBeGreaterThan(40);
});
