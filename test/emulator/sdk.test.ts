/** AWS's own JavaScript client against the endpoint. */

import {
  AccessDeniedException,
  BatchPutContactCommand,
  type BatchPutContactCommandInput,
  ConnectClient,
  type ConnectServiceException,
  IdempotencyException,
  InternalServiceException,
  InvalidRequestException,
  LimitExceededException,
  ResourceNotFoundException,
} from '@aws-sdk/client-connect';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import type { AccessKey } from '../../emulator/identity/keys.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { contact, contacts, control, OUTSIDER, PRINCIPAL, SESSION, stats } from './fixtures.ts';

type Items = NonNullable<BatchPutContactCommandInput['ContactDataRequestList']>;

let emulator: RunningEmulator;
const clients: ConnectClient[] = [];

beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
beforeEach(() => control(emulator, 'POST', '/reset'));
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});
afterAll(() => emulator.close());

function put(
  input: Partial<BatchPutContactCommandInput>,
  credentials: AccessKey = PRINCIPAL,
  maxAttempts = 1,
) {
  const client = new ConnectClient({
    endpoint: emulator.url,
    region: 'us-east-1',
    credentials,
    maxAttempts,
  });
  clients.push(client);
  return client.send(
    new BatchPutContactCommand({
      InstanceId: ORDINARY_INSTANCE.id,
      ContactDataRequestList: contacts(2) as Items,
      ...input,
    }),
  );
}

const failure = async (call: ReturnType<typeof put>): Promise<ConnectServiceException> => {
  const answer = await call.catch((error: unknown) => error);
  if (!(answer instanceof Error)) throw new Error('the call was not refused');
  return answer as ConnectServiceException;
};

it('gets successes and failures', async () => {
  const items = [contact(1), contact(2, { QueueId: 'none' })] as Items;
  const answer = await put({ ContactDataRequestList: items });
  expect(answer.SuccessfulRequestList).toEqual([
    { RequestIdentifier: 'item-1', ContactId: expect.any(String) },
  ]);
  expect(answer.FailedRequestList).toMatchObject([
    { RequestIdentifier: 'item-2', FailureReasonCode: 'INVALID_QUEUE' },
  ]);
  expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, requestId: expect.any(String) });
});

it('may name the instance by its ARN, and sign with a session token', async () => {
  const InstanceId = `arn:aws:connect:us-east-1:123456789012:instance/${ORDINARY_INSTANCE.id}`;
  expect((await put({ InstanceId }, SESSION)).SuccessfulRequestList).toHaveLength(2);
});

it('fills the token in itself, so that two calls are two batches', async () => {
  const [a, b] = [await put({}), await put({})];
  expect(b.SuccessfulRequestList).toHaveLength(2);
  expect(a.SuccessfulRequestList).not.toEqual(b.SuccessfulRequestList);
});

it('replays with one token', async () => {
  const [a, b] = [await put({ ClientToken: 't' }), await put({ ClientToken: 't' })];
  expect(a.SuccessfulRequestList).toHaveLength(2);
  expect(a.SuccessfulRequestList).toEqual(b.SuccessfulRequestList);
});

describe('typed errors', () => {
  it('AccessDeniedException', async () => {
    const error = await failure(put({}, OUTSIDER));
    expect(error).toBeInstanceOf(AccessDeniedException);
    expect(error.message).toContain('is not authorized to perform: connect:BatchPutContact');
  });

  it('IdempotencyException', async () => {
    await put({ ClientToken: 't' });
    const other = put({ ClientToken: 't', ContactDataRequestList: contacts(1) as Items });
    expect(await failure(other)).toBeInstanceOf(IdempotencyException);
  });

  it('ResourceNotFoundException', async () => {
    expect(await failure(put({ InstanceId: 'none' }))).toBeInstanceOf(ResourceNotFoundException);
  });

  it.each([0, 26])('InvalidRequestException for %p contacts', async (count) => {
    const error = await failure(put({ ContactDataRequestList: contacts(count) as Items }));
    expect(error).toBeInstanceOf(InvalidRequestException);
  });

  it.each([
    ['InternalServiceException', InternalServiceException],
    ['LimitExceededException', LimitExceededException],
  ])('%s', async (outage, type) => {
    await control(emulator, 'PUT', '/facts', { outage });
    expect(await failure(put({}))).toBeInstanceOf(type);
  });

  it('front-door errors by their names', async () => {
    expect((await failure(put({}, { ...PRINCIPAL, secretAccessKey: 'wrong' }))).name).toBe(
      'InvalidSignatureException',
    );
    expect((await failure(put({}, { ...PRINCIPAL, accessKeyId: 'AKIDNOBODY' }))).name).toBe(
      'UnrecognizedClientException',
    );
  });
});

it('is retried by the client when it throttles, and not for a conflict', async () => {
  await control(emulator, 'PUT', '/bucket', { tokens: 0, frozen: true });
  const throttled = await failure(put({}, PRINCIPAL, 2));
  expect(throttled.name).toBe('TooManyRequestsException');
  expect(throttled.$metadata.attempts).toBe(2);
  await control(emulator, 'POST', '/reset');
  await put({ ClientToken: 't' });
  await failure(
    put({ ClientToken: 't', ContactDataRequestList: contacts(1) as Items }, PRINCIPAL, 2),
  );
  expect((await stats(emulator)).requests).toBe(2);
});
