import { ConnectClient } from '@aws-sdk/client-connect';
import { startEmulator } from 'dialproof';
import { matchers } from 'dialproof/vitest';
import { afterAll, describe, expect, test } from 'vitest';
import { dial } from './dialer.js';

expect.extend(matchers);

const emulator = await startEmulator();
afterAll(() => emulator.close());

/** An account of its own for each test, so that they can run at the same time. */
function setUp() {
  const account = emulator.isolate();
  account.seed({ instances: [{ id: account.instanceId, campaigns: ['spring'] }] });
  return { account, client: new ConnectClient(account.clientConfig) };
}

const order = { id: 'order-1', campaignId: 'spring', number: '+12025550123' };

describe.concurrent('dial', () => {
  test('dials an order once, however often it is asked for', async () => {
    const { account, client } = setUp();

    const first = await dial(client, account.instanceId, order);
    const second = await dial(client, account.instanceId, order);

    expect(second).toBe(first);
    expect(account).toHaveCreatedOnce('order-1');
    expect(account).toHaveReplayed('order-1');
  });

  test('says why a contact is not created', async () => {
    const { account, client } = setUp();

    const dialled = dial(client, account.instanceId, { ...order, campaignId: 'autumn' });

    await expect(dialled).rejects.toThrow('MISSING_CAMPAIGN');
    expect(account).toHaveRefused('order-1', 'MISSING_CAMPAIGN');
  });

  test('waits for its turn when the quota is spent', async () => {
    const { account, client } = setUp();
    account.faults.next('throttle');

    await dial(client, account.instanceId, order);

    expect(account.journal.calls().map(({ status }) => status)).toEqual([429, 200]);
    expect(account).toHaveCreatedOnce('order-1');
  });
});
