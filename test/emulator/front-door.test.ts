/** The stages of a call: which refusal comes first, what each spends, and what passes them all. */

import type { Service } from '../../emulator/call/service.ts';
import { createService } from '../../emulator/emulator.ts';
import { pathOf } from '../../operation/connect/address.ts';
import {
  INJECTED_NUMBERS,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../operation/connect/facts.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import {
  body,
  type Call,
  contact,
  contacts,
  control,
  factsWith,
  OUTSIDER,
  PRINCIPAL,
  run,
  send,
  stoppedClock,
  withEmulator,
} from './fixtures.ts';

it('refuses for the first of all that is wrong, the size and the token among it', async () => {
  const facts = {
    ...factsWith({ maxBodyBytes: 2_048 }),
    outage: 'InternalServiceException',
  } as const;
  await withEmulator({ facts }, async (emulator) => {
    const own = { body: body(contacts(1), 't') };
    await control(emulator, 'PUT', '/facts', { outage: null });
    const first = await send(emulator, own);
    await control(emulator, 'PUT', '/facts', { outage: facts.outage });
    await control(emulator, 'PUT', '/bucket', { tokens: 0, frozen: true });
    const wrong: Call = {
      method: 'GET',
      body: 'x'.repeat(2_049),
      secret: 'wrong',
      key: OUTSIDER,
      target: '/contact/batch/none',
    };
    const mended: readonly (() => Promise<unknown> | Partial<Call>)[] = [
      () => ({}),
      () => ({ method: 'PUT' }),
      () => ({ body: 'x' }),
      () => ({ secret: OUTSIDER.secretAccessKey }),
      () => ({ key: PRINCIPAL, secret: PRINCIPAL.secretAccessKey }),
      () => control(emulator, 'PUT', '/bucket', { tokens: 100, frozen: true }),
      () => ({ body: body(contacts(2), 't') }),
      () => ({ target: `/contact/batch/${ORDINARY_INSTANCE.id}` }),
      () => control(emulator, 'PUT', '/facts', { outage: null }),
      () => own,
    ];
    const errors: (string | undefined)[] = [];
    let call = wrong;
    let last = first;
    for (const mend of mended) {
      const change = await mend();
      if (typeof change === 'object') call = { ...call, ...change };
      last = await send(emulator, call);
      errors.push(last.error);
    }
    expect(errors).toEqual([
      'UnknownOperationException',
      'RequestEntityTooLargeException',
      'InvalidSignatureException',
      'AccessDeniedException',
      'TooManyRequestsException',
      'SerializationException',
      'ResourceNotFoundException',
      'InternalServiceException',
      'IdempotencyException',
      undefined,
    ]);
    expect(last.text).toBe(first.text);
  });
});

it('gives an outage to replays too', async () => {
  const service = createService({ profile: 'stress' });
  const call = { body: body(contacts(1), 't') };
  const first = await run(service, call);
  service.facts = { ...service.facts, outage: 'ServiceUnavailable' };
  expect(await run(service, call)).toMatchObject({ status: 503 });
  service.facts = { ...service.facts, outage: null };
  expect((await run(service, call)).text).toBe(first.text);
});

/** Of a hundred calls, how many are not throttled; the clock stands. */
async function left(service: Service, call: Call = { body: body(contacts(1)) }): Promise<number> {
  let admitted = 0;
  for (let i = 0; i < 100; i += 1) if ((await run(service, call)).status !== 429) admitted += 1;
  return admitted;
}

it.each<[string, Partial<Call>, number, number]>([
  ['of a path that is nobody’s', { target: '/contact/none' }, 404, 0],
  ['with a body too large', { body: 'x'.repeat(5_000) }, 413, 0],
  ['with a wrong signature', { secret: 'wrong' }, 403, 0],
  ['of a caller who may not', { key: OUTSIDER }, 403, 0],
  ['with a bad body', { body: '{' }, 400, 1],
  ['of an unknown instance', { target: '/contact/batch/none' }, 404, 1],
  ['with a token that was used otherwise', { body: body(contacts(2), 't') }, 409, 1],
  ['that is a replay', {}, 200, 1],
])('a call %s spends its tokens', async (_, change, status, tokens) => {
  const facts = factsWith({ maxBodyBytes: 4_096 });
  const service = createService({ clock: stoppedClock(), facts });
  const call = { body: body(contacts(1), 't') };
  expect((await run(service, call)).status).toBe(200);
  for (let i = 0; i < 3; i += 1) {
    expect((await run(service, { ...call, ...change })).status).toBe(status);
  }
  expect(await left(service)).toBe(QUOTA.burst - 1 - 3 * tokens);
});

it.each<[string, Partial<Call>, number, number]>([
  ['with a wrong signature', { secret: 'wrong' }, 403, 0],
  ['about an instance that is nobody’s', { target: '/contacts/none/none' }, 404, 1],
  ['about a contact that is nobody’s', {}, 404, 1],
  ['with an empty id', { target: `/contacts/${ORDINARY_INSTANCE.id}/` }, 400, 1],
])('DescribeContact %s spends its tokens', async (_, change, status, tokens) => {
  const service = createService({ clock: stoppedClock() });
  const call = { method: 'GET', target: `/contacts/${ORDINARY_INSTANCE.id}/none`, body: '' };
  for (let i = 0; i < 3; i += 1) {
    expect((await run(service, { ...call, ...change })).status).toBe(status);
  }
  expect(await left(service, call)).toBe(QUOTA.burst - 3 * tokens);
  expect(await left(service)).toBe(QUOTA.burst);
});

it('tells nobody to retry after a while but who is throttled', async () => {
  const facts = factsWith({ retryAfterSeconds: 7 });
  const service = createService({ clock: stoppedClock(), facts });
  const call = { body: body(contacts(1)) };
  for (const change of [{}, { key: OUTSIDER }, { body: '{' }, { target: '/contact/batch/none' }]) {
    const { headers } = await run(service, { ...call, ...change });
    expect(headers).not.toHaveProperty('retry-after');
  }
  await left(service);
  expect((await run(service, call)).headers).toMatchObject({ 'retry-after': '7' });
});

it('throttles for want of room before it fails inside (assumed)', async () => {
  const service = createService({ profile: 'stress', facts: ordinaryFacts({ pendingRoom: 0 }) });
  const Address = INJECTED_NUMBERS.INTERNAL_ERROR;
  const failing = contact(1, { CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address } });
  expect((await run(service, { body: body([failing]) })).codes).toEqual(['REQUEST_THROTTLED']);
});

it.each([{}, { Code: '' }, { Code: 'EXPIRED' }])(
  'takes the DisconnectReason %j from nobody but outbound campaigns',
  async (DisconnectReason) => {
    const service = createService({ profile: 'stress' });
    const [ContactId] = (await run(service, { body: body(contacts(1)) })).contactIds;
    const members = { InstanceId: ORDINARY_INSTANCE.id, ContactId, DisconnectReason };
    const call = { method: 'POST', target: '/contact/stop', body: JSON.stringify(members) };
    expect(await run(service, { ...call, key: OUTSIDER })).toMatchObject({ status: 400 });
    expect(await run(service, { ...call, key: PRINCIPAL })).toMatchObject({ status: 200 });
  },
);

it('dials no type but those that are chosen', async () => {
  const facts = factsWith({ diallableTypes: ['EMAIL_ADDRESS'] });
  const service = createService({ profile: 'stress', facts });
  const { codes } = await run(service, { body: body(contacts(1)) });
  expect(codes).toEqual(['INVALID_CUSTOMER_ENDPOINT']);
});

it.each<[string, Call]>([
  ['a replay', { body: body(contacts(2), 't') }],
  ['a call refused for its token', { body: body(contacts(1), 't') }],
  ['an item that fails', { body: body([{}, {}]) }],
])('%s takes nothing of the room for contacts', async (_, call) => {
  const facts = ordinaryFacts({ pendingRoom: 3 });
  const service = createService({ profile: 'stress', facts });
  await run(service, { body: body(contacts(2), 't') });
  for (let i = 0; i < 3; i += 1) await run(service, call);
  const { contactIds, codes } = await run(service, { body: body(contacts(2)) });
  expect(contactIds).toHaveLength(1);
  expect(codes).toEqual(['REQUEST_THROTTLED']);
});

it('a rerun takes room for what it creates, and for nothing else', async () => {
  const facts = factsWith({ replayMode: 'rerun-retryable' }, { pendingRoom: 4 });
  const service = createService({ profile: 'stress', facts });
  const Address = INJECTED_NUMBERS.REQUEST_THROTTLED;
  const failing = contact(9, { CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address } });
  const call = { body: body([contact(0), failing, contact(1)], 't') };
  expect((await run(service, call)).contactIds).toHaveLength(2);
  service.facts = { ...service.facts, injected: {} };
  expect((await run(service, call)).contactIds).toHaveLength(3);
  expect((await run(service, { body: body(contacts(2)) })).contactIds).toHaveLength(1);
});

it('names whose instance it was in AccessDeniedException, in every account and Region', async () => {
  const where = { account: '210987654321', region: 'eu-west-2' };
  const service = createService({ profile: 'stress', facts: ordinaryFacts(where) });
  const call = { body: body(contacts(1)), key: OUTSIDER, region: where.region };
  expect((await run(service, call)).message).toMatch(
    `arn:aws:connect:eu-west-2:210987654321:instance/${ORDINARY_INSTANCE.id}`,
  );
});

it.each([
  ['its ARN', 'arn:aws:connect:us-east-1:123456789012:instance/', 200],
  ['an ARN of no partition', 'arn:azure:connect:us-east-1:123456789012:instance/', 404],
  ['an ARN of another service', 'arn:aws:lambda:us-east-1:123456789012:instance/', 404],
  ['an ARN of another resource', 'arn:aws:connect:us-east-1:123456789012:queue/', 404],
  ['an ARN without an account', 'arn:aws:connect:us-east-1::instance/', 404],
])('an instance that is named by %s', async (_, prefix, status) => {
  const service = createService({ profile: 'stress' });
  const target = pathOf(prefix + ORDINARY_INSTANCE.id);
  expect((await run(service, { body: body(contacts(1)), target })).status).toBe(status);
});

it('knows the ARNs of the partition of US government Regions', async () => {
  const region = 'us-gov-west-1';
  const service = createService({ profile: 'stress', facts: ordinaryFacts({ region }) });
  const instance = `arn:aws-us-gov:connect:${region}:123456789012:instance/${ORDINARY_INSTANCE.id}`;
  const items = [
    contact(1, { QueueId: `${instance}/queue/${ORDINARY_INSTANCE.queues[0].id}` }),
    contact(2, {
      SystemEndpoint: {
        Type: 'CONNECT_PHONENUMBER_ARN',
        Address: `arn:aws-us-gov:connect:${region}:123456789012:phone-number/n`,
      },
    }),
  ];
  const answer = await run(service, { body: body(items), target: pathOf(instance), region });
  expect([answer.status, answer.codes]).toEqual([200, []]);
});

it('holds a campaign against those of its own instance', async () => {
  const instances = ['spring', 'autumn'].map((campaign, i) => ({
    ...ORDINARY_INSTANCE,
    id: `instance-${i}`,
    campaigns: [campaign],
  }));
  const service = createService({ profile: 'stress', facts: ordinaryFacts({ instances }) });
  const items = ['spring', 'autumn', 'Spring'].map((CampaignId, n) =>
    contact(n, { Campaign: { CampaignId } }),
  );
  for (const own of [0, 1]) {
    const target = pathOf(`instance-${own}`);
    const { lists } = await run(service, { body: body(items), target });
    expect(lists.SuccessfulRequestList).toMatchObject([{ RequestIdentifier: `item-${own}` }]);
    expect(lists.FailedRequestList).toHaveLength(2);
  }
});

it('takes no notice of the body of a GET', async () => {
  const service = createService({ profile: 'stress' });
  const [id] = (await run(service, { body: body(contacts(1)) })).contactIds;
  const target = `/contacts/${ORDINARY_INSTANCE.id}/${id}`;
  for (const text of ['', '{', '{"ContactId":"another"}']) {
    const { status, text: said } = await run(service, { method: 'GET', target, body: text });
    expect([status, said]).toEqual([200, expect.stringContaining(`"Id":"${id}"`)]);
  }
});
