import { ConnectClient } from '@aws-sdk/client-connect';
import { useContractMock } from 'dialproof/contracts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { dial } from './dialer.js';

const mock = useContractMock({}, { beforeAll, afterEach, afterAll });

test('what the dialer sends is a call that the contract knows', async () => {
  const client = new ConnectClient({
    endpoint: mock.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const order = { id: 'order-1', campaignId: 'spring', number: '+12025550123' };

  await expect(dial(client, 'an-instance-of-ours', order)).resolves.toMatch(/^[0-9a-f-]{36}$/);
});
