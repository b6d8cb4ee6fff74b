/** What the operations on contacts tell, and do, of a contact that was made of a dial request. */

import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { asking } from '../../campaigns/fixtures.ts';
import { type Answer, body, contact, OUTSIDER, run, stoppedClock, until } from '../fixtures.ts';
import { onRoad, type Road } from './road.ts';

const InstanceId = ORDINARY_INSTANCE.id;
const MINUTE = 60_000;
const still = () => ({ clock: stoppedClock() });
const NO_LINES = { campaignChoices: { concurrentCalls: 0 } };

interface Described {
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
