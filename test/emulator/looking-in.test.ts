/** Created contacts seen through AWS's own client: DescribeContact, the two of attributes, StopContact. */

import { join } from 'node:path';
import {
  BatchPutContactCommand,
  type BatchPutContactCommandInput,
  ConnectClient,
  ContactNotFoundException,
  DescribeContactCommand,
  GetContactAttributesCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  StopContactCommand,
  ThrottlingException,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import { createService, type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { StoreLostError } from '../../emulator/stores/store.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { tempDir } from '../support/temp-dir.ts';
import {
  body,
  type Call,
  contact,
  contacts,
  control,
  OUTSIDER,
  PRINCIPAL,
  run,
  send,
  stats,
  stoppedClock,
  withEmulator,
} from './fixtures.ts';

const InstanceId = ORDINARY_INSTANCE.id;
const DAY = 86_400_000;
const CREATED_AT = Date.UTC(2026, 5, 1, 12) + 345;
const NOBODY = '00000000-0000-4000-8000-000000000000';

const dir = tempDir();
let emulator: RunningEmulator;
let outsider: ConnectClient;
let campaigns: ConnectClient;

beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
  const clientOf = (credentials: typeof PRINCIPAL) =>
    new ConnectClient({
      endpoint: emulator.url,
      region: 'us-east-1',
      credentials,
      maxAttempts: 1,
    });
  outsider = clientOf(OUTSIDER);
  campaigns = clientOf(PRINCIPAL);
});
beforeEach(() => control(emulator, 'POST', '/reset'));
afterAll(async () => {
  outsider.destroy();
  campaigns.destroy();
  await emulator.close();
});

async function create(item: ContactDataRequest, ClientToken = 't'): Promise<string> {
  const ContactDataRequestList = [item] as NonNullable<
    BatchPutContactCommandInput['ContactDataRequestList']
  >;
  const { SuccessfulRequestList } = await campaigns.send(
    new BatchPutContactCommand({ InstanceId, ClientToken, ContactDataRequestList }),
  );
  const id = SuccessfulRequestList?.[0]?.ContactId;
  if (!id) throw new Error('no contact was created');
  return id;
}

const describeIt = async (ContactId: string) =>
  (await outsider.send(new DescribeContactCommand({ InstanceId, ContactId }))).Contact;

const attributesOf = async (InitialContactId: string) =>
  (await outsider.send(new GetContactAttributesCommand({ InstanceId, InitialContactId })))
    .Attributes;

const update = (InitialContactId: string, Attributes: Record<string, string>) =>
  outsider.send(new UpdateContactAttributesCommand({ InstanceId, InitialContactId, Attributes }));

const stop = (ContactId: string) =>
  outsider.send(new StopContactCommand({ InstanceId, ContactId }));

it('follows a contact from its batch to its end', async () => {
  const item = contact(1, {
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: ORDINARY_INSTANCE.numbers[0] },
    Attributes: { firstName: 'Ada', tier: 'gold' },
  });
  const before = Date.now();
  const id = await create(item);
  const created = await describeIt(id);
  expect(created).toEqual({
    Arn: `arn:aws:connect:us-east-1:123456789012:instance/${InstanceId}/contact/${id}`,
    Id: id,
    InitiationMethod: 'API',
    Channel: 'VOICE',
    QueueInfo: { Id: ORDINARY_INSTANCE.queues[0].id },
    InitiationTimestamp: expect.any(Date),
    LastUpdateTimestamp: created?.InitiationTimestamp,
    CustomerEndpoint: item.CustomerEndpoint,
    SystemEndpoint: item.SystemEndpoint,
    Campaign: item.Campaign,
    Attributes: { firstName: 'Ada', tier: 'gold' },
  });
  expect(created?.InitiationTimestamp?.getTime()).toBeGreaterThanOrEqual(before);
  expect(await attributesOf(id)).toEqual({ firstName: 'Ada', tier: 'gold' });

  await update(id, { tier: 'platinum', note: '' });
  expect(await attributesOf(id)).toEqual({ firstName: 'Ada', tier: 'platinum', note: '' });

  await stop(id);
  const stopped = await describeIt(id);
  expect(stopped).toEqual({
    ...created,
    Attributes: { firstName: 'Ada', tier: 'platinum', note: '' },
    LastUpdateTimestamp: expect.any(Date),
    DisconnectTimestamp: stopped?.LastUpdateTimestamp,
    DisconnectReason: 'API',
  });
});

it('shows an outbound strategy, and the id of a queue that was named by its ARN', async () => {
  const OutboundStrategy = {
    Type: 'AGENT_FIRST',
    Config: {
      AgentFirst: {
        Preview: {
          PostAcceptTimeoutConfig: { DurationInSeconds: 30 },
          AllowedUserActions: ['CALL'],
        },
      },
    },
  };
  const queue = ORDINARY_INSTANCE.queues[1].id;
  const QueueId = `arn:aws:connect:us-east-1:123456789012:instance/${InstanceId}/queue/${queue}`;
  const described = await describeIt(await create(contact(1, { OutboundStrategy, QueueId })));
  expect(described).toMatchObject({ OutboundStrategy, QueueInfo: { Id: queue }, Attributes: {} });
  expect(described).not.toHaveProperty('SystemEndpoint');
  expect(described).not.toHaveProperty('DisconnectTimestamp');
});

it('lets outbound campaigns say why a contact ends, and nobody else', async () => {
  const [first, second] = [await create(contact(1), 'a'), await create(contact(2), 'b')];
  const DisconnectReason = { Code: 'EXPIRED' };
  await campaigns.send(new StopContactCommand({ InstanceId, ContactId: first, DisconnectReason }));
  expect(await describeIt(first)).toMatchObject({ DisconnectReason: 'EXPIRED' });
  const refused = outsider.send(
    new StopContactCommand({ InstanceId, ContactId: second, DisconnectReason }),
  );
  await expect(refused).rejects.toThrow(InvalidRequestException);
  expect(await describeIt(second)).not.toHaveProperty('DisconnectReason');
});

describe('a contact that has ended', () => {
  it('cannot be stopped again', async () => {
    const id = await create(contact(1));
    await stop(id);
    const ended = await describeIt(id);
    const again = await stop(id).catch((error: unknown) => error);
    expect(again).toBeInstanceOf(ContactNotFoundException);
    expect(again).toMatchObject({ $metadata: { httpStatusCode: 410 } });
    expect(await describeIt(id)).toEqual(ended);
  });

  it('can still be given attributes', async () => {
    const id = await create(contact(1));
    await stop(id);
    await update(id, { outcome: 'reached' });
    expect(await describeIt(id)).toMatchObject({
      Attributes: { outcome: 'reached' },
      DisconnectReason: 'API',
    });
  });
});

describe('who and what is not there', () => {
  it('a contact nobody created', async () => {
    await expect(describeIt(NOBODY)).rejects.toThrow(ResourceNotFoundException);
    await expect(attributesOf(NOBODY)).rejects.toThrow(ResourceNotFoundException);
    await expect(update(NOBODY, { a: 'b' })).rejects.toThrow(ResourceNotFoundException);
    await expect(stop(NOBODY)).rejects.toThrow(ContactNotFoundException);
  });

  it('an instance nobody has, and a contact of another instance', async () => {
    const other = { ...ORDINARY_INSTANCE, id: 'another-instance' };
    await control(emulator, 'PUT', '/instances', [ORDINARY_INSTANCE, other]);
    const ContactId = await create(contact(1));
    for (const InstanceId of ['no-such-instance', other.id]) {
      const asked = outsider.send(new DescribeContactCommand({ InstanceId, ContactId }));
      await expect(asked).rejects.toThrow(ResourceNotFoundException);
    }
    const unknown = outsider.send(new StopContactCommand({ InstanceId: 'none', ContactId }));
    await expect(unknown).rejects.toThrow(ResourceNotFoundException);
    const foreign = outsider.send(new StopContactCommand({ InstanceId: other.id, ContactId }));
    await expect(foreign).rejects.toThrow(ContactNotFoundException);
    expect(await describeIt(ContactId)).not.toHaveProperty('DisconnectTimestamp');
  });

  it('the instance may be named by its ARN', async () => {
    const ContactId = await create(contact(1));
    const arn = `arn:aws:connect:us-east-1:123456789012:instance/${InstanceId}`;
    const asked = new DescribeContactCommand({ InstanceId: arn, ContactId });
    expect((await outsider.send(asked)).Contact).toMatchObject({ Id: ContactId });
  });
});

describe('attributes', () => {
  it('must have keys of letters, digits, _ and -', async () => {
    const id = await create(contact(1));
    await expect(update(id, { 'first name': 'Ada' })).rejects.toThrow(InvalidRequestException);
    expect(await attributesOf(id)).toEqual({});
  });

  it('may take 32,768 bytes in all, old ones included, and not one more', async () => {
    const id = await create(contact(1, { Attributes: { a: 'x' } }));
    const { max } = LIMITS.attributesBytes;
    await expect(update(id, { b: 'y'.repeat(max - 2) })).rejects.toThrow(InvalidRequestException);
    expect(await attributesOf(id)).toEqual({ a: 'x' });
    await update(id, { b: 'y'.repeat(max - 3) });
    expect((await attributesOf(id))?.b).toHaveLength(max - 3);
  });

  it('keep __proto__ as an ordinary key', async () => {
    const id = await create(contact(1));
    const target = '/contact/attributes';
    const text = `{"InitialContactId":"${id}","InstanceId":"${InstanceId}","Attributes":{"__proto__":"x"}}`;
    expect(await send(emulator, { method: 'POST', target, body: text })).toMatchObject({
      status: 200,
      text: '{}',
    });
    const seen = await send(emulator, {
      method: 'GET',
      target: `${target}/${InstanceId}/${id}`,
      body: '',
    });
    expect(seen.text).toBe('{"Attributes":{"__proto__":"x"}}');
  });
});

describe('on the wire', () => {
  const describeCall = (id: string): Call => ({
    method: 'GET',
    target: `/contacts/${InstanceId}/${id}`,
    body: '',
    key: OUTSIDER,
  });

  it('has timestamps as seconds with a fraction, by the virtual clock', async () => {
    const clock = stoppedClock(CREATED_AT);
    const service = createService({ clock });
    const [id = ''] = (await run(service, { body: body([contact(1)]) })).contactIds;
    service.virtualClock.ahead = DAY;
    await run(service, {
      method: 'POST',
      target: '/contact/stop',
      body: JSON.stringify({ ContactId: id, InstanceId }),
    });
    const { text } = await run(service, describeCall(id));
    expect(text).toContain(`"InitiationTimestamp":${CREATED_AT / 1000}`);
    expect(text).toContain(`"DisconnectTimestamp":${(CREATED_AT + DAY) / 1000}`);
  });

  it.each<[string, Partial<Call>, object]>([
    [
      'an empty id',
      { target: `/contacts/${InstanceId}/` },
      {
        status: 400,
        error: 'InvalidRequestException',
        text: `{"Message":"1 validation error detected: Value at 'contactId' failed to satisfy constraint: Member must have length greater than or equal to 1"}`,
      },
    ],
    [
      'a segment too many',
      { target: `/contacts/${InstanceId}/a/b` },
      { status: 404, error: 'UnknownOperationException' },
    ],
    [
      'an id that is not well encoded',
      { target: `/contacts/${InstanceId}/%E0%A4%A` },
      { status: 404, error: 'UnknownOperationException' },
    ],
    ['another method', { method: 'DELETE' }, { status: 404, error: 'UnknownOperationException' }],
    [
      'no JSON',
      { method: 'POST', target: '/contact/stop', body: '{' },
      { status: 400, error: 'SerializationException' },
    ],
    [
      'a member of another type',
      { method: 'POST', target: '/contact/attributes', body: '{"InstanceId":1}' },
      { status: 400, error: 'SerializationException' },
    ],
    [
      'a required member that is missing',
      { method: 'POST', target: '/contact/stop', body: '{"InstanceId":"i"}' },
      {
        status: 400,
        error: 'InvalidRequestException',
        message: expect.stringContaining('contactId'),
      },
    ],
    [
      'a signature that does not match',
      { secret: 'not the secret' },
      { status: 403, error: 'InvalidSignatureException' },
    ],
  ])('refuses %s', async (_, change, expected) => {
    expect(await send(emulator, { ...describeCall(NOBODY), ...change })).toMatchObject(expected);
    expect((await stats(emulator)).requests).toBe(1);
  });

  it('gives an outage to every operation', async () => {
    await control(emulator, 'PUT', '/facts', { outage: 'InternalServiceException' });
    expect(await send(emulator, describeCall(NOBODY))).toMatchObject({ status: 500 });
    await control(emulator, 'PUT', '/facts', { outage: null, choices: { maxBodyBytes: 1024 } });
    const big = { method: 'POST', target: '/contact/stop', body: ' '.repeat(1025) };
    expect(await send(emulator, big)).toMatchObject({ status: 413 });
  });
});

describe('faults of the front door meet every operation', () => {
  it.each([
    ['throttle', {}, { status: 429, error: 'ThrottlingException' }],
    ['limit-exceeded', {}, { status: 429, error: 'LimitExceededException' }],
    ['service-unavailable', {}, { status: 503, error: 'ServiceUnavailable' }],
    ['clock-skew', { seconds: 3600 }, { status: 403, error: 'InvalidSignatureException' }],
  ])('%s', async (fault, members, expected) => {
    await control(emulator, 'PUT', '/faults', { faults: [{ fault, ...members }] });
    const target = `/contacts/${InstanceId}/${NOBODY}`;
    expect(await send(emulator, { method: 'GET', target, body: '' })).toMatchObject(expected);
    expect(await stats(emulator)).toMatchObject({ faults: { [fault]: 1 } });
  });
});

describe('rate buckets', () => {
  it('are one for each operation, and no other operation’s', async () => {
    const service = createService({ clock: stoppedClock() });
    const put = () => run(service, { body: body([contact(1)]) });
    const [id = ''] = (await put()).contactIds;
    const describing: Call = { method: 'GET', target: `/contacts/${InstanceId}/${id}`, body: '' };
    for (let i = 0; i < 15; i += 1)
      expect(await run(service, describing)).toMatchObject({ status: 200 });
    expect(await run(service, describing)).toMatchObject({
      status: 429,
      error: 'ThrottlingException',
      text: '{"Message":"Rate exceeded"}',
    });
    expect(await put()).toMatchObject({ status: 200 });
    const target = `/contact/attributes/${InstanceId}/${id}`;
    expect(await run(service, { method: 'GET', target, body: '' })).toMatchObject({ status: 200 });
  });

  it('give the error of throttleError where the model has no ThrottlingException', async () => {
    await control(emulator, 'PUT', '/bucket', { tokens: 0, frozen: true });
    await expect(describeIt(NOBODY)).rejects.toThrow(ThrottlingException);
    await expect(stop(NOBODY)).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  });
});

it('a durable store keeps what became of a contact', async () => {
  const dataDir = join(dir, 'durable');
  let id = '';
  const stopCall = (): Call => ({
    method: 'POST',
    target: '/contact/stop',
    body: JSON.stringify({ ContactId: id, InstanceId, DisconnectReason: { Code: 'EXPIRED' } }),
  });
  await withEmulator({ dataDir }, async (first) => {
    id = (await send(first, { body: body([contact(1)]) })).contactIds[0] ?? '';
    expect(await send(first, stopCall())).toMatchObject({ status: 200 });
  });
  await withEmulator({ dataDir }, async (second) => {
    const target = `/contacts/${InstanceId}/${id}`;
    const { text } = await send(second, { method: 'GET', target, body: '' });
    expect(JSON.parse(text)).toMatchObject({ Contact: { Id: id, DisconnectReason: 'EXPIRED' } });
    expect(await send(second, stopCall())).toMatchObject({ status: 410 });
  });
});

it('two calls at once stop a contact once', async () => {
  const id = await create(contact(1));
  const both = await Promise.allSettled([stop(id), stop(id)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('a store that is lost is told as AWS tells a failure', async () => {
  const service = createService({ profile: 'stress' });
  const findContact = () => Promise.reject(new StoreLostError('nobody answers'));
  const target = `/contacts/${InstanceId}/x`;
  const lost = { ...service, store: { ...service.store, findContact } };
  expect(await run(lost, { method: 'GET', target, body: '' })).toMatchObject({
    status: 500,
    error: 'InternalServiceException',
  });
});

it('a replay answers what the first call answered, also after StopContact', async () => {
  const call: Call = { body: body([...contacts(2), contact(3, { QueueId: 'none' })], 't') };
  const first = await send(emulator, call);
  for (const id of first.contactIds) await stop(id);
  await update(first.contactIds[0] ?? '', { changed: 'yes' });
  const again = await send(emulator, call);
  expect(again).toMatchObject({ status: 200, text: first.text });
  expect(await stats(emulator)).toMatchObject({ contacts: 2, replays: 1 });
});
