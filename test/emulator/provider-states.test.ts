/** The URL of provider states, and the example signature of a pact, as a verifier that is not dialproof's uses them. */

import { ORDINARY_CAMPAIGN, ordinaryDay, STATE_NAMES } from '../../contracts/agreement/states.ts';
import { PROVIDER_STATES } from '../../emulator/control/provider-states.ts';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

const EXAMPLE = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/connect/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`;

let emulator: RunningEmulator;

beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
});
afterAll(() => emulator.close());

async function set(state: string, params?: unknown, more: object = {}): Promise<Response> {
  return fetch(new URL('/provider-states', emulator.controlUrl), {
    method: 'POST',
    body: JSON.stringify({ state, ...(params === undefined ? {} : { params }), ...more }),
  });
}

const day = (): Promise<Response> => set('an ordinary day', ordinaryDay().params);

const put = (authorization = EXAMPLE): Promise<Response> =>
  fetch(`${emulator.url}/contact/batch/${ORDINARY_INSTANCE.id}`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      'x-amz-date': '20260101T000000Z',
      authorization,
    },
    body: JSON.stringify({
      ContactDataRequestList: [
        {
          RequestIdentifier: 'r',
          CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550101' },
          QueueId: ORDINARY_INSTANCE.queues[0].id,
          Campaign: { CampaignId: ORDINARY_CAMPAIGN },
        },
      ],
    }),
  });

test('every state of the contracts is one of the emulator', () => {
  expect([...PROVIDER_STATES].sort()).toEqual([...STATE_NAMES].sort());
});

test('the example signature is wrong until a state is set, and then stands for the caller', async () => {
  await fetch(new URL('/reset', emulator.controlUrl), { method: 'POST' });
  expect((await put()).status).toBe(403);
  expect((await day()).status).toBe(200);
  expect((await put()).status).toBe(200);
  expect((await put(EXAMPLE.replace('Signature=0', 'Signature=1'))).status).toBe(403);
  for (const [caller, error] of [
    ['outsider', 'AccessDeniedException'],
    ['expired token', 'ExpiredTokenException'],
    ['unknown key', 'UnrecognizedClientException'],
    ['wrong secret', 'InvalidSignatureException'],
  ] as const) {
    await set('the caller is', { caller });
    expect((await put()).headers.get('x-amzn-errortype')).toBe(error);
  }
});

test('a state holds until the next ordinary day', async () => {
  await day();
  await set('the call fails', { error: 'IdempotencyException', status: 409 });
  const refused = await put();
  expect([refused.status, refused.headers.get('x-amzn-errortype')]).toEqual([
    409,
    'IdempotencyException',
  ]);
  await set('the call fails', {}, { action: 'teardown' });
  await day();
  expect((await put()).status).toBe(200);
  await set('a contact fails', {
    customerAddress: '+12065550101',
    failureReasonCode: 'INVALID_QUEUE',
  });
  expect(await (await put()).json()).toMatchObject({
    FailedRequestList: [{ RequestIdentifier: 'r', FailureReasonCode: 'INVALID_QUEUE' }],
  });
});

test('what other verifiers add is ignored, and a wrong state is told in one sentence', async () => {
  const added = await set('an ordinary day', ordinaryDay().params, {
    consumer: 'x',
    action: 'setup',
  });
  expect(added.status).toBe(200);
  const unknown = await set('a full moon');
  expect(unknown.status).toBe(400);
  expect(((await unknown.json()) as { message: string }).message).toContain(
    'there is no provider state "a full moon"; the states are "an ordinary day"',
  );
  const wrong = await set('a contact fails', { customerAddress: '+1', failureReasonCode: 'NONE' });
  expect(((await wrong.json()) as { message: string }).message).toContain(
    'params.failureReasonCode must be',
  );
});
