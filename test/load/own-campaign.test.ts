/** One campaign from its first dial request to its last call, and what is wrong with an endpoint that loses some. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { progressLine } from '../../cli/terminal/campaign-progress.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { hoursOf } from '../../feeders/sending/hours.ts';
import { drawnContacts, listedContacts } from '../../load/drive/contact-list.ts';
import {
  type OwnCampaignOptions,
  type OwnProgress,
  runOwnCampaign,
} from '../../load/drive/own-campaign.ts';
import type { DialSettings } from '../../load/lib/campaign-members.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { CampaignsResult } from '../../run/run.ts';
import { tempDir } from '../support/temp-dir.ts';

jest.setTimeout(120_000);

const SPEED = 400;

async function campaign(
  mode: DialSettings['mode'],
  over: Partial<OwnCampaignOptions> & { readonly dials?: boolean } = {},
): Promise<CampaignsResult> {
  const { dials: areGiven = true, ...options } = over;
  return runOwnCampaign({
    version: 2,
    settings: { mode, bandwidth: 1, capacity: 1, detection: true },
    list: drawnContacts(1, 60),
    seed: 1,
    feeder: { feeder: 'fill', expirySeconds: 300, resends: 3, pendingLimit: 1_000 },
    hours: hoursOf(null),
    agents: 20,
    speed: SPEED,
    start: async (dials) => {
      const emulator = await startEmulator({
        speed: SPEED,
        agents: { count: 20 },
        campaignChoices: { pendingLimit: options.feeder?.pendingLimit ?? 1_000 },
        ...(areGiven && { dials }),
      });
      return {
        url: emulator.url,
        controlUrl: emulator.controlUrl,
        region: 'us-east-1',
        instanceId: ORDINARY_INSTANCE.id,
        key: emulator.credentials.outsider,
        close: () => emulator.close(),
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
  const early = seen.find(({ left, sight }) => left === 0 && sight.dialRequests.dialing > 0);
  expect(progressLine(early as OwnProgress, 1_000)).toMatch(/^\d{1,2} %/);
});

it('sends what was throttled again, in version 1 too, and counts it once', async () => {
  const feeder = { feeder: 'blast', expirySeconds: 300, resends: 0, pendingLimit: 20 } as const;
  const { verdict, campaigns } = await campaign('agentless', { version: 1, feeder });
  expect(verdict).toBe('pass');
  expect(campaigns[0]).toMatchObject({ sent: 60, accepted: 60, refused: {}, agents: null });
  expect(campaigns[0]?.throttled).toBeGreaterThan(0);
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

  it('must be there', () => {
    expect(() => listedContacts(join(dir, 'nowhere'))).toThrow(/cannot read the list .*ENOENT/);
  });
});
