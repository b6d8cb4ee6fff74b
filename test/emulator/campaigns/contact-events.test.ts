/** Contact events: which there are, where they go, and what becomes of them on the way. */

import { copyFileSync, readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { listen, shut, startEmulator } from '../../../emulator/emulator.ts';
import { Disturbance } from '../../../emulator/events/disturbance.ts';
import type { ContactEvent } from '../../../operation/connect/contact-event/event.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { asking, manned } from '../../campaigns/fixtures.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { OUTSIDER, run, stoppedClock, until } from '../fixtures.ts';
import { CAMPAIGN, onRoad, openRoad, type Road } from './road.ts';

const MINUTE = 60_000;
const [{ id: QUEUE }] = ORDINARY_INSTANCE.queues;
const still = () => ({ clock: stoppedClock() });

const eventsOf = ({ service }: Road): ContactEvent[] => service.events.from(0);
const typesOf = (events: readonly ContactEvent[]) => events.map(({ detail }) => detail.eventType);

function stop(road: Road, ContactId: string) {
  return run(road.service, {
    method: 'POST',
    target: '/contact/stop',
    body: JSON.stringify({ ContactId, InstanceId: ORDINARY_INSTANCE.id }),
    key: OUTSIDER,
  });
}

const ANSWERED = ['INITIATED', 'CONNECTED_TO_SYSTEM', 'DISCONNECTED', 'COMPLETED'];
const UNDETECTED = ['INITIATED', 'DISCONNECTED', 'COMPLETED'];

describe('without agents, a number that ends as', () => {
  it.each([
    ['01', 'CONTACT_FLOW_DISCONNECT', ANSWERED],
    ['02', 'CONTACT_FLOW_DISCONNECT', ANSWERED],
    ['04', 'TELECOM_UNANSWERED', ANSWERED],
    ['05', 'TELECOM_BUSY', ANSWERED],
    ['12', 'TELECOM_TIMEOUT', UNDETECTED],
    ['15', 'OUTBOUND_RESOURCE_ERROR', UNDETECTED],
    ['16', 'EXPIRED', UNDETECTED],
    ['19', 'OUTBOUND_DESTINATION_ENDPOINT_ERROR', UNDETECTED],
  ])('%s: %s', (digits, reason, types) =>
    onRoad(still(), async (road) => {
      await road.accept(1, { phoneNumber: asking(digits) });
      await road.driver.advance(10 * MINUTE);
      const events = eventsOf(road);
      expect(typesOf(events)).toEqual(types);
      expect(events.at(-1)?.detail.disconnectReason).toBe(reason);
      const times = events.map(({ time }) => time);
      expect(times).toEqual([...times].sort());
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    }),
  );
});

describe('with agents', () => {
  const TALK = ['QUEUED', 'CONNECTED_TO_AGENT', 'DISCONNECTED', 'COMPLETED'];

  async function on(mode: 'progressive' | 'preview', digits: string): Promise<ContactEvent[]> {
    return onRoad(still(), async (road) => {
      await road.driver.run((engine) => engine.putCampaign(manned(mode, {}, {}, QUEUE)));
      await road.accept(1, { phoneNumber: asking(digits) });
      await road.driver.advance(60 * MINUTE);
      return eventsOf(road);
    });
  }

  it('a customer who is served', async () => {
    const events = await on('progressive', '01');
    expect(typesOf(events)).toEqual(['INITIATED', 'CONNECTED_TO_SYSTEM', ...TALK]);
    const [disconnected, completed] = events.slice(-2);
    expect(Date.parse(completed?.time ?? '')).toBeGreaterThan(Date.parse(disconnected?.time ?? ''));
  });

  it('a customer who hangs up in the queue', async () => {
    const events = await on('progressive', '17');
    expect(typesOf(events)).toEqual([
      'INITIATED',
      'CONNECTED_TO_SYSTEM',
      'QUEUED',
      'DISCONNECTED',
      'COMPLETED',
    ]);
    expect(events.at(-1)?.detail.agentInfo).toBeUndefined();
  });

  it('a preview has no queue, and tells the agent', async () => {
    const events = await on('preview', '01');
    expect(typesOf(events)).toEqual([
      'INITIATED',
      'CONNECTED_TO_SYSTEM',
      'CONNECTED_TO_AGENT',
      'DISCONNECTED',
      'COMPLETED',
    ]);
    expect(events.at(-1)?.detail).toMatchObject({
      outboundStrategy: { type: 'AGENT_FIRST' },
      agentInfo: {
        acceptedByAgentTimestamp: expect.any(String),
        previewEndTimestamp: expect.any(String),
      },
    });
  });
});

it('a call that is stopped while it rings has no status', () =>
  onRoad(still(), async (road) => {
    await road.accept(1);
    await road.driver.advance(2_500);
    const contactId = eventsOf(road)[0]?.detail.contactId ?? '';
    expect(await stop(road, contactId)).toMatchObject({ status: 200 });
    expect(typesOf(eventsOf(road))).toEqual(UNDETECTED);
    expect(eventsOf(road).at(-1)?.detail.disconnectReason).toBe('API');
    await road.driver.advance(10 * MINUTE);
    expect(eventsOf(road)).toHaveLength(3);
  }));

it('a reset forgets them', () =>
  onRoad(still(), async (road) => {
    await road.accept(1, { phoneNumber: asking('05') });
    await road.driver.advance(MINUTE);
    await road.driver.reset();
    expect(eventsOf(road)).toEqual([]);
    expect(road.driver.figures.contactEvents.events).toBe(0);
  }));

const servers: http.Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await shut(server);
});

/** A server that takes lines, and leaves every request open until it may answer. */
async function openReceiver() {
  const ids: string[] = [];
  const open: http.ServerResponse[] = [];
  let answers = false;
  const server = http.createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    if (!answers) {
      open.push(res);
      return;
    }
    ids.push(
      ...text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id as string),
    );
    res.writeHead(204).end();
  });
  servers.push(server);
  return {
    url: `${await listen(server, {})}/events`,
    ids: () => ids,
    forget: () => ids.splice(0),
    answer() {
      answers = true;
      for (const res of open) res.writeHead(503).end();
    },
  };
}

describe('a sink', () => {
  it('gets every event once', async () => {
    const files = ['one.ndjson', 'two.ndjson'].map((name) => join(tempDir(), name));
    const events = await onRoad({ ...still(), events: files }, async (road) => {
      await road.accept(20);
      await road.driver.advance(10 * MINUTE);
      return eventsOf(road);
    });
    expect(events).toHaveLength(80);
    for (const file of files) {
      expect(readFileSync(file, 'utf8').trim().split('\n')).toEqual(
        events.map((event) => JSON.stringify(event)),
      );
    }
  });

  it('gets what it had not taken after a crash, with the same ids, and the end of work that went on', async () => {
    const [before, after] = [tempDir(), tempDir()];
    const receiver = await openReceiver();
    const options = { ...still(), agents: { count: 1 }, events: [receiver.url] };
    const first = await openRoad({ ...options, dataDir: before });
    await first.driver.run((engine) => engine.putCampaign(manned('progressive', {}, {}, QUEUE)));
    await first.accept(1);
    for (let i = 0; i < 600 && !typesOf(eventsOf(first)).includes('DISCONNECTED'); i += 1) {
      await first.driver.advance(1_000);
    }
    const told = eventsOf(first).map(({ id }) => id);
    expect(typesOf(eventsOf(first)).at(-1)).toBe('DISCONNECTED');
    for (const file of ['dialproof.sqlite', 'dialproof.sqlite-wal']) {
      copyFileSync(join(before, file), join(after, file));
    }
    receiver.answer();
    await first.close();
    receiver.forget();

    const second = await openRoad({ ...options, dataDir: after, clock: stoppedClock() });
    await second.driver.advance(10 * MINUTE);
    expect(typesOf(eventsOf(second))).toEqual(['COMPLETED']);
    await second.close();
    expect(receiver.ids()).toEqual([...told, eventsOf(second)[0]?.id]);

    const third = await openRoad({ ...options, dataDir: after, clock: stoppedClock() });
    await third.driver.advance(10 * MINUTE);
    expect(eventsOf(third)).toEqual([]);
    await third.close();
  });

  it('of another machine needs permission, and one name is given once', async () => {
    await expect(startEmulator({ events: ['http://203.0.113.7/'] })).rejects.toThrow(
      'is on another machine: use one of 127.0.0.1, or give --allow-remote',
    );
    await expect(startEmulator({ events: ['a.ndjson', 'a.ndjson'] })).rejects.toThrow(
      '--events has a.ndjson twice',
    );
    const redis = { events: ['a.ndjson'], store: 'redis://127.0.0.1:1' };
    await expect(startEmulator(redis)).rejects.toThrow('--events has nothing to take');
  });
});

describe('disturbed', () => {
  const FAULTS = { loss: 0.1, repetition: 0.2, reordering: 0.2, seed: 3 };

  it('events reach the feed and a sink in the same way', async () => {
    const file = join(tempDir(), 'events.ndjson');
    const options = { ...still(), events: [file], eventFaults: FAULTS };
    const road = await openRoad(options);
    await road.putCampaign();
    await road.accept(50);
    await road.driver.advance(10 * MINUTE);
    await road.close();
    const ids = eventsOf(road).map(({ id }) => id);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(ids);
    expect(new Set(ids).size).toBeLessThan(200);
    expect(ids.length).toBeGreaterThan(new Set(ids).size);
    const { sinks } = road.driver.figures.contactEvents;
    expect(sinks[0]?.lost).toBe(200 - new Set(ids).size);
    expect(sinks[0]?.waiting).toBe(0);
  });

  const through = (faults: ConstructorParameters<typeof Disturbance>[0], count = 1_000) => {
    const given: number[] = [];
    const lost: number[] = [];
    const disturbance = new Disturbance<number>(
      faults,
      (n) => `event ${n}`,
      (some) => given.push(...some),
      (some) => lost.push(...some),
    );
    for (let n = 0; n < count; n += 1) disturbance.add([n]);
    disturbance.flush();
    return { given, lost };
  };

  it('the shares are met', () => {
    const { given, lost } = through(FAULTS);
    const known = new Set(given);
    expect(known.size + lost.length).toBe(1_000);
    expect(lost.length).toBeGreaterThan(60);
    expect(lost.length).toBeLessThan(140);
    expect(given.length - known.size).toBeGreaterThan(130);
    expect(given.length - known.size).toBeLessThan(240);
    const firsts = [...known];
    const late = firsts.filter((n, i) => firsts.slice(0, i).some((before) => before > n));
    expect(late.length).toBeGreaterThan(100);
    for (const n of late) {
      expect(firsts.filter((one, i) => one > n && i < firsts.indexOf(n)).length).toBeLessThan(24);
    }
  });

  it('the same seed gives the same, another does not, and without shares nothing is changed', () => {
    expect(through(FAULTS)).toEqual(through(FAULTS));
    expect(through({ ...FAULTS, seed: 4 })).not.toEqual(through(FAULTS));
    const { given } = through({});
    expect(given).toEqual([...given.keys()]);
  });

  it('what is late comes after a second in any case', async () => {
    const given: string[] = [];
    const late = new Disturbance<string>(
      { reordering: 1 },
      String,
      (some) => given.push(...some),
      () => {},
    );
    late.add(['a']);
    expect(given).toEqual([]);
    await until(async () => given.length === 1);
  });

  it.each([[{ loss: 2 }], [{ repetition: -1 }], [{ reordering: Number.NaN }], [{ seed: 0.5 }]])(
    '%j is refused',
    async (eventFaults) => {
      await expect(startEmulator({ eventFaults })).rejects.toThrow(
        /share from 0 to 1|whole number/,
      );
    },
  );
});

it('all belong to the campaign', () =>
  onRoad(still(), async (road) => {
    await road.accept(3);
    await road.driver.advance(10 * MINUTE);
    const contacts = new Set(Object.values(await road.contacts()).flat());
    expect(new Set(eventsOf(road).map(({ detail }) => detail.contactId))).toEqual(contacts);
    expect(new Set(eventsOf(road).map(({ detail }) => detail.campaign.campaignId))).toEqual(
      new Set([CAMPAIGN]),
    );
  }));
