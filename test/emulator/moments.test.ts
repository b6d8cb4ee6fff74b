/** By which clock, and to which millisecond: signatures, sessions, and what is shown of a contact. */

import { createService } from '../../emulator/emulator.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import {
  body,
  contacts,
  OUTSIDER,
  PRINCIPAL,
  run,
  SESSION,
  signedHeadersOf,
  stoppedClock,
} from './fixtures.ts';

describe('a signature', () => {
  const DAY = 86_400_000;
  const call = { body: body(contacts(1)) };

  it('a session is good until the millisecond in which it expires, by the clock of signatures', async () => {
    const clock = stoppedClock();
    const key = { ...SESSION, expiresAt: clock.now() + 1_000 };
    const service = createService({ profile: 'stress', clock, keys: [PRINCIPAL, key, OUTSIDER] });
    service.virtualClock.ahead = DAY;
    clock.forward(999);
    expect(await run(service, { ...call, key })).toMatchObject({ status: 200 });
    clock.forward(1);
    expect(await run(service, { ...call, key })).toMatchObject({ error: 'ExpiredTokenException' });
  });

  it('a key signs on, over midnight and back', async () => {
    const clock = stoppedClock(Date.UTC(2026, 0, 1, 23, 59, 59));
    const service = createService({ profile: 'stress', clock });
    for (const key of [PRINCIPAL, SESSION]) {
      for (const at of [0, 1_000, 2_000, -1_000]) {
        const answer = await run(service, { ...call, key, at: clock.now() + at });
        expect(answer.status).toBe(200);
      }
    }
  });

  it('the whole seconds of both clocks are compared, the bound included', async () => {
    const clock = stoppedClock(Date.UTC(2026, 0, 1));
    const service = createService({ profile: 'stress', clock });
    const status = async (at: number) => (await run(service, { ...call, at })).status;
    const signedAt = clock.now();
    clock.forward(300_999);
    expect(await status(signedAt)).toBe(200);
    clock.forward(1);
    expect(await status(signedAt)).toBe(403);
    expect(await status(clock.now() + 300_999)).toBe(200);
    expect(await status(clock.now() + 301_000)).toBe(403);
  });

  it('is good however its header is written (assumed)', async () => {
    const clock = stoppedClock();
    const service = createService({ profile: 'stress', clock });
    const { authorization = '' } = signedHeadersOf({
      host: '127.0.0.1:8080',
      ...call,
      at: clock.now(),
    });
    const lists = [
      'content-type;host;x-amz-date',
      'x-amz-date;host;content-type',
      'Content-Type;Host;X-Amz-Date',
    ];
    const written = lists.map((list) => authorization.replace(lists[0] ?? '', list));
    const gaps = [',', ' ,  '].map((gap) => authorization.replaceAll(', ', gap));
    expect(new Set([...written, ...gaps]).size).toBe(5);
    for (const header of [...written, ...gaps]) {
      const unsigned = { authorization: header };
      expect(await run(service, { ...call, unsigned })).toMatchObject({ status: 200 });
    }
  });
});

it('a contact was updated when it was last changed, and no other with it', async () => {
  const clock = stoppedClock();
  const service = createService({ profile: 'stress', clock });
  const { id: InstanceId } = ORDINARY_INSTANCE;
  const [changed = '', other = ''] = (await run(service, { body: body(contacts(2)) })).contactIds;
  const moments = async (id: string) => {
    const target = `/contacts/${InstanceId}/${id}`;
    const { text } = await run(service, { method: 'GET', target, body: '' });
    const { Contact } = JSON.parse(text) as { Contact: Record<string, number | undefined> };
    const { InitiationTimestamp, LastUpdateTimestamp, DisconnectTimestamp } = Contact;
    return [InitiationTimestamp, LastUpdateTimestamp, DisconnectTimestamp];
  };
  const post = async (target: string, members: object) => {
    clock.forward(1_500);
    const text = JSON.stringify({ InstanceId, ...members });
    expect(await run(service, { method: 'POST', target, body: text })).toMatchObject({
      status: 200,
    });
  };
  const start = clock.now() / 1_000;
  const update = { InitialContactId: changed, Attributes: { a: 'b' } };
  await post('/contact/attributes', update);
  expect(await moments(changed)).toEqual([start, start + 1.5, undefined]);
  await post('/contact/stop', { ContactId: changed });
  expect(await moments(changed)).toEqual([start, start + 3, start + 3]);
  await post('/contact/attributes', update);
  expect(await moments(changed)).toEqual([start, start + 4.5, start + 3]);
  expect(await moments(other)).toEqual([start, start, undefined]);
});
