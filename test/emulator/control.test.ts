import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTROL_CALLS } from '../../emulator/control/control.ts';
import { patchFacts } from '../../emulator/control/facts-patch.ts';
import { healthOf } from '../../emulator/control/health.ts';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import { createService, startEmulator } from '../../emulator/emulator.ts';
import { StoreLostError } from '../../emulator/stores/store.ts';
import {
  INJECTED_NUMBERS,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { DIALPROOF_VERSION, PACKAGE_ROOT } from '../../system/package.ts';
import { readExposition } from './exposition-reader.ts';
import {
  body,
  contact,
  contacts,
  control,
  ledger,
  OUTSIDER,
  send,
  stats,
  until,
} from './fixtures.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
beforeEach(() => control(emulator, 'POST', '/reset'));
afterAll(() => emulator.close());

const door = (method: string, path: string, text?: string) =>
  fetch(`${emulator.controlUrl}${path}`, { method, body: text ?? null });

describe('PUT /facts', () => {
  it('changes the answers from the next call on', async () => {
    const call = { body: body(contacts(1)) };
    await control(emulator, 'PUT', '/facts', { outage: 'ServiceUnavailable' });
    expect(await send(emulator, call)).toMatchObject({ status: 503 });
    await control(emulator, 'PUT', '/facts', { outage: null, choices: { emptyLists: 'omitted' } });
    expect((await send(emulator, call)).text).not.toContain('FailedRequestList');
    expect(JSON.parse(await control(emulator, 'GET', '/facts'))).toEqual(
      ordinaryFacts({ choices: { ...ordinaryFacts().choices, emptyLists: 'omitted' } }),
    );
  });

  it('moves the principals to another account with the endpoint', async () => {
    const denied = async () => (await send(emulator, { body: body([]), key: OUTSIDER })).message;
    expect(await denied()).toContain('User: arn:aws:iam::123456789012:user/outsider ');
    await control(emulator, 'PUT', '/facts', { account: '999999999999' });
    expect(await denied()).toMatch(
      /User: arn:aws:iam::999999999999:user\/outsider .* on resource: arn:aws:connect:us-east-1:999999999999:/,
    );
  });

  it('refuses what it cannot read, and changes nothing', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    for (const text of [
      '{',
      '{"outages":null}',
      '[]',
      '{"account":"1","outage":"Flood"}',
      '{"__proto__":{"outage":"ServiceUnavailable"}}',
      '{"choices":{"emptyLists":[["omitted"]]}}',
      `{"choices":{"emptyLists":${deep}}}`,
    ]) {
      expect((await door('PUT', '/facts', text)).status).toBe(400);
    }
    expect(JSON.parse(await control(emulator, 'GET', '/facts'))).toEqual(ordinaryFacts());
  });
});

describe('PUT /instances', () => {
  const other = { ...ORDINARY_INSTANCE, id: 'another', campaigns: ['autumn'] };

  it('replaces the instances, and nothing else', async () => {
    await control(emulator, 'PUT', '/facts', { pendingRoom: 5 });
    const answered = JSON.parse(await control(emulator, 'PUT', '/instances', [other]));
    expect(answered).toEqual([other]);
    expect(JSON.parse(await control(emulator, 'GET', '/facts'))).toEqual(
      ordinaryFacts({ instances: [other], pendingRoom: 5 }),
    );
    expect(await send(emulator, { body: body(contacts(1)) })).toMatchObject({ status: 404 });
    const target = '/contact/batch/another';
    const answer = await send(emulator, { target, body: body(contacts(1)) });
    expect(answer.codes).toEqual(['MISSING_CAMPAIGN']);
  });

  it.each([
    '',
    '{}',
    '[{"id":"i"}]',
    '[1]',
    JSON.stringify([other, other]),
    JSON.stringify([{ ...other, campaign: ['autumn'] }]),
    JSON.stringify([{ ...other, queues: [...other.queues, other.queues[0]] }]),
    JSON.stringify([{ ...other, queues: [{ ...other.queues[0], open: true }] }]),
  ])('refuses %s', async (text) => {
    expect((await door('PUT', '/instances', text)).status).toBe(400);
    expect(JSON.parse(await control(emulator, 'GET', '/facts'))).toEqual(ordinaryFacts());
  });
});

describe('PUT /clock', () => {
  const clock = async () =>
    JSON.parse(await control(emulator, 'GET', '/clock')) as { ahead: number; now: string };

  it('puts tokens past their lifetime, and leaves signatures and Date where they are', async () => {
    const call = { body: body(contacts(1), 't') };
    const first = await send(emulator, call);
    await control(emulator, 'PUT', '/clock', { ahead: 7 * 86_400 - 10 });
    expect((await send(emulator, call)).contactIds).toEqual(first.contactIds);
    await control(emulator, 'PUT', '/clock', { ahead: 7 * 86_400 });
    const later = await send(emulator, call);
    expect(later.status).toBe(200);
    expect(later.contactIds).not.toEqual(first.contactIds);
    expect(Math.abs(Date.parse(later.headers.date ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('fills buckets', async () => {
    const quota = await startEmulator({ rate: 1, burst: 1 });
    try {
      const call = { body: body(contacts(1)) };
      await control(quota, 'PUT', '/bucket', { tokens: 0 });
      expect((await send(quota, call)).status).toBe(429);
      await control(quota, 'PUT', '/clock', { ahead: 3600 });
      expect((await send(quota, call)).status).toBe(200);
      // Set back, it does not leave them empty for the hour that it was ahead.
      await control(quota, 'PUT', '/clock', { ahead: 0 });
      await until(async () => (await send(quota, call)).status === 200);
    } finally {
      await quota.close();
    }
  });

  it('tells what it is, and is put back by a reset', async () => {
    expect(await clock()).toMatchObject({ ahead: 0 });
    const told = JSON.parse(await control(emulator, 'PUT', '/clock', { ahead: 86_400.5 }));
    expect(told).toMatchObject({ ahead: 86_400.5 });
    expect(Date.parse((await clock()).now) - Date.now()).toBeGreaterThan(86_000_000);
    await control(emulator, 'POST', '/reset');
    expect(await clock()).toMatchObject({ ahead: 0 });
  });

  it.each([
    '',
    '{}',
    '{"ahead":-1}',
    '{"ahead":"1"}',
    '{"ahead":1e300}',
    '{"ahead":1,"x":2}',
    '[]',
  ])('refuses %s', async (text) => {
    expect((await door('PUT', '/clock', text)).status).toBe(400);
    expect(await clock()).toMatchObject({ ahead: 0 });
  });
});

describe('POST /clock/advance', () => {
  it('adds up what several clients ask for at the same time', async () => {
    const { ahead } = JSON.parse(await control(emulator, 'GET', '/clock')) as { ahead: number };
    const asked = [3, 20, 0.5, 7].map((seconds) =>
      control(emulator, 'POST', '/clock/advance', { seconds }),
    );
    await Promise.all(asked);
    const now = JSON.parse(await control(emulator, 'GET', '/clock')) as { ahead: number };
    expect(now.ahead - ahead).toBeCloseTo(30.5, 3);
    await control(emulator, 'PUT', '/clock', { ahead: 0 });
  });

  it.each(['{}', '{"seconds":-1}', '{"ahead":1}'])('refuses %s', async (text) => {
    expect((await door('POST', '/clock/advance', text)).status).toBe(400);
  });
});

describe('GET /health', () => {
  it('says that all is well, since when, and of which version', async () => {
    expect(JSON.parse(await control(emulator, 'GET', '/health'))).toEqual({
      status: 'ok',
      version: DIALPROOF_VERSION,
      uptimeSeconds: expect.any(Number),
      bugs: [],
      store: 'ok',
    });
  });

  it('names the seeded bugs', async () => {
    const service = createService({ bugs: ['drops-item', 'wrong-code'] });
    expect(await healthOf(service)).toMatchObject({ bugs: ['drops-item', 'wrong-code'] });
  });

  it('says why the store cannot be read', async () => {
    const service = createService();
    const find = () => Promise.reject(new StoreLostError('nobody answers at 127.0.0.1:1'));
    const health = await healthOf({ ...service, store: { ...service.store, find } });
    expect(health).toMatchObject({ status: 'failing', store: 'nobody answers at 127.0.0.1:1' });
  });

  it('does not wait for a store that never answers', async () => {
    const service = createService();
    const find = () => new Promise<never>(() => {});
    const store = { ...service.store, find };
    expect(await healthOf({ ...service, store }, 1)).toMatchObject({ store: 'does not answer' });
  });
});

it('GET /stats says how hard the process works', async () => {
  const { process: figures } = await stats(emulator);
  expect(figures.cpuSeconds).toBeGreaterThan(0);
  expect(figures.residentBytes).toBeGreaterThan(1_000_000);
  expect(figures.eventLoopUtilization).toBeGreaterThan(0);
  expect(figures.eventLoopUtilization).toBeLessThanOrEqual(1);
  expect(figures.eventLoopLagSeconds.max).toBeGreaterThanOrEqual(figures.eventLoopLagSeconds.p99);
});

describe('docs/control.md', () => {
  const text = readFileSync(join(PACKAGE_ROOT, 'docs/control.md'), 'utf8');

  it('has a section for every call, and for no other', () => {
    const sections = text.split('\n').flatMap((line) => /^### `(.+)`$/.exec(line)?.[1] ?? []);
    expect(sections.sort()).toEqual([...CONTROL_CALLS].sort());
  });

  it('names every metric, and no other', async () => {
    const known = readExposition(await control(emulator, 'GET', '/metrics')).keys();
    const named = text
      .split('\n')
      .flatMap((line) => /^\| `((?:dialproof|process)_\w+)(?:\{.*\})?` \|/.exec(line)?.[1] ?? []);
    expect(named.sort()).toEqual([...known].sort());
  });
});

describe('patchFacts', () => {
  const facts = ordinaryFacts();

  it('merges choices and injected, replaces the rest', () => {
    const patched = patchFacts(facts, {
      injected: { '+12025550150': 'INTERNAL_ERROR', [INJECTED_NUMBERS.REQUEST_THROTTLED]: null },
      choices: { diallableTypes: ['VOIP'], tokenLifetimeSeconds: 5 },
      pendingRoom: 3,
      instances: [{ id: 'i', queues: [{ id: 'q', name: 'Q', enabled: true }], numbers: ['+1'] }],
    });
    const { [INJECTED_NUMBERS.REQUEST_THROTTLED]: _, ...others } = facts.injected;
    expect(Object.keys(others)).not.toEqual([]);
    expect(patched).toEqual({
      ...facts,
      injected: {
        ...others,
        '+12025550150': 'INTERNAL_ERROR',
      },
      choices: { ...facts.choices, diallableTypes: ['VOIP'], tokenLifetimeSeconds: 5 },
      pendingRoom: 3,
      instances: [
        {
          id: 'i',
          queues: [{ id: 'q', name: 'Q', enabled: true }],
          numbers: ['+1'],
          campaigns: null,
        },
      ],
    });
    expect(facts).toEqual(ordinaryFacts());
  });

  it.each([
    [{ choice: {} }, /facts has no member 'choice'; it has account, /],
    [{ choices: { emptyList: 1 } }, /choices has no member 'emptyList'/],
    [{ choices: { toString: 1 } }, /choices has no member 'toString'/],
    [{ choices: { emptyLists: 'maybe' } }, /choices\.emptyLists must be present \| omitted/],
    [{ choices: { clockSkewSeconds: -1 } }, /choices\.clockSkewSeconds must be 1\.\.86400/],
    [{ outage: 'Flood' }, /outage must be null or "InternalServiceException" or/],
    [{ pendingRoom: 1.5 }, /pendingRoom must be/],
    [{ pendingRoom: '3' }, /pendingRoom must be/],
    [{ account: '' }, /account must be a text/],
    [{ injected: { '+1': 'NO_SUCH' } }, /injected\.\+1 must be/],
    [{ instances: {} }, /instances must be a list/],
    [
      { instances: [{ id: 'i', queues: [{ id: 'q', name: 'Q' }] }] },
      /queues\[0\]\.enabled must be/,
    ],
    [{ instances: [{ id: 'i', queues: [] }] }, /instances\[0\]\.numbers must be/],
    [null, /facts must be an object/],
  ])('%j', (patch, message) => {
    expect(() => patchFacts(facts, patch)).toThrow(UserError);
    expect(() => patchFacts(facts, patch)).toThrow(message);
  });
});

describe('POST /tokens', () => {
  const token = { clientToken: 't', instanceId: ORDINARY_INSTANCE.id, contacts: contacts(2) };

  it('makes a record that a later call replays', async () => {
    const contactIds = ['id-one', 'id-two'];
    await control(emulator, 'POST', '/tokens', { ...token, contactIds });
    const answer = await send(emulator, { body: body(contacts(2), 't') });
    expect(answer.contactIds).toEqual(contactIds);
    expect(await send(emulator, { body: body(contacts(1), 't') })).toMatchObject({ status: 409 });
    expect(await ledger(emulator)).toMatchObject([
      { type: 'token', clientToken: 't', requests: 2 },
      { type: 'contact', contactId: 'id-one' },
      { type: 'contact', contactId: 'id-two' },
    ]);
  });

  it('makes ids where none are given', async () => {
    await control(emulator, 'POST', '/tokens', token);
    const { contactIds } = await send(emulator, { body: body(contacts(2), 't') });
    expect(contactIds).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.anything()]);
  });

  it.each([
    { ...token, clientToken: '' },
    { ...token, instanceId: 'none' },
    { ...token, contacts: [] },
    { ...token, contactIds: [1] },
    { ...token, contactIds: ['same', 'same'] },
    { ...token, contactIds: [''] },
    { ...token, contactId: ['one'] },
    {},
  ])('refuses %j', async (value) => {
    expect((await door('POST', '/tokens', JSON.stringify(value))).status).toBe(400);
    expect(await ledger(emulator)).toEqual([]);
  });
});

describe('PUT /bucket', () => {
  it('empties and freezes the bucket', async () => {
    await control(emulator, 'PUT', '/bucket', { tokens: 1, frozen: true });
    const call = { body: body(contacts(1)) };
    expect((await send(emulator, call)).status).toBe(200);
    expect((await send(emulator, call)).status).toBe(429);
  });

  it.each([
    '{}',
    '{"tokens":-1}',
    '{"tokens":"1"}',
    '{"tokens":1,"frozen":1}',
    '{"tokens":1,"frozn":true}',
    '7',
  ])('refuses %s', async (text) => {
    expect((await door('PUT', '/bucket', text)).status).toBe(400);
  });
});

describe('GET /ledger', () => {
  it('has a line for every token, in the order of the batch, and for every contact', async () => {
    const { RequestIdentifier: _, ...anonymous } = contact(2);
    const { contactIds } = await send(emulator, {
      body: body([contact(0), contact(1, { QueueId: 'none' }), anonymous], 't'),
    });
    const { contactIds: untold } = await send(emulator, { body: body([contact(3)]) });
    expect(await ledger(emulator)).toEqual([
      {
        type: 'token',
        account: '123456789012',
        region: 'us-east-1',
        clientToken: 't',
        instanceId: ORDINARY_INSTANCE.id,
        requests: 1,
        items: [
          { requestIdentifier: 'item-0', contactId: contactIds[0] },
          { requestIdentifier: 'item-1', code: 'INVALID_QUEUE' },
          { contactId: contactIds[1] },
        ],
      },
      { type: 'contact', contactId: contactIds[0], clientToken: 't', requestIdentifier: 'item-0' },
      { type: 'contact', contactId: contactIds[1], clientToken: 't' },
      { type: 'contact', contactId: untold[0], clientToken: null, requestIdentifier: 'item-3' },
    ]);
  });

  it('comes in several chunks when it is long', async () => {
    for (let i = 0; i < 40; i += 1) await send(emulator, { body: body(contacts(25), `t${i}`) });
    const response = await door('GET', '/ledger');
    expect(response.headers.get('transfer-encoding')).toBe('chunked');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(40 * 26);
    expect(lines.map((line) => JSON.parse(line).type)).toContain('contact');
  });
});

it('POST /reset puts all back to the start', async () => {
  await control(emulator, 'PUT', '/facts', { pendingRoom: 1, choices: { emptyLists: 'omitted' } });
  await control(emulator, 'PUT', '/bucket', { tokens: 5, frozen: true });
  await send(emulator, { body: body(contacts(2), 't') });
  await control(emulator, 'PUT', '/gate', { closed: true });
  await control(emulator, 'POST', '/reset');
  expect(await ledger(emulator)).toEqual([]);
  expect(await stats(emulator)).toMatchObject({
    requests: 0,
    replays: 0,
    contacts: 0,
    refusals: {},
  });
  expect(JSON.parse(await control(emulator, 'GET', '/facts'))).toEqual(ordinaryFacts());
  for (let i = 0; i < 10; i += 1) {
    expect((await send(emulator, { body: body(contacts(1)) })).status).toBe(200);
  }
});

it('knows no other call, and says which it knows', async () => {
  for (const [method, path] of [
    ['GET', '/'],
    ['DELETE', '/facts'],
    ['GET', '/toString'],
  ] as const) {
    const response = await door(method, path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      message: expect.stringMatching(/^the control door has no .*it has GET \/health, /),
    });
  }
});

it.each(['', '{"closed":"yes"}', '{"closed":false,"open":true}', '[]'])(
  'PUT /gate refuses %s',
  async (text) => {
    expect((await door('PUT', '/gate', text)).status).toBe(400);
  },
);

it('refuses a body that is no UTF-8, for it would store what nobody said', async () => {
  const bytes = Buffer.from('{"account":"x"}');
  bytes[12] = 0xff;
  const { status } = await fetch(`${emulator.controlUrl}/facts`, { method: 'PUT', body: bytes });
  expect(status).toBe(400);
  expect(JSON.parse(await control(emulator, 'GET', '/facts'))).toEqual(ordinaryFacts());
});

it('PUT /faults takes no empty body for the plan without faults', async () => {
  await control(emulator, 'PUT', '/faults', { faults: [{ fault: 'throttle' }] });
  expect((await door('PUT', '/faults', '')).status).toBe(400);
  expect((await send(emulator, { body: body(contacts(1)) })).status).toBe(429);
});
