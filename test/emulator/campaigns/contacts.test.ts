/** What the operations on contacts tell, and do, of a contact that was made of a dial request. */

import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { asking, manned } from '../../campaigns/fixtures.ts';
import { type Answer, body, contact, OUTSIDER, run, stoppedClock, until } from '../fixtures.ts';
import { onRoad, type Road } from './road.ts';

const InstanceId = ORDINARY_INSTANCE.id;
const MINUTE = 60_000;
const still = () => ({ clock: stoppedClock() });
const NO_LINES = { campaignChoices: { concurrentCalls: 0 } };

interface Described {
  readonly RingStartTimestamp?: number;
  readonly ConnectedToSystemTimestamp?: number;
  readonly AnsweringMachineDetectionStatus?: string;
  readonly QueueInfo?: { readonly Id: string; readonly EnqueueTimestamp?: number };
  readonly AgentInfo?: Readonly<Record<string, string | number>>;
  readonly InitiationTimestamp: number;
  readonly DisconnectTimestamp?: number;
  readonly LastUpdateTimestamp: number;
  readonly DisconnectReason?: string;
  readonly Attributes: Readonly<Record<string, string>>;
}

async function describeContact(road: Road, id: string): Promise<Described> {
  const call = { method: 'GET', target: `/contacts/${InstanceId}/${id}`, body: '', key: OUTSIDER };
  const { status, text } = await run(road.service, call);
  expect(status).toBe(200);
  return JSON.parse(text).Contact as Described;
}

function stop(road: Road, ContactId: string): Promise<Answer> {
  return run(road.service, {
    method: 'POST',
    target: '/contact/stop',
    body: JSON.stringify({ ContactId, InstanceId }),
    key: OUTSIDER,
  });
}

/** The contact of the only dial request. */
function made(road: Road) {
  const [request] = road.dialRequests();
  if (!request || !('contact' in request.status)) throw new Error('there is no contact');
  return { request, status: request.status, id: request.status.contact.contactId };
}

it('a contact that was not dialled is shown as it was created', () =>
  onRoad({ ...still(), ...NO_LINES }, async (road) => {
    await road.accept(1);
    await road.driver.advance(1_000);
    const { id, request } = made(road);
    const described = await describeContact(road, id);
    expect(described.DisconnectTimestamp).toBeUndefined();
    expect(described.Attributes).toEqual(request.attributes);
  }));

it('a contact that found no line in time ended as EXPIRED', () =>
  onRoad({ ...still(), ...NO_LINES }, async (road) => {
    await road.accept(1);
    await road.driver.advance(10 * MINUTE);
    const { id, request } = made(road);
    expect(await describeContact(road, id)).toMatchObject({
      DisconnectReason: 'EXPIRED',
      DisconnectTimestamp: request.expiresAt / 1_000,
      LastUpdateTimestamp: request.expiresAt / 1_000,
    });
    expect((await describeContact(road, id)).InitiationTimestamp).toBeLessThan(
      request.acceptedAt / 1_000 + 1,
    );
    expect(await stop(road, id)).toMatchObject({ error: 'ContactNotFoundException' });
  }));

it('a call that is over has the moment of its dial and the reason of its end', () =>
  onRoad(still(), async (road) => {
    await road.accept(1, { phoneNumber: asking('05') });
    await road.driver.advance(2 * MINUTE);
    const { id, status } = made(road);
    if (status.state !== 'ENDED') throw new Error(`it is ${status.state}`);
    expect(await describeContact(road, id)).toMatchObject({
      InitiationTimestamp: (status.dial?.at ?? 0) / 1_000,
      DisconnectTimestamp: status.at / 1_000,
      DisconnectReason: 'TELECOM_BUSY',
    });
  }));

it('StopContact keeps a contact from being dialled, and nothing is stored twice', () =>
  onRoad({ ...still(), ...NO_LINES }, async (road) => {
    await road.accept(1);
    await road.driver.advance(1_000);
    const { id } = made(road);
    expect(await stop(road, id)).toMatchObject({ status: 200, text: '{}' });
    expect(made(road).status).toMatchObject({ state: 'ENDED', reason: 'DISCARDED', dial: null });
    expect(await describeContact(road, id)).toMatchObject({ DisconnectReason: 'DISCARDED' });
    expect((await road.service.store.findContact(id))?.change).toEqual({});
    expect(await stop(road, id)).toMatchObject({ error: 'ContactNotFoundException' });
  }));

it('StopContact knows a contact whose batch has not been answered yet', () =>
  onRoad({}, async (road) => {
    road.faults({ fault: 'late-reply', ms: 60_000, when: { nth: [1] } });
    await road.accept(25);
    await until(async () => road.service.stats.contacts === 25);
    const [request] = road.dialRequests();
    expect(request?.status.state).toBe('SUBMITTING');
    const [id = ''] = (await road.contacts())[request?.id ?? ''] ?? [];
    expect(await stop(road, id)).toMatchObject({ status: 200 });
    expect(made(road)).toMatchObject({ id, status: { reason: 'DISCARDED', dial: null } });
    expect(road.dialRequests().map(({ status }) => status.state)).not.toContain('SUBMITTING');
    // The answer that comes at last changes nothing.
    road.service.pauses.release();
    await until(async () => Object.keys(road.driver.figures.attempts).length > 0);
    await road.driver.run(() => {});
    expect(made(road)).toMatchObject({ id, status: { reason: 'DISCARDED', dial: null } });
  }));

it('attributes can be updated', () =>
  onRoad({ ...still(), ...NO_LINES }, async (road) => {
    await road.accept(1);
    await road.driver.advance(1_000);
    const { id, request } = made(road);
    const update = { InitialContactId: id, InstanceId, Attributes: { more: 'yes' } };
    const target = '/contact/attributes';
    const answer = await run(road.service, {
      method: 'POST',
      target,
      body: JSON.stringify(update),
    });
    expect(answer.status).toBe(200);
    expect((await describeContact(road, id)).Attributes).toEqual({
      ...request.attributes,
      more: 'yes',
    });
  }));

it('a contact of a direct call is not the campaigns’', () =>
  onRoad(still(), async (road) => {
    const [id = ''] = (await run(road.service, { body: body([contact(1)]) })).contactIds;
    await road.driver.advance(10 * MINUTE);
    expect((await describeContact(road, id)).DisconnectTimestamp).toBeUndefined();
    expect(await stop(road, id)).toMatchObject({ status: 200 });
    expect(await describeContact(road, id)).toMatchObject({ DisconnectReason: 'API' });
  }));

describe('a call with an agent', () => {
  const [{ id: QUEUE }] = ORDINARY_INSTANCE.queues;

  const onCall = (digits: string, work: (road: Road) => Promise<void>) =>
    onRoad({ ...still(), agents: { count: 1 } }, async (road) => {
      await road.driver.run((engine) => engine.putCampaign(manned('progressive', {}, {}, QUEUE)));
      await road.accept(1, { phoneNumber: asking(digits) });
      await work(road);
    });

  it('is described step by step', () =>
    onCall('01', async (road) => {
      await road.driver.advance(500);
      const { id } = made(road);
      const created = await describeContact(road, id);
      expect(created.QueueInfo).toEqual({ Id: QUEUE });
      for (const absent of ['RingStartTimestamp', 'AgentInfo', 'AnsweringMachineDetectionStatus']) {
        expect(created).not.toHaveProperty(absent);
      }

      await road.driver.advance(2_000);
      const ringing = await describeContact(road, id);
      expect(ringing.RingStartTimestamp).toBeGreaterThan(ringing.InitiationTimestamp);
      expect(ringing).not.toHaveProperty('ConnectedToSystemTimestamp');

      await road.driver.advance(40_000);
      const talking = await describeContact(road, id);
      expect(talking).toMatchObject({
        AnsweringMachineDetectionStatus: 'HUMAN_ANSWERED',
        QueueInfo: { Id: QUEUE, EnqueueTimestamp: talking.ConnectedToSystemTimestamp },
        AgentInfo: { ConnectedToAgentTimestamp: expect.any(Number) },
      });
      expect(talking.AgentInfo).not.toHaveProperty('AfterContactWorkStartTimestamp');

      await road.driver.advance(60 * MINUTE);
      const over = await describeContact(road, id);
      const { AgentInfo: agent = {}, DisconnectTimestamp: end = 0 } = over;
      expect(over.DisconnectReason).toMatch(/^(CUSTOMER|AGENT)_DISCONNECT$/);
      expect(agent.AfterContactWorkStartTimestamp).toBe(end);
      expect(agent.AfterContactWorkEndTimestamp).toBeGreaterThan(end);
      expect(over.LastUpdateTimestamp).toBe(agent.AfterContactWorkEndTimestamp);
    }));

  it('that is stopped frees its agent, who takes the next one', () =>
    onCall('01', async (road) => {
      await road.driver.advance(45_000);
      expect(await stop(road, made(road).id)).toMatchObject({ status: 200 });
      expect((await describeContact(road, made(road).id)).DisconnectReason).toBe('API');
      await road.accept(1, { phoneNumber: asking('01') });
      await road.driver.advance(20 * MINUTE);
      expect(road.dialRequests()[1]?.status).toMatchObject({
        state: 'ENDED',
        agent: { number: 0 },
      });
    }));

  it('shows a status of the events that its own enum lacks as another', () =>
    onCall('09', async (road) => {
      await road.driver.advance(45_000);
      const shown = await describeContact(road, made(road).id);
      expect(shown.AnsweringMachineDetectionStatus).toBe('AMD_UNRESOLVED');
      const told = road.service.events.from(0).at(-1)?.detail;
      expect(told?.answeringMachineDetectionStatus).toBe('AMD_UNRESOLVED_SILENCE');
    }));
});
