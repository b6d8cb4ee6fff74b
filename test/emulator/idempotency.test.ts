/** The thirteen rules of idempotency, by number. None but the name of the error is AWS's own word. */

import { connect } from 'node:net';
import type { Service } from '../../emulator/call/service.ts';
import { createService, type EmulatorOptions } from '../../emulator/emulator.ts';
import { createMemoryStore } from '../../emulator/stores/memory-store.ts';
import { ORDINARY_KEEPING, type Store } from '../../emulator/stores/store.ts';
import { createTokens, tokenKey } from '../../emulator/stores/tokens.ts';
import { choose } from '../../operation/connect/choices.ts';
import {
  INJECTED_NUMBERS,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../operation/connect/facts.ts';
import {
  type Answer,
  body,
  contact,
  contacts,
  control,
  factsWith,
  ledger,
  PRINCIPAL,
  run,
  SESSION,
  send,
  signedHeadersOf,
  stats,
  stoppedClock,
  until,
  withEmulator,
} from './fixtures.ts';

const service = (options: EmulatorOptions = {}) => createService({ profile: 'stress', ...options });
const CONFLICT = { status: 409, error: 'IdempotencyException' };

async function contactsIn({ store }: Service): Promise<string[]> {
  const ids: string[] = [];
  for await (const { results } of store.batches()) {
    for (const result of results) if ('contactId' in result) ids.push(result.contactId);
  }
  return ids;
}

describe('1. the key is account, Region, operation and ClientToken', () => {
  it('makes the instance one of the compared parameters', async () => {
    const other = { ...ORDINARY_INSTANCE, id: 'another-instance' };
    const s = service({ facts: ordinaryFacts({ instances: [ORDINARY_INSTANCE, other] }) });
    const call = { body: body(contacts(1), 't') };
    expect(await run(s, call)).toMatchObject({ status: 200 });
    expect(await run(s, { ...call, target: '/contact/batch/another-instance' })).toMatchObject(
      CONFLICT,
    );
  });

  it('holds instance id and ARN for the same instance', async () => {
    const s = service();
    const arn = `arn:aws:connect:us-east-1:123456789012:instance/${ORDINARY_INSTANCE.id}`;
    const first = await run(s, { body: body(contacts(1), 't') });
    const target = `/contact/batch/${encodeURIComponent(arn)}`;
    const again = await run(s, { body: body(contacts(1), 't'), target });
    expect(again.contactIds).toEqual(first.contactIds);
  });

  it('lets two Regions, and two accounts, use one token', async () => {
    const s = service();
    const first = await run(s, { body: body(contacts(1), 't') });
    s.facts = { ...s.facts, region: 'eu-west-2' };
    const second = await run(s, { body: body(contacts(1), 't'), region: 'eu-west-2' });
    s.facts = { ...s.facts, account: '111122223333' };
    const third = await run(s, { body: body(contacts(1), 't'), region: 'eu-west-2' });
    expect(new Set([...first.contactIds, ...second.contactIds, ...third.contactIds]).size).toBe(3);
  });

  it('does not ask which key of the account signed', async () => {
    const s = service();
    const first = await run(s, { body: body(contacts(1), 't'), key: PRINCIPAL });
    const again = await run(s, { body: body(contacts(1), 't'), key: SESSION });
    expect(again.contactIds).toEqual(first.contactIds);
  });
});

it.each(['', undefined])('2. token %p is none: there is no record', async (token) => {
  const s = service();
  const call = { body: body(contacts(1), token) };
  const [first, second] = [await run(s, call), await run(s, call)];
  expect(second.contactIds).not.toEqual(first.contactIds);
  for await (const { clientToken } of s.store.batches()) expect(clientToken).toBeNull();
  expect(await contactsIn(s)).toHaveLength(2);
});

describe('3. parsed values are compared', () => {
  const original = contact(1, { Attributes: { b: '2', a: 'é' } });

  it.each([
    [
      'members in another order',
      JSON.stringify({
        ContactDataRequestList: [Object.fromEntries(Object.entries(original).reverse())],
        ClientToken: 't',
      }),
    ],
    ['attributes in another order', body([{ ...original, Attributes: { a: 'é', b: '2' } }], 't')],
    ['other white space', JSON.stringify(JSON.parse(body([original], 't')), null, 2)],
    ['escaped letters', body([original], 't').replaceAll('é', '\\u00e9')],
    [
      'members that are null or unknown',
      body([{ ...original, OutboundStrategy: null, New: 1 }], 't'),
    ],
  ])('%s: the same', async (_, again) => {
    const s = service();
    const first = await run(s, { body: body([original], 't') });
    const second = await run(s, { body: again });
    expect(second.contactIds).toEqual(first.contactIds);
  });

  it.each([
    ['a letter in upper case', [{ ...original, RequestIdentifier: 'ITEM-1' }]],
    ['a composed letter taken apart', [{ ...original, Attributes: { b: '2', a: 'e\u0301' } }]],
    ['an attribute more', [{ ...original, Attributes: { b: '2', a: 'é', c: '' } }]],
    ['an empty map for an absent one', [original, contact(2, { Attributes: {} })]],
    ['items in another order', [contact(2), original]],
    ['an item less', [original]],
  ])('%s: not the same', async (_, again) => {
    const s = service();
    await run(s, { body: body([original, contact(2)], 't') });
    expect(await run(s, { body: body(again, 't') })).toMatchObject(CONFLICT);
  });

  it('tells tokens apart by case', async () => {
    const s = service();
    const [first, second] = [
      await run(s, { body: body([original], 't') }),
      await run(s, { body: body([original], 'T') }),
    ];
    expect([first.contactIds, second.contactIds].map((ids) => ids.length)).toEqual([1, 1]);
    expect(second.contactIds).not.toEqual(first.contactIds);
  });
});

it('4. another payload gets 409, and nothing is created', async () => {
  const s = service();
  const first = await run(s, { body: body(contacts(1), 't') });
  expect(await run(s, { body: body(contacts(2), 't') })).toMatchObject(CONFLICT);
  expect(await contactsIn(s)).toEqual(first.contactIds);
  expect((await run(s, { body: body(contacts(1), 't') })).contactIds).toEqual(first.contactIds);
});

it('5. the same payload gets the stored answer with a new request id', async () => {
  const s = service();
  const items = [contact(1), contact(2, { QueueId: 'none' }), contact(3)];
  const first = await run(s, { body: body(items, 't') });
  const again = await run(s, { body: body(items, 't') });
  expect(again.text).toBe(first.text);
  expect(again.headers['x-amzn-requestid']).not.toBe(first.headers['x-amzn-requestid']);
  expect(s.stats).toMatchObject({ requests: 2, replays: 1, contacts: 2 });
});

describe('6. only a committed 200 is stored', () => {
  it.each([
    ['403', { secret: 'wrong' }, {}],
    ['404', { target: '/contact/batch/none' }, {}],
    ['400', { body: body([...contacts(1), { QueueId: 1 }], 't') }, {}],
    ['429', {}, { outage: 'LimitExceededException' }],
    ['500', {}, { outage: 'InternalServiceException' }],
  ] as const)('a %s does not use the token up', async (status, change, facts) => {
    const s = service();
    const good = s.facts;
    const call = { body: body(contacts(1), 't') };
    s.facts = { ...good, ...facts };
    expect(await run(s, { ...call, ...change })).toMatchObject({ status: Number(status) });
    s.facts = good;
    expect(await run(s, { body: body(contacts(2), 't') })).toMatchObject({ status: 200 });
  });

  it('nor does a commit that fails, and the room comes back', async () => {
    const s = service({ facts: ordinaryFacts({ pendingRoom: 1 }) });
    const failing = { ...s, store: failingOnce(s.store) };
    await expect(run(failing, { body: body(contacts(1), 't') })).rejects.toThrow('disk full');
    expect(failing.facts.pendingRoom).toBe(1);
    expect(await run(failing, { body: body(contacts(1), 't') })).toMatchObject({ codes: [] });
    expect(failing.facts.pendingRoom).toBe(0);
  });
});

it('7. a connection lost after the commit: the retry replays the success', async () => {
  await withEmulator({}, async (emulator) => {
    const { host, hostname, port } = new URL(emulator.url);
    const bytes = body(contacts(2), 't');
    await control(emulator, 'PUT', '/gate', { closed: true });
    const socket = connect(Number(port), hostname);
    const headers = Object.entries({
      ...signedHeadersOf({ host, body: bytes }),
      'content-length': Buffer.byteLength(bytes),
    });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`PUT /contact/batch/${ORDINARY_INSTANCE.id} HTTP/1.1\r\n${head}\r\n${bytes}`);
    await until(async () => (await stats(emulator)).heldAtGate === 1);
    socket.destroy();
    await control(emulator, 'PUT', '/gate', { closed: false });
    const retry = await send(emulator, { body: bytes });
    const created = (await ledger(emulator)).filter((line) => line.type === 'contact');
    expect(retry.contactIds).toEqual(created.map((line) => line.contactId));
    expect(await stats(emulator)).toMatchObject({ replays: 1, contacts: 2 });
  });
});

describe('8. an equal request while the first is in flight', () => {
  it('waits, over the wire, and gets the same answer', async () => {
    await withEmulator({}, async (emulator) => {
      await control(emulator, 'PUT', '/gate', { closed: true });
      const calls = Array.from({ length: 5 }, () =>
        send(emulator, { body: body(contacts(3), 't') }),
      );
      await until(async () => (await stats(emulator)).waitingForDuplicate === 4);
      expect(await ledger(emulator)).toEqual([]);
      await control(emulator, 'PUT', '/gate', { closed: false });
      const answers = await Promise.all(calls);
      expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
      expect(await stats(emulator)).toMatchObject({
        replays: 4,
        contacts: 3,
        waitingForDuplicate: 0,
      });
      expect((await ledger(emulator))[0]).toMatchObject({ requests: 5 });
    });
  });

  it('takes over, alone, when the first fails before its commit', async () => {
    const s = service();
    const failing = { ...s, store: failingOnce(s.store) };
    s.gate.close();
    const calls = Array.from({ length: 4 }, () => run(failing, { body: body(contacts(1), 't') }));
    const settled = Promise.allSettled(calls);
    s.gate.open();
    const answers = await settled;
    const [failed, ...answered] = answers.sort((a, b) => (a.status < b.status ? 1 : -1));
    expect(failed).toMatchObject({ status: 'rejected' });
    const ids = answered.flatMap((one) =>
      one.status === 'fulfilled' ? (one.value as Answer).contactIds : ['rejected'],
    );
    expect(ids).toHaveLength(3);
    expect([...new Set(ids)]).toEqual(await contactsIn(s));
  });

  it('is refused at once where the choice says so', async () => {
    const s = service({ facts: factsWith({ inFlightDuplicate: 'refuse' }) });
    s.gate.close();
    const first = run(s, { body: body(contacts(1), 't') });
    expect(await run(s, { body: body(contacts(1), 't') })).toMatchObject(CONFLICT);
    s.gate.open();
    const { contactIds } = await first;
    expect((await run(s, { body: body(contacts(1), 't') })).contactIds).toEqual(contactIds);
  });
});

describe('9. another payload while the first is in flight', () => {
  it('gets 409 at once', async () => {
    const s = service();
    s.gate.close();
    const first = run(s, { body: body(contacts(1), 't') });
    expect(await run(s, { body: body(contacts(2), 't') })).toMatchObject(CONFLICT);
    s.gate.open();
    expect(await first).toMatchObject({ status: 200 });
  });

  it('does not spoil a replay that comes while a mismatch is being looked up', async () => {
    const store = createMemoryStore(ORDINARY_KEEPING);
    const asks: (() => void)[] = [];
    const slow: Store = {
      ...store,
      find: (key) => new Promise((resolve) => asks.push(() => resolve(store.find(key)))),
    };
    const key = tokenKey('1', 'r', 't');
    const record = {
      account: '1',
      region: 'r',
      clientToken: 't',
      instanceId: 'i',
      body: Buffer.from(body(contacts(1), 't')),
      committedAt: 0,
      results: [],
      requests: 1,
    };
    await store.commit({ key, record, rerun: false, now: 0 });
    const claims = createTokens(slow);
    const { enter } = claims;
    const bad = enter(key, { ...record, instanceId: 'another' }, 1, choose());
    const good = enter(key, record, 1, choose());
    asks.shift()?.();
    expect(await bad).toEqual({ kind: 'mismatch' });
    await until(async () => asks.length > 0);
    asks.shift()?.();
    expect(await good).toEqual({ kind: 'replay', record });
    expect(claims.waiting).toBe(0);
  });
});

describe('10. a replay', () => {
  const throttled = contact(2, {
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: INJECTED_NUMBERS.REQUEST_THROTTLED },
  });
  const items = [contact(1), throttled, contact(3, { QueueId: 'none' })];
  const recovered = (s: Service) => {
    s.facts = { ...s.facts, injected: {} };
  };

  it('answers the whole stored result, failed items included', async () => {
    const s = service();
    const first = await run(s, { body: body(items, 't') });
    expect(first.codes).toEqual(['REQUEST_THROTTLED', 'INVALID_QUEUE']);
    recovered(s);
    expect((await run(s, { body: body(items, 't') })).text).toBe(first.text);
    const fresh = await run(s, { body: body([throttled], 'another') });
    expect(fresh).toMatchObject({ status: 200, codes: [] });
  });

  it('with rerun-retryable runs the retryable items again, and only them', async () => {
    const s = service({ facts: factsWith({ replayMode: 'rerun-retryable' }) });
    const first = await run(s, { body: body(items, 't') });
    recovered(s);
    const again = await run(s, { body: body(items, 't') });
    expect(again.codes).toEqual(['INVALID_QUEUE']);
    expect(again.contactIds).toHaveLength(2);
    expect(again.contactIds).toEqual(expect.arrayContaining([...first.contactIds]));
    expect((await run(s, { body: body(items, 't') })).text).toBe(again.text);
    expect((await contactsIn(s)).sort()).toEqual([...again.contactIds].sort());
    for await (const record of s.store.batches()) expect(record.requests).toBe(3);
  });

  it('with rerun-retryable runs nothing again where no failure is retryable', async () => {
    const s = service({ facts: factsWith({ replayMode: 'rerun-retryable' }) });
    const call = { body: body([contact(1), contact(2, { QueueId: 'none' })], 't') };
    const first = await run(s, call);
    s.facts = {
      ...s.facts,
      instances: [{ ...ORDINARY_INSTANCE, queues: [{ id: 'none', name: 'Late', enabled: true }] }],
    };
    expect((await run(s, call)).text).toBe(first.text);
    expect(s.stats).toMatchObject({ requests: 2, replays: 1, contacts: 1 });
  });

  it('with rerun-retryable never makes two contacts of one item, however many come at once', async () => {
    const s = service({ facts: factsWith({ replayMode: 'rerun-retryable' }) });
    await run(s, { body: body(items, 't') });
    recovered(s);
    s.gate.close();
    const calls = Array.from({ length: 5 }, () => run(s, { body: body(items, 't') }));
    s.gate.open();
    const answers = await Promise.all(calls);
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    expect(await contactsIn(s)).toHaveLength(2);
  });
});

it('11. a replay spends a rate token', async () => {
  const clock = stoppedClock();
  const s = createService({ clock });
  const calls = [];
  for (let i = 0; i < 16; i += 1) calls.push(await run(s, { body: body(contacts(1), 't') }));
  expect(calls.map((answer) => answer.status)).toEqual([...Array(15).fill(200), 429]);
});

it('12. a record lives for its lifetime from the commit, and is new afterwards', async () => {
  const clock = stoppedClock();
  const s = service({ clock, facts: factsWith({ tokenLifetimeSeconds: 60 }) });
  const first = await run(s, { body: body(contacts(1), 't') });
  clock.forward(59_999);
  expect((await run(s, { body: body(contacts(1), 't') })).contactIds).toEqual(first.contactIds);
  clock.forward(1);
  const second = await run(s, { body: body(contacts(2), 't') });
  expect(second.contactIds).toHaveLength(2);
  expect(second.contactIds).not.toContain(first.contactIds[0]);
  expect((await run(s, { body: body(contacts(1), 't') })).status).toBe(409);
});

it('12. lives for seven days by default', async () => {
  const clock = stoppedClock();
  const s = service({ clock });
  const first = await run(s, { body: body(contacts(1), 't') });
  clock.forward(7 * 86_400_000 - 1);
  expect((await run(s, { body: body(contacts(1), 't') })).contactIds).toEqual(first.contactIds);
  clock.forward(1);
  expect((await run(s, { body: body(contacts(1), 't') })).contactIds).not.toEqual(first.contactIds);
});

it('13. successes stand when other items of the batch fail', async () => {
  const s = service();
  const answer = await run(s, { body: body([contact(1), {}, contact(2)], 't') });
  expect(answer.codes).toHaveLength(1);
  expect(await contactsIn(s)).toEqual(answer.contactIds);
});

/** A store whose first commit is refused and changes nothing. */
function failingOnce(store: Store): Store {
  let failed = false;
  return {
    ...store,
    async commit(change) {
      if (!failed) {
        failed = true;
        throw new Error('disk full');
      }
      await store.commit(change);
    },
  };
}
