/** One campaign from its first dial request to its last call, and what is wrong with an endpoint that loses some. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rosterOf, type Staff } from '../../campaigns/shifts.ts';
import { progressLine } from '../../cli/terminal/campaign-progress.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { drawnContacts, listedContacts } from '../../load/drive/contact-list.ts';
import {
  type OwnCampaignOptions,
  type OwnProgress,
  runOwnCampaign,
} from '../../load/drive/own-campaign.ts';
import { dialRequestsOf, type Told } from '../../load/drive/road-records.ts';
import type { DialSettings } from '../../load/lib/campaign-members.ts';
import { INJECTED_DIAL_NUMBERS } from '../../operation/campaigns/failures.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { ORDINARY, planCampaign } from '../../planner/plan.ts';
import type { CampaignsResult } from '../../run/run.ts';
import { tempDir } from '../support/temp-dir.ts';

const SPEED = 400;
const STAFF: Staff = { count: 20 };

interface Over extends Partial<OwnCampaignOptions> {
  readonly dials?: boolean;
  readonly staff?: Staff;
  /** Told what became of the dial requests, in the end. */
  readonly onEnd?: (told: readonly Told[]) => void;
}

async function campaign(mode: DialSettings['mode'], over: Over = {}): Promise<CampaignsResult> {
  const { dials: areGiven = true, staff = STAFF, onEnd = () => {}, ...options } = over;
  const { speed = SPEED } = options;
  return runOwnCampaign({
    version: 2,
    settings: { mode, bandwidth: 1, capacity: 1, detection: true },
    list: drawnContacts(1, 60),
    seed: 1,
    feeder: { feeder: 'fill', expirySeconds: 300, resends: 3, pendingLimit: 1_000 },
    hours: null,
    roster: rosterOf(staff),
    speed,
    start: async (dials) => {
      const emulator = await startEmulator({
        speed,
        agents: staff,
        campaignChoices: { pendingLimit: options.feeder?.pendingLimit ?? 1_000 },
        ...(areGiven && { dials }),
      });
      return {
        url: emulator.url,
        controlUrl: emulator.controlUrl,
        region: 'us-east-1',
        instanceId: ORDINARY_INSTANCE.id,
        key: emulator.credentials.outsider,
        close: async () => {
          onEnd(await dialRequestsOf(emulator.controlUrl));
          await emulator.close();
        },
      };
    },
    ...options,
  });
}

it('dials everybody, tells how it goes, and says what the agents did', async () => {
  const seen: OwnProgress[] = [];
  const result = await campaign('progressive', { onProgress: (one) => seen.push(one) });
  expect(result).toMatchObject({ verdict: 'pass', campaigns: [{ version: 2, refused: {} }] });
  const [only] = result.campaigns;
  if (!only) throw new Error('there is no campaign');
  const ended = Object.values(only.ended).reduce((sum, n) => sum + n, 0);
  expect([only.accepted, only.contacts, ended]).toEqual([only.sent, only.sent, only.sent]);
  expect(only.sent - (only.ended.EXPIRED ?? 0)).toBeLessThanOrEqual(60);
  expect(only.stages.map(({ from, to }) => `${from} ${to}`)).toContain('ringing agent');
  expect(only.agents).toMatchObject({ agents: 20, abandoned: 0 });
  expect(only.agents?.occupancy).toBeGreaterThan(0);
  expect(only.connected).toBe(only.agents?.waited);
  const last = seen.at(-1);
  expect(last).toMatchObject({ contacts: 60, left: 0 });
  expect(progressLine(last as OwnProgress, 1_000)).toMatch(
    new RegExp(
      `^100 %, 0 ms left \\| 0 pending \\| .* with 20 agents \\| .* of 10 calls/s \\| ${only.sent} ended: `,
    ),
  );
  // While its call goes on, a contact is not over.
  const { sight } = last as OwnProgress;
  const open = { ...sight, dialRequests: { ...sight.dialRequests, dialing: 1 } };
  expect(progressLine({ ...(last as OwnProgress), sight: open }, 1_000)).toMatch(/^98 %/);
});

describe('the hours', () => {
  const hours = { from: '09:00', to: '09:20' };
  const agents = 5;
  const contacts = 100;
  const staff: Staff = { shifts: [{ ...hours, agents }] };
  /** However slow the calls are, everybody is dialled. */
  const patient = { expirySeconds: 900, resends: 1_000 };
  const dayOf = (at: string) => at.slice(0, 10);
  const timeOf = (at: string) => at.slice(11, 16);

  it('hold the feeder as a plan says, and need not be waited for', async () => {
    let told: readonly Told[] = [];
    const list = drawnContacts(1, contacts);
    const { verdict, campaigns } = await campaign('progressive', {
      ...{ hours, staff, list, roster: rosterOf(staff), speed: 1_000 },
      feeder: { feeder: 'fill', pendingLimit: 1_000, ...patient },
      onEnd: (all) => {
        told = all;
      },
    });
    const plan = await planCampaign({ ...ORDINARY, contacts, agents, hours, ...patient });
    const accepted = told.map(({ acceptedAt = '' }) => acceptedAt);
    const days = new Set(accepted.map(dayOf));
    const dialled = told.filter(({ dialledAt }) => dialledAt != null).length;

    expect(verdict).toBe('pass');
    // A call on its way takes minutes by a clock that is a thousand times as fast.
    expect(accepted.map(timeOf).filter((time) => time < '09:00' || time > '09:40')).toEqual([]);
    expect(accepted[0]).toContain('T09:');
    // Every seed of the plan needs two days. A run whose calls are slow sends less in a day, and never all in one.
    const plannedDays = plan.outcomes.map(({ durationMs }) => Math.ceil(durationMs / 86_400_000));
    expect(plannedDays).toEqual([2, 2, 2]);
    expect(days.size).toBeGreaterThanOrEqual(2);
    expect(plan.outcomes.map((one) => one.dialled + one.expired)).toEqual([100, 100, 100]);
    expect(dialled).toBeLessThanOrEqual(contacts);
    expect(campaigns[0]?.sent).toBeGreaterThanOrEqual(contacts);
    expect(campaigns[0]?.agents?.agents).toBe(agents);
    // A third of a hundred people answers, give or take ten: chance alone does not leave these bounds.
    const planned = plan.spread.reached.median ?? 0;
    const reached = campaigns[0]?.connected ?? 0;
    expect(reached).toBeGreaterThan(planned / 3);
    expect(reached).toBeLessThan(planned * 3);
  });
});

it('sends what was throttled again, in version 1 too, and counts it once', async () => {
  const feeder = { feeder: 'blast', expirySeconds: 300, resends: 0, pendingLimit: 20 } as const;
  const { verdict, campaigns } = await campaign('agentless', { version: 1, feeder });
  expect(verdict).toBe('pass');
  expect(campaigns[0]).toMatchObject({ sent: 60, accepted: 60, refused: {}, agents: null });
  expect(campaigns[0]?.throttled).toBeGreaterThan(0);
});

it('does not send a call again that is refused for good, and tells nothing of its customers', async () => {
  const contact = { phoneNumber: '+1312555010513125550105', attributes: { 'no key': 'Jane Doe' } };
  const list = { contacts: 30, contact: () => contact };
  const result = await campaign('agentless', { list });
  expect(result).toMatchObject({
    verdict: 'fail',
    campaigns: [{ sent: 30, accepted: 0, refused: { 'HTTP 400': 30 } }],
  });
  const [{ violations = 0, evidence = [] } = {}] = result.checks.filter(
    ({ verdict }) => verdict === 'fail',
  );
  expect(violations).toBe(2);
  expect(JSON.stringify(evidence)).toContain('10 validation errors detected');
  expect(JSON.stringify(result)).not.toMatch(/5550105|Jane Doe/);
  expect(JSON.stringify({ ...result, list: contact })).toMatch(/5550105.*Jane Doe/);
});

it('does not send again what its number asks to fail', async () => {
  const numbers = [...Object.values(INJECTED_DIAL_NUMBERS), '+13125550105'];
  const contact = (index: number) => ({ phoneNumber: numbers[index] ?? '', attributes: {} });
  const { verdict, campaigns } = await campaign('agentless', {
    version: 1,
    list: { contacts: numbers.length, contact },
  });
  expect(verdict).toBe('pass');
  expect(campaigns[0]).toMatchObject({
    sent: 3,
    accepted: 1,
    refused: { RequestThrottled: 1, UnknownError: 1 },
    throttled: 0,
  });
});

it('fails where dials are not given', async () => {
  const stop = new AbortController();
  // The dial records that are missing are not waited for.
  const onProgress = ({ sight }: OwnProgress) => sight.calls.dials > 0 && stop.abort();
  const { checks } = await campaign('agentless', { dials: false, onProgress, signal: stop.signal });
  expect(checks).toContainEqual(
    expect.objectContaining({
      name: 'only contacts of BatchPutContact are dialled, each once',
      verdict: 'fail',
    }),
  );
});

it('says of an interrupted campaign what was there, and judges nothing that is still open', async () => {
  const stop = new AbortController();
  const onProgress = ({ sight }: OwnProgress) => sight.calls.dials > 0 && stop.abort();
  const { verdict, checks } = await campaign('progressive', { onProgress, signal: stop.signal });
  expect(verdict).toBe('not exercised');
  expect(new Set(checks.map((one) => one.verdict))).toEqual(new Set(['not exercised']));
});

describe('a list', () => {
  const dir = tempDir();
  const write = (name: string, text: string) => {
    mkdirSync(join(dir, name), { recursive: true });
    writeFileSync(join(dir, name, 'requests.ndjson'), text);
    return join(dir, name);
  };

  it('is read in the form of either version, by its folder or its file', () => {
    const folder = write(
      'both',
      '{"dialRequests":[{"clientToken":"a","phoneNumber":"+1","expirationTime":"x","attributes":{"k":"v"}}]}\n' +
        '{"outboundRequests":[{"clientToken":"b","expirationTime":"x","channelSubtypeParameters":{"telephony":{"destinationPhoneNumber":"+2","attributes":{}}}}]}\n',
    );
    for (const path of [folder, join(folder, 'requests.ndjson')]) {
      const list = listedContacts(path);
      expect([list.contact(0), list.contact(1)]).toEqual([
        { phoneNumber: '+1', attributes: { k: 'v' } },
        { phoneNumber: '+2', attributes: {} },
      ]);
      expect(list.contacts).toBe(2);
    }
  });

  it('may come from an editor of Windows', () => {
    const line = '{"dialRequests":[{"phoneNumber":"+1","attributes":{}}]}';
    const folder = write('windows', `\uFEFF${line}\r\n\r\n${line}\r\n\r\n`);
    expect(listedContacts(folder).contacts).toBe(2);
  });

  it.each([
    ['not JSON', '{', /requests\.ndjson, line 1 is not the body of a call/],
    ['another body', '{"dialRequests":[{"attributes":{}}]}', /line 1 .*phoneNumber/],
    ['nothing', '\n', /has no dial requests/],
  ])('cannot be %s', (name, text, sentence) => {
    expect(() => listedContacts(write(name, text))).toThrow(sentence);
  });

  it.each([
    [
      '{"dialRequests":[{"phoneNumber":13125550105,"attributes":{}}]}',
      'phoneNumber must be a text',
    ],
    [
      '{"dialRequests":[{"phoneNumber":"+13125550105","attributes":{"age":13125550105}}]}',
      'attributes.age must be a text',
    ],
    ['x "+13125550105"', 'no JSON'],
  ])('is refused without a word of its customers: %s', (text, why) => {
    let said = '';
    try {
      listedContacts(write('secret', text));
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).toMatch(new RegExp(`${why}$`));
    expect(said).not.toContain('5550105');
  });

  it('must be there', () => {
    expect(() => listedContacts(join(dir, 'nowhere'))).toThrow(/cannot read the list .*ENOENT/);
  });
});
