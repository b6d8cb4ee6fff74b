/** The laws, asked of an emulator on each store; and wrong endpoints, in each of which they find the fault. */

import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { emulatorStores } from './each-store.ts';
import { type Call, control, PRINCIPAL, signedHeadersOf, stoppedClock } from './fixtures.ts';
import { CALLER_LAWS } from './laws/callers.ts';
import { clientAs, clientOf } from './laws/clients.ts';
import { CONTACT_LAWS } from './laws/contacts.ts';
import { ISOLATION_LAWS, QUOTA_LAWS } from './laws/isolation.ts';
import { ITEM_LAWS } from './laws/items.ts';
import type { Client, Law } from './laws/law.ts';
import { changes, TOKEN_LAWS } from './laws/tokens.ts';
import { WORLD } from './laws/world.ts';

const STORES = emulatorStores();
const REDIS = STORES.find(({ kind }) => kind === 'Redis');

const HERE = { account: '123456789012', region: 'us-east-1' };
const ELSEWHERE = [
  ['two accounts', { account: '210987654321', region: 'us-east-1' }],
  ['two Regions', { account: '123456789012', region: 'eu-west-2' }],
] as const;

describe.each(STORES)('on the $kind store', ({ kind, open }) => {
  let free: RunningEmulator;
  beforeAll(async () => {
    free = await startEmulator({ ...WORLD, ...(await open()), profile: 'stress' });
  });
  afterAll(() => free.close());

  // What single items and callers get does not come from the store.
  const laws = {
    ...TOKEN_LAWS,
    ...CONTACT_LAWS,
    ...(kind === 'memory' ? { ...ITEM_LAWS, ...CALLER_LAWS } : {}),
  };
  it.each(Object.values<Law>(laws))('$says', async ({ breaches }) => {
    expect(await breaches(clientAs(free, HERE))).toEqual([]);
  });

  describe.each(ELSEWHERE)('%s', (_, there) => {
    it.each(ISOLATION_LAWS)('$says', async ({ breaches }) => {
      const one = clientAs(free, HERE);
      expect(await breaches(one, clientAs(free, there))).toEqual([]);
      expect(await breaches(one, one)).not.toEqual([]);
    });
  });
});

describe.each(ELSEWHERE)('%s with a quota', (_, there) => {
  it.each(QUOTA_LAWS)('on one emulator: $says', async ({ breaches }) => {
    const emulator = await startEmulator({ ...WORLD, clock: stoppedClock(Date.now()) });
    try {
      const one = clientAs(emulator, HERE);
      expect(await breaches(one, clientAs(emulator, there))).toEqual([]);
      await control(emulator, 'POST', '/reset');
      expect(await breaches(one, one)).not.toEqual([]);
    } finally {
      await emulator.close();
    }
  });

  (REDIS ? it : it.skip).each(QUOTA_LAWS)(
    'on two that share a Redis: $says',
    async ({ breaches }) => {
      const shared = await REDIS?.open();
      const clock = stoppedClock(Date.now());
      const open = (where: typeof HERE) =>
        startEmulator({
          ...WORLD,
          facts: { ...WORLD.facts, ...where },
          clock,
          ...shared,
        });
      const emulators = [await open(HERE), await open(there), await open(HERE)] as const;
      const [one, other, twin] = emulators;
      try {
        await control(one, 'POST', '/reset');
        expect(await breaches(clientOf(one, HERE), clientOf(other, there))).toEqual([]);
        await control(one, 'POST', '/reset');
        expect(await breaches(clientOf(one, HERE), clientOf(twin, HERE))).not.toEqual([]);
      } finally {
        for (const emulator of emulators) await emulator.close();
      }
    },
  );
});

/** Stands between a law and a right endpoint, and makes a wrong one of it. */
type Wrong = (client: Client) => Client;

type Body = Record<string, unknown> & { ContactDataRequestList?: Record<string, unknown>[] };

/** An endpoint that reads another body than the one it is sent. */
const misreading =
  (change: (body: Body) => Body): Wrong =>
  (client) => ({
    ...client,
    send: (call) =>
      client.send(
        call.body === ''
          ? call
          : { ...call, body: JSON.stringify(change(JSON.parse(String(call.body)) as Body)) },
      ),
  });

/** One that reads other items. */
const misreadingItems = (change: (item: Record<string, unknown>) => Record<string, unknown>) =>
  misreading((body) => ({
    ...body,
    ContactDataRequestList: (body.ContactDataRequestList ?? []).map(change),
  }));

const replaced = (pattern: RegExp, by: string): Wrong =>
  misreading((body) => JSON.parse(JSON.stringify(body).replace(pattern, by)) as Body);

/** A wrong endpoint for every law, which it breaks. */
const WRONG: readonly (readonly [law: Law, what: string, wrong: Wrong])[] = [
  [ITEM_LAWS.customerNumbers, 'takes +0 for a country', replaced(/"\+0/g, '"+1')],
  [
    ITEM_LAWS.systemEndpoints,
    'takes the number ARN of any account',
    replaced(/\d{12}:phone-number/g, `${HERE.account}:phone-number`),
  ],
  [
    ITEM_LAWS.queues,
    'takes the queue ARN of any Region',
    replaced(/connect:[a-z0-9-]+:(\d{12}:instance)/g, `connect:${HERE.region}:$1`),
  ],
  [
    ITEM_LAWS.eitherIsEnough,
    'wants a queue always',
    misreadingItems((item) => ('QueueId' in item ? item : { ...item, SystemEndpoint: undefined })),
  ],
  [ITEM_LAWS.previews, 'is content with one listed action', replaced(/,"SHOUT"|"SHOUT",/g, '')],
  [ITEM_LAWS.attributeKeys, 'reads the last attribute only', misreadingItems(lastAttribute)],
  [ITEM_LAWS.attributeBytes, 'counts the last attribute only', misreadingItems(lastAttribute)],
  [ITEM_LAWS.lengths, 'counts UTF-16 units', replaced(/\u{1F4DE}/gu, 'xx')],
  [
    ITEM_LAWS.duplicates,
    'forgets what a failed item was named',
    misreadingItems((item) =>
      item.QueueId === 'none' ? { ...item, RequestIdentifier: 'another' } : item,
    ),
  ],
  [
    ITEM_LAWS.order,
    'looks at the system endpoint before the queue',
    misreadingItems(({ QueueId, ...item }) =>
      JSON.stringify(item).includes('FAX') ? item : { ...item, QueueId },
    ),
  ],
  [
    CALLER_LAWS.wholeSignature,
    'compares half a signature',
    (client) => ({
      ...client,
      send(call) {
        const { authorization = '' } = signedHeadersOf(withoutForgery(call));
        const half = authorization.slice(0, -32);
        return client.send(
          call.unsigned?.authorization?.startsWith(half) ? withoutForgery(call) : call,
        );
      },
    }),
  ],
  [
    CALLER_LAWS.everythingSigned,
    'believes any signature',
    (client) => ({ ...client, send: (call) => client.send(withoutForgery(call)) }),
  ],
  [
    CALLER_LAWS.nobodyElse,
    'asks no session who it is',
    (client) => ({
      ...client,
      send: (call) => client.send(call.key?.sessionToken ? { ...call, key: PRINCIPAL } : call),
    }),
  ],
  [
    TOKEN_LAWS.tokensApart,
    'trims ClientTokens',
    misreading((body) => ({ ...body, ClientToken: String(body.ClientToken).trim() })),
  ],
  [
    TOKEN_LAWS.payloadsApart,
    'compares payloads without OutboundStrategy',
    misreadingItems(({ OutboundStrategy: _, ...item }) => item),
  ],
  [CONTACT_LAWS.describesItsOwn, 'describes the first of a batch', asFirst('GET')],
  [CONTACT_LAWS.changesItsOwn, 'changes the first of a batch', asFirst('POST')],
];

function lastAttribute(item: Record<string, unknown>): Record<string, unknown> {
  return {
    ...item,
    Attributes: Object.fromEntries(Object.entries(item.Attributes ?? {}).slice(-1)),
  };
}

/** A call with the signature that it should have. */
function withoutForgery({ unsigned: _, ...call }: Call): Call {
  return call;
}

/** Takes the first contact of the last batch for any that is named with this method. */
function asFirst(method: string): Wrong {
  return (client) => {
    let batch: readonly string[] = [];
    const first = (text: string) =>
      batch.reduce((changed, id) => changed.replace(id, batch[0] ?? id), text);
    return {
      ...client,
      async send(call) {
        const wrong = { ...call, target: first(call.target ?? ''), body: first(String(call.body)) };
        const answer = await client.send(call.method === method ? wrong : call);
        if (answer.contactIds.length > 0) batch = answer.contactIds;
        return answer;
      },
    };
  };
}

describe('a wrong endpoint', () => {
  let emulator: RunningEmulator;
  beforeAll(async () => {
    emulator = await startEmulator({ ...WORLD, profile: 'stress' });
  });
  afterAll(() => emulator.close());

  it.each(WRONG.map(([law, what, wrong]) => ({ law, what, wrong })))(
    'that $what breaks a law',
    async ({ law, wrong }) => {
      expect(await law.breaches(wrong(clientOf(emulator)))).not.toEqual([]);
    },
  );

  it('is there for every law', () => {
    const laws: Law[] = Object.values({
      ...ITEM_LAWS,
      ...CALLER_LAWS,
      ...TOKEN_LAWS,
      ...CONTACT_LAWS,
    });
    expect(new Set(WRONG.map(([law]) => law))).toEqual(new Set(laws));
  });
});

it('changes every part of a value, one at a time', () => {
  const made = changes({ n: 1, list: ['a', 'b'] }, 'v').map(({ what, value }) => [what, value]);
  expect(made).toEqual([
    ['v without n', { list: ['a', 'b'] }],
    ['v.n', { n: 2, list: ['a', 'b'] }],
    ['v without list', { n: 1 }],
    ['v.list in another order', { n: 1, list: ['b', 'a'] }],
    ['v.list without the last', { n: 1, list: ['a'] }],
    ['v.list with the last twice', { n: 1, list: ['a', 'b', 'b'] }],
    ['v.list[0] as "ax"', { n: 1, list: ['ax', 'b'] }],
    ['v.list[0] as "a "', { n: 1, list: ['a ', 'b'] }],
    ['v.list[0] empty', { n: 1, list: ['', 'b'] }],
    ['v.list[1] as "bx"', { n: 1, list: ['a', 'bx'] }],
    ['v.list[1] as "b "', { n: 1, list: ['a', 'b '] }],
    ['v.list[1] empty', { n: 1, list: ['a', ''] }],
  ]);
});
