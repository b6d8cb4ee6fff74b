/** The campaigns on the control door, and an emulator that has none. */

import { campaignsOf, NotEmulatedError } from '../../../emulator/call/campaigns-of.ts';
import { storeRefusal } from '../../../emulator/call/store-refusal.ts';
import { createControlServer } from '../../../emulator/control/control.ts';
import { watchProcess } from '../../../emulator/control/process-watch.ts';
import { createService, listen, memoryBackendFor, shut } from '../../../emulator/emulator.ts';
import { asking } from '../../campaigns/fixtures.ts';
import { stoppedClock } from '../fixtures.ts';
import { CAMPAIGN, onRoad, type Road } from './road.ts';

/** Calls the control door of a road. */
async function withDoor<T>(
  service: Road['service'],
  work: (call: (method: string, path: string, value?: unknown) => Promise<string>) => Promise<T>,
): Promise<T> {
  const watch = watchProcess();
  const server = createControlServer(service, watch);
  const url = await listen(server, {});
  try {
    return await work(async (method, path, value) => {
      const body = value === undefined ? null : JSON.stringify(value);
      const answer = await fetch(`${url}${path}`, { method, body });
      expect(answer.ok).toBe(true);
      return answer.text();
    });
  } finally {
    await shut(server);
    watch.close();
  }
}

const still = () => ({ clock: stoppedClock() });
const linesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('GET /dial-requests has every dial request with its contact', () =>
  onRoad(still(), (road) =>
    withDoor(road.service, async (call) => {
      await road.accept(1, { phoneNumber: asking('05'), clientToken: 'busy' });
      await road.accept(1, { phoneNumber: asking('16'), expiresIn: 40_000 });
      await road.driver.advance(60_000);
      road.faults({ fault: 'drop-on-arrival' });
      await road.accept(1);
      const [busy, expired, open] = linesOf(await call('GET', '/dial-requests'));
      const [first] = road.dialRequests();
      const at = (after: number) => new Date((first?.acceptedAt ?? 0) + after).toISOString();
      expect(busy).toEqual({
        type: 'dial-request',
        dialRequestId: first?.id,
        campaignId: CAMPAIGN,
        clientToken: 'busy',
        state: 'ENDED',
        contactId: expect.any(String),
        dialId: expect.any(String),
        step: null,
        agent: null,
        failure: null,
        error: null,
        disconnectReason: 'TELECOM_BUSY',
        acceptedAt: new Date(first?.acceptedAt ?? 0).toISOString(),
        expiresAt: new Date(first?.expiresAt ?? 0).toISOString(),
        contactAt: at(100),
        dialledAt: at(1_000),
        ringingAt: at(2_000),
        agentAt: null,
        endedAt: expect.stringMatching(/^20/),
      });
      expect(expired).toMatchObject({
        state: 'ENDED',
        disconnectReason: 'EXPIRED',
        dialId: null,
        dialledAt: null,
        ringingAt: null,
      });
      expect(open).toMatchObject({ state: 'ACCEPTED', contactId: null });
    }),
  ));

it('GET /dial-requests says why one failed', () =>
  onRoad(still(), (road) =>
    withDoor(road.service, async (call) => {
      road.faults({ fault: 'drop-before-commit', when: { nth: [1] } });
      road.service.facts = { ...road.service.facts, instances: [] };
      await road.accept(1);
      await road.driver.advance(10_000);
      expect(linesOf(await call('GET', '/dial-requests'))).toMatchObject([
        { state: 'FAILED', failure: 'CONTACT_REFUSED', error: 'ResourceNotFoundException' },
      ]);
    }),
  ));

it('GET /campaigns counts, and the metrics do too', () =>
  onRoad(still(), (road) =>
    withDoor(road.service, async (call) => {
      await road.accept(2, { phoneNumber: asking('05') });
      await road.accept(3, { phoneNumber: asking('04') });
      await road.driver.advance(120_000);
      await road.accept(4);
      const told = JSON.parse(await call('GET', '/campaigns'));
      expect(told).toMatchObject({
        campaigns: [
          {
            id: CAMPAIGN,
            api: 'v1',
            state: 'Running',
            pending: 4,
            dialRequests: {
              accepted: 4,
              submitting: 0,
              ended: { TELECOM_BUSY: 2, TELECOM_UNANSWERED: 3 },
            },
          },
        ],
        attempts: { 200: 1 },
        dials: 5,
        failedCommits: 0,
        sink: null,
      });
      const text = await call('GET', '/metrics');
      for (const line of [
        'dialproof_dial_requests{state="accepted",reason=""} 4',
        'dialproof_dial_requests{state="ended",reason="TELECOM_BUSY"} 2',
        'dialproof_dial_requests_pending 4',
        'dialproof_campaign_calls_total{status="200"} 1',
        'dialproof_dials_total 5',
      ]) {
        expect(text.split('\n')).toContain(line);
      }
    }),
  ));

it('PUT /clock answers when nothing is due', () =>
  onRoad(still(), (road) =>
    withDoor(road.service, async (call) => {
      await road.accept(3);
      const told = JSON.parse(await call('PUT', '/clock', { ahead: 600 }));
      expect(told).toMatchObject({ ahead: 600, speed: 1 });
      expect(road.dialRequests().map(({ status }) => status.state)).toEqual(Array(3).fill('ENDED'));
    }),
  ));

it('POST /reset drops campaigns, and what was counted', () =>
  onRoad(still(), (road) =>
    withDoor(road.service, async (call) => {
      await road.accept(3);
      await road.driver.advance(60_000);
      await call('POST', '/reset');
      expect(JSON.parse(await call('GET', '/campaigns'))).toMatchObject({
        campaigns: [],
        attempts: {},
        dials: 0,
      });
      expect(await call('GET', '/dial-requests')).toBe('');
      await road.putCampaign();
      await road.accept(1);
      await road.driver.advance(60_000);
      expect(road.dialRequests()).toHaveLength(1);
    }),
  ));

describe('without a store for campaigns', () => {
  const service = () => createService({}, { ...memoryBackendFor({}), records: null });

  it('there is an error of our own, and no error of AWS', () => {
    let error: unknown;
    try {
      campaignsOf(service());
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(NotEmulatedError);
    expect(storeRefusal(error, null)).toEqual({
      name: 'NotEmulatedException',
      status: 501,
      message: expect.stringMatching(/^dialproof serves no outbound campaigns with a shared store/),
    });
  });

  it('the control door has no campaigns, and the clock can be moved', () =>
    withDoor(service(), async (call) => {
      expect(JSON.parse(await call('GET', '/campaigns'))).toEqual({ campaigns: [], queues: [] });
      expect(await call('GET', '/dial-requests')).toBe('');
      expect(JSON.parse(await call('PUT', '/clock', { ahead: 60 }))).toMatchObject({ ahead: 60 });
    }));
});

describe('GET /events', () => {
  /** Reads so many events, then leaves. */
  async function read(url: string, count: number, lastId?: string) {
    const leaving = new AbortController();
    const headers: Record<string, string> = lastId === undefined ? {} : { 'last-event-id': lastId };
    const answer = await fetch(`${url}/events`, { headers, signal: leaving.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    const ids = () => [...text.matchAll(/^id: (.*)\ndata: (.*)\n\n/gm)].map(([, id]) => id);
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (ids().length >= count) break;
    }
    leaving.abort();
    return { ids: ids(), text };
  }

  it('has the events kept, goes on after Last-Event-ID, and waits for new ones', () =>
    onRoad(still(), async (road) => {
      const watch = watchProcess();
      const server = createControlServer(road.service, watch);
      const url = await listen(server, {});
      try {
        const first = read(url, 4);
        await road.accept(1, { phoneNumber: asking('05') });
        await road.driver.advance(60_000);
        const ids = road.service.events.from(0).map(({ id }) => id);
        expect(ids).toHaveLength(4);
        expect((await first).ids).toEqual(ids);
        expect((await read(url, 2, ids[1])).ids).toEqual(ids.slice(2));
        const unknown = await read(url, 4, 'nobody');
        expect(unknown.ids).toEqual(ids);
        expect(unknown.text).toContain(': the event of Last-Event-ID is not kept');
        const open = read(url, 100);
        road.service.events.close();
        expect((await open).ids).toEqual(ids);
      } finally {
        await shut(server);
        watch.close();
      }
    }));
});
it('GET /contacts has every contact with what it was made of', () =>
  onRoad(still(), (road) =>
    withDoor(road.service, async (call) => {
      const [request] = await road.accept(1);
      await road.driver.advance(1_000);
      expect(linesOf(await call('GET', '/contacts'))).toEqual([
        {
          type: 'contact',
          contactId: expect.any(String),
          clientToken: expect.any(String),
          requestIdentifier: request?.id,
          address: request?.phoneNumber,
          attributes: request?.attributes,
        },
      ]);
    }),
  ));
