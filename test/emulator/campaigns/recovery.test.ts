/**
 * What a crash leaves on disk, at each commit point, and how a new process goes on from there.
 *
 * The crash is a copy of the files at a moment at which nothing is being written. SQLite reads it as what a killed
 * process leaves.
 */

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { DialRequest, KeptRecord } from '../../../campaigns/records.ts';
import type { EmulatorOptions } from '../../../emulator/emulator.ts';
import { StoreFullError } from '../../../emulator/stores/store.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { manned } from '../../campaigns/fixtures.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { until } from '../fixtures.ts';
import { expectOneContactEach, openRoad, type Road } from './road.ts';

let folder: string;
let opened: Road[] = [];

beforeEach(() => {
  folder = tempDir();
});

afterEach(async () => {
  for (const road of opened) await road.close();
  opened = [];
});

const FILES = ['dialproof.sqlite', 'dialproof.sqlite-wal'];

async function open(name: string, options: EmulatorOptions = {}): Promise<Road> {
  const road = await openRoad({ dataDir: join(folder, name), ...options });
  opened.push(road);
  return road;
}

/** Starts an endpoint with a campaign. */
async function first(options: EmulatorOptions = {}): Promise<Road> {
  const road = await open('first', options);
  await road.putCampaign();
  return road;
}

let copies = 0;

/**
 * Starts an endpoint on what would be left if the first one were killed now.
 *
 * @param forget changes the records that it finds, to show that the checks notice it. Null drops a record.
 */
async function afterCrash(
  options: EmulatorOptions = {},
  forget?: (record: KeptRecord) => unknown,
): Promise<Road> {
  copies += 1;
  const name = `copy-${copies}`;
  mkdirSync(join(folder, name));
  for (const file of FILES) {
    const from = join(folder, 'first', file);
    if (existsSync(from)) copyFileSync(from, join(folder, name, file));
  }
  if (forget) changeRecords(join(folder, name), forget);
  return open(name, options);
}

function changeRecords(dataDir: string, change: (record: KeptRecord) => unknown): void {
  const db = new DatabaseSync(join(dataDir, 'dialproof.sqlite'));
  for (const { serial, kind, value } of db.prepare('SELECT * FROM records').all()) {
    const changed = change({ kind, value: JSON.parse(String(value)) } as KeptRecord);
    if (changed === null) db.prepare('DELETE FROM records WHERE serial = ?').run(serial ?? 0);
    else {
      const text = JSON.stringify(changed);
      db.prepare('UPDATE records SET value = ? WHERE serial = ?').run(text, serial ?? 0);
    }
  }
  db.close();
}

const states = (road: Road) => road.dialRequests().map(({ status }) => status.state);
const tokens = (road: Road) =>
  road.requests.map(({ body }) => JSON.parse(body.toString()).ClientToken as string);

const SLOW_BATCHES = { campaignChoices: { lingerMilliseconds: 3_600_000 } };
const NO_LINES = { campaignChoices: { concurrentCalls: 0 } };

it('K0: what was acknowledged is there, and becomes contacts', async () => {
  const before = await first(SLOW_BATCHES);
  const accepted = [
    ...(await before.accept(2)),
    ...(await before.accept(1, { clientToken: 'one' })),
  ];
  expect((await afterCrash(SLOW_BATCHES)).dialRequests()).toEqual(accepted);
  const after = await afterCrash();
  const known = accepted[2];
  const again = await after.driver.run((engine, now) =>
    engine.requestOfToken(known?.campaignId ?? '', 'one', now),
  );
  expect(again?.id).toBe(known?.id);
  await after.settled();
  await expectOneContactEach(after, 3);
});

it('K0: what was not acknowledged may be gone, and the endpoint starts', async () => {
  const before = await first(SLOW_BATCHES);
  const accepting = before.accept(3);
  const after = await afterCrash(SLOW_BATCHES);
  expect(after.dialRequests()).toEqual([]);
  await accepting;
  expect((await afterCrash(SLOW_BATCHES)).dialRequests()).toHaveLength(3);
});

it('K1: a batch that was not carried out is sent with its token', async () => {
  const before = await first(NO_LINES);
  before.service.gate.close();
  await before.accept(25);
  await until(async () => before.service.gate.held === 1);
  const after = await afterCrash(NO_LINES);
  expect(states(after)).toEqual(states(before));
  await after.settled();
  expect(tokens(after)).toEqual(tokens(before));
  await expectOneContactEach(after, 25);
  expect(after.service.stats.replays).toBe(0);
});

it('K1: a batch that was carried out is replayed', async () => {
  const before = await first(NO_LINES);
  before.faults({ fault: 'late-reply', ms: 60_000 });
  await before.accept(25);
  await until(async () => before.service.stats.contacts === 25);
  const after = await afterCrash(NO_LINES);
  await after.settled();
  expect(tokens(after)).toEqual(tokens(before));
  expect(after.service.stats.replays).toBe(1);
  await expectOneContactEach(after, 25);
});

it('K1: an endpoint that forgets its batch makes contacts twice, and the check sees it', async () => {
  const before = await first(NO_LINES);
  before.faults({ fault: 'late-reply', ms: 60_000 });
  await before.accept(25);
  await until(async () => before.service.stats.contacts === 25);
  const accepted = { state: 'ACCEPTED', notBefore: 0, attempts: 0 };
  const after = await afterCrash(NO_LINES, ({ kind, value }) => {
    if (kind === 'batch') return null;
    return kind === 'request' ? { ...value, status: accepted } : value;
  });
  await after.settled();
  await expect(expectOneContactEach(after, 25)).rejects.toThrow();
});

it('K2: contacts that were not dialled are there, and no call is made again', async () => {
  const before = await first(NO_LINES);
  await before.accept(25);
  await before.settled();
  const after = await afterCrash(NO_LINES);
  expect(after.dialRequests()).toEqual(before.dialRequests());
  await expectOneContactEach(after, 25);
  expect(after.requests).toEqual([]);
});

it('K2: failures stay', async () => {
  const before = await first(NO_LINES);
  before.faults({ fault: 'fail-items', code: 'INTERNAL_ERROR' });
  await before.accept(1, { expiresIn: 300 });
  await before.settled();
  const [failed] = before.dialRequests();
  expect(failed?.status).toMatchObject({ failure: { kind: 'EXPIRED_BEFORE_CONTACT' } });
  expect((await afterCrash()).dialRequests()).toEqual([failed]);
});

/** A receiver of dial records that can refuse them. */
async function receiver() {
  const lines: { dialId: string; contactId: string }[] = [];
  const state = { refuses: false };
  const server = http.createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    if (!state.refuses) for (const line of text.trim().split('\n')) lines.push(JSON.parse(line));
    res.writeHead(state.refuses ? 503 : 204).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((closed) => server.close(closed));
  return { lines, state, url: `http://127.0.0.1:${port}/dials`, close };
}

const dialOf = ({ status }: DialRequest) => ('dial' in status && status.dial?.dialId) || null;

/** The contacts that were dialled more than once. */
function secondDials(lines: readonly { dialId: string; contactId: string }[]): string[] {
  const dials = new Map<string, Set<string>>();
  for (const { contactId, dialId } of lines) {
    dials.set(contactId, (dials.get(contactId) ?? new Set()).add(dialId));
  }
  return [...dials].flatMap(([contactId, ids]) => (ids.size > 1 ? [contactId] : []));
}

/** Waits until every dial request was dialled, and that is committed. */
async function dialled(road: Road): Promise<void> {
  await until(async () => road.dialRequests().every((request) => dialOf(request) !== null));
  await road.driver.run(() => {});
}

it('K3: nobody is dialled again, and the sink gets the dials with the same ids', async () => {
  const dials = await receiver();
  try {
    dials.state.refuses = true;
    const before = await first({ dials: dials.url });
    await before.accept(3);
    await dialled(before);
    const ids = before.dialRequests().map(dialOf);
    dials.state.refuses = false;
    const after = await afterCrash({ dials: dials.url });
    await until(async () => dials.lines.length >= 3);
    // The endpoint of before may still try too.
    expect([...new Set(dials.lines.map(({ dialId }) => dialId))]).toEqual(ids);
    await after.driver.advance(60_000);
    expect(after.dialRequests().map(dialOf)).toEqual(ids);
    expect(states(after)).toEqual(['ENDED', 'ENDED', 'ENDED']);
    expect(secondDials(dials.lines)).toEqual([]);
  } finally {
    for (const road of opened.splice(0)) await road.close();
    await dials.close();
  }
});

it('K3: an endpoint that forgets its dials dials again, and the sink sees it', async () => {
  const dials = await receiver();
  try {
    const before = await first({ dials: dials.url });
    await before.accept(3);
    await dialled(before);
    expect(secondDials(dials.lines)).toEqual([]);
    const after = await afterCrash({ dials: dials.url }, ({ kind, value }) => {
      if (kind !== 'request' || !('contact' in value.status)) return value;
      return { ...value, status: { state: 'CREATED', contact: value.status.contact } };
    });
    await after.driver.advance(10_000);
    // A line that the sink had not acknowledged comes again too, with the dialId that it had.
    await until(async () => secondDials(dials.lines).length === 3);
  } finally {
    for (const road of opened.splice(0)) await road.close();
    await dials.close();
  }
});

it('K4: a call goes on where it was', async () => {
  const before = await first();
  await before.accept(5);
  await dialled(before);
  await before.driver.advance(6_000);
  const after = await afterCrash();
  expect(after.dialRequests()).toEqual(before.dialRequests());
  const ends = (road: Road) =>
    road.dialRequests().map(({ status }) => status.state === 'ENDED' && status.reason);
  await Promise.all([before, after].map((road) => road.driver.advance(120_000)));
  expect(ends(after)).toEqual(ends(before));
  expect(ends(after)).not.toContain(false);
});

describe('with agents', () => {
  const queueId = ORDINARY_INSTANCE.queues[0]?.id ?? '';
  const agents = { count: 9, queues: { [queueId]: { count: 3 } } };

  /** The numbers of the agents who have a contact. */
  function agentsWith(road: Road): readonly number[] {
    return road
      .dialRequests()
      .flatMap(({ status }) =>
        (status.state === 'PREVIEW' || status.state === 'DIALING') && status.agent
          ? [status.agent.number]
          : [],
      )
      .sort();
  }

  it.each(['progressive', 'predictive', 'preview'] as const)(
    'K3 and K4: in the mode %s, agents are where they were, and nobody is called twice',
    async (mode) => {
      const settings = { agentActions: [] };
      const before = await open('first', { agents });
      await before.driver.run((engine) => engine.putCampaign(manned(mode, settings, {}, queueId)));
      await before.accept(25);
      for (const at of [1_000, 5_000, 40_000, 200_000]) {
        await before.driver.advance(at);
        // Both endpoints go on while they are looked at. Who was called, and by which agent, stays.
        const known = before
          .dialRequests()
          .filter(({ status }) => 'agent' in status || 'dial' in status);
        const busy = agentsWith(before);
        const after = await afterCrash({ agents });
        expect(busy).toEqual([0, 1, 2].filter((number) => busy.includes(number)));
        await after.driver.advance(1_800_000);
        for (const { id, status } of known) {
          const later = after.dialRequests().find((one) => one.id === id)?.status;
          const dial = 'dial' in status ? { dial: status.dial } : {};
          const agent = 'agent' in status ? { agent: { number: status.agent?.number } } : {};
          expect(later).toMatchObject({ state: 'ENDED', ...dial, ...agent });
        }
        expect(agentsWith(after)).toEqual([]);
      }
      const talked = before.dialRequests().filter(({ status }) => 'agent' in status);
      expect(talked.length).toBeGreaterThan(2);
    },
  );
});

it('K5: what is over stays over, and the virtual clock is not set back', async () => {
  const before = await first();
  await before.accept(5);
  await before.driver.advance(600_000);
  const ended = before.dialRequests();
  const after = await afterCrash();
  expect(after.dialRequests()).toEqual(ended);
  const ends = ended.map(({ status }) => ('at' in status ? status.at : Infinity));
  expect(after.service.virtualClock.now()).toBeGreaterThanOrEqual(Math.max(...ends));
  expect(Math.max(...ends)).toBeGreaterThan(Date.now() + 5_000);
  await after.driver.advance(600_000);
  expect(after.dialRequests()).toEqual(ended);
  expect(after.requests).toEqual([]);
});

it('K6: what a sink has taken is not kept for it', async () => {
  const dials = await receiver();
  try {
    const before = await first({ dials: dials.url });
    await before.accept(3);
    await until(async () => dials.lines.length === 3);
    await before.close();
    opened = [];
    const again = await open('first', { dials: dials.url });
    await again.driver.advance(60_000);
    await again.close();
    opened = [];
    expect(dials.lines).toHaveLength(3);
  } finally {
    await dials.close();
  }
});

describe('a full disk', () => {
  /** Lets no transaction be committed, as SQLite does without room. */
  const fill = () => {
    const { exec } = DatabaseSync.prototype;
    return jest.spyOn(DatabaseSync.prototype, 'exec').mockImplementation(function (
      this: DatabaseSync,
      text,
    ) {
      if (text === 'COMMIT') throw Object.assign(new Error('full'), { errcode: 13 });
      exec.call(this, text);
    });
  };

  afterEach(() => jest.restoreAllMocks());

  it('refuses dial requests, and keeps those that it has', async () => {
    const road = await first(SLOW_BATCHES);
    const accepted = await road.accept(2);
    fill();
    await expect(road.accept(1)).rejects.toThrow(StoreFullError);
    expect(road.driver.figures.failedCommits).toBe(1);
    jest.restoreAllMocks();
    await road.accept(1);
    expect(road.dialRequests()).toHaveLength(3);
    expect(road.dialRequests().slice(0, 2)).toEqual(accepted);
    expect(road.defects).toEqual([]);
  });

  it('does not lose the outcome of a call', async () => {
    const road = await first(NO_LINES);
    road.faults({ fault: 'late-reply', ms: 60_000, when: { nth: [1] } });
    await road.accept(25);
    await until(async () => road.service.stats.contacts === 25);
    fill();
    road.service.pauses.release();
    await until(async () => road.driver.figures.failedCommits > 0);
    jest.restoreAllMocks();
    // The engine goes on by itself.
    await until(async () => road.requests.length > 1);
    await road.settled();
    await expectOneContactEach(road, 25);
    expect(new Set(tokens(road)).size).toBe(1);
    expect(road.defects).toEqual([]);
  });

  it('ends a move of the clock with its error', async () => {
    const road = await first();
    await road.accept(3);
    const before = road.service.virtualClock.now();
    fill();
    await expect(road.driver.advance(600_000)).rejects.toThrow(StoreFullError);
    // The engine is made again, and its figures with it.
    expect(road.driver.since).toBeGreaterThanOrEqual(before);
    expect(road.service.virtualClock.now()).toBeLessThan(before + 300_000);
    jest.restoreAllMocks();
    await road.driver.advance(600_000);
    await expectOneContactEach(road, 3);
  });
});

it('a reset empties the file', async () => {
  const road = await first();
  await road.accept(30);
  await road.settled();
  await road.driver.reset();
  expect(road.dialRequests()).toEqual([]);
  expect((await afterCrash()).dialRequests()).toEqual([]);
});
