/** The matchers, passing, failing, and showing the nearest call. */

import { ConnectClient } from '@aws-sdk/client-connect';
import { type Emulator, startEmulator } from '../../door/index.ts';
import { matchers } from '../../door/jest.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { sent } from './calls.ts';

expect.extend(matchers);

let emulator: Emulator;
let client: ConnectClient;
beforeAll(async () => {
  const id = ORDINARY_INSTANCE.id;
  emulator = await startEmulator({ seed: { instances: [{ id, campaigns: ['spring'] }] } });
  client = new ConnectClient({ ...emulator.clientConfig, maxAttempts: 1 });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  client.destroy();
  await emulator.close();
});
const put = (token: string, count = 1, campaign?: string) =>
  sent(client, emulator.instanceId, token, count, campaign);

/** What a failing expectation says, without jest's colours. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation held');
}

test('toHaveCreatedOnce', async () => {
  await put('order-1', 2);
  await put('order-1', 2);
  expect(emulator).toHaveCreatedOnce('order-1');
  expect(emulator).not.toHaveCreatedOnce('order-2');
  expect(failure(() => expect(emulator).toHaveCreatedOnce('order-2'))).toBe(
    'token "order-2" was committed 0 times and created 0 contacts.\n' +
      'No call had that token. The nearest of 2 calls:\n' +
      '  #1 BatchPutContact, token "order-1": 200, 2 created',
  );
  expect(failure(() => expect(emulator).not.toHaveCreatedOnce('order-1'))).toContain(
    'was committed once and created 2 contacts.\nIts calls:\n',
  );
});

test('toHaveCreatedOnce sees what was created twice, and what created nothing', async () => {
  await put('order-1');
  await emulator.clock.advance({ days: 8 });
  await put('order-1');
  expect(emulator).not.toHaveCreatedOnce('order-1');
  expect(failure(() => expect(emulator).toHaveCreatedOnce('order-1'))).toMatch(
    /committed 2 times and created 2 contacts/,
  );
  await put('order-2', 1, 'autumn');
  expect(failure(() => expect(emulator).toHaveCreatedOnce('order-2'))).toContain(
    'was committed once and created 0 contacts.',
  );
});

test('toHaveCreatedOnce holds an endpoint that forgets its tokens', async () => {
  await using buggy = await startEmulator({ bugs: ['forgets-tokens'] });
  const by = new ConnectClient({ ...buggy.clientConfig, maxAttempts: 1 });
  await sent(by, buggy.instanceId, 'a');
  await sent(by, buggy.instanceId, 'a');
  by.destroy();
  expect(buggy).not.toHaveCreatedOnce('a');
});

test('toHaveRefused', async () => {
  await put('order-1');
  await expect(put('order-1', 2)).rejects.toThrow();
  await put('order-2', 1, 'autumn');
  expect(emulator).toHaveRefused('order-1', 'IdempotencyException');
  expect(emulator).toHaveRefused('order-2', 'MISSING_CAMPAIGN');
  expect(failure(() => expect(emulator).toHaveRefused('order-2', 'INVALID_QUEUE'))).toBe(
    '0 calls with token "order-2" had INVALID_QUEUE.\nIts calls:\n' +
      '  #3 BatchPutContact, token "order-2": 200, 0 created, MISSING_CAMPAIGN',
  );
});

test('toHaveReplayed', async () => {
  await put('order-1');
  expect(failure(() => expect(emulator).toHaveReplayed('order-1'))).toContain(
    'token "order-1" was replayed 0 times.',
  );
  await put('order-1');
  expect(emulator).toHaveReplayed('order-1');
});

test('the nearest call is the one whose token is most like', async () => {
  expect(failure(() => expect(emulator).toHaveReplayed('a'))).toContain('There was no call.');
  for (const token of ['monday-1', 'tuesday-1', 'tuesday-12']) await put(token);
  expect(failure(() => expect(emulator).toHaveReplayed('tuesday-2'))).toContain('"tuesday-12"');
});

test.each([undefined, null, {}, 'emulator'])('%p is no emulator, under .not too', (received) => {
  expect(() => expect(received).not.toHaveCreatedOnce('a')).toThrow('is for an emulator');
});
