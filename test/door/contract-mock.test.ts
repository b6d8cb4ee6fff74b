/** The mock in a test framework: a call that does not match fails its test, even if the test caught the error. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach as afterEachOfNode, before } from 'node:test';
import { BatchPutContactCommand } from '@aws-sdk/client-connect';
import {
  type ContractMockOptions,
  openContractMock,
  type TestHooks,
  useContractMock,
} from '../../door/contracts.ts';
import { connectTo } from '../contracts/mock/open.ts';
import { tempDir } from '../support/temp-dir.ts';

// tsc fails if the hooks of Node's own runner have other types.
void ({ beforeAll: before, afterEach: afterEachOfNode, afterAll: after } satisfies TestHooks);

const dir = tempDir();
const quiet = { log: () => {} };

/** Hooks that the test calls itself. */
function heldHooks() {
  const held: Record<keyof TestHooks, () => Promise<void>> = {
    beforeAll: async () => {},
    afterEach: async () => {},
    afterAll: async () => {},
  };
  const hooks: TestHooks = {
    beforeAll: (open) => Object.assign(held, { beforeAll: open }),
    afterEach: (check) => Object.assign(held, { afterEach: check }),
    afterAll: (close) => Object.assign(held, { afterAll: close }),
  };
  return { held, hooks };
}

const call = (mock: { readonly url: string }, ClientToken = 'a') =>
  connectTo(mock).send(
    new BatchPutContactCommand({
      InstanceId: 'our-instance',
      ClientToken,
      ContactDataRequestList: [
        {
          RequestIdentifier: 'order-1',
          CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550101' },
          QueueId: 'our-queue',
          Campaign: { CampaignId: 'spring' },
        },
      ],
    }),
  );

async function opened(options: ContractMockOptions) {
  const { held, hooks } = heldHooks();
  const mock = useContractMock({ ...quiet, ...options }, hooks);
  await held.beforeAll();
  return { mock, held };
}

test('a swallowed mismatch fails the test, and no pact is written', async () => {
  const { mock, held } = await opened({ consumer: 'night-dialer', pactDir: dir });
  await call(mock);
  await held.afterEach();
  await fetch(`${mock.url}/contact/batches`, { method: 'PUT' }).catch(() => {});
  await expect(held.afterEach()).rejects.toThrow(
    /PUT \/contact\/batches is no call that the mock serves.*\n.*at the path: expected/,
  );
  // The next test is not to blame.
  await held.afterEach();
  await held.afterAll();
  expect(existsSync(join(dir, 'night-dialer-dialproof-emulator.json'))).toBe(false);
});

test('the pact is written after the last test, and merged', async () => {
  const options = { consumer: 'day-dialer', provider: 'dial-gateway', pactDir: dir };
  for (const state of [null, 'calls are throttled']) {
    const { mock, held } = await opened(options);
    if (state) await mock.given(state);
    await call(mock).catch(() => {});
    await held.afterEach();
    await held.afterAll();
  }
  const pact = JSON.parse(readFileSync(join(dir, 'day-dialer-dial-gateway.json'), 'utf8'));
  expect(pact).toMatchObject({
    consumer: { name: 'day-dialer' },
    provider: { name: 'dial-gateway' },
  });
  expect(pact.interactions).toHaveLength(2);
});

test('a state lasts until the end of its test, and so does a token', async () => {
  const { mock, held } = await opened({});
  await mock.given('calls are throttled', { error: 'LimitExceededException' });
  await expect(call(mock)).rejects.toMatchObject({ name: 'LimitExceededException' });
  await held.afterEach();
  const first = await call(mock);
  expect((await call(mock)).SuccessfulRequestList).toEqual(first.SuccessfulRequestList);
  await held.afterEach();
  expect((await call(mock)).SuccessfulRequestList).not.toEqual(first.SuccessfulRequestList);
  await held.afterAll();
});

test('with a contract, only its operations are served', async () => {
  const mock = await openContractMock({ ...quiet, contract: 'ConnectCampaigns' });
  await expect(call(mock)).rejects.toMatchObject({ name: 'RequestMismatch' });
  expect(mock.mismatches).toHaveLength(1);
  await mock.close();
});

test('literal: the contract to the letter', async () => {
  const mock = await openContractMock({ ...quiet, literal: true });
  await expect(call(mock)).rejects.toMatchObject({ name: 'RequestMismatch' });
  await mock.close();
});

describe('with the hooks of jest', () => {
  const mock = useContractMock(quiet);
  test('the mock is open', async () => {
    expect((await call(mock)).SuccessfulRequestList).toHaveLength(1);
    expect(mock.used).toEqual(['BatchPutContact succeeds']);
  });
});

test('without global hooks, it says what to do', () => {
  const { beforeAll: hook } = globalThis;
  Object.assign(globalThis, { beforeAll: undefined });
  try {
    expect(() => useContractMock()).toThrow('set globals: true for vitest');
  } finally {
    Object.assign(globalThis, { beforeAll: hook });
  }
});
