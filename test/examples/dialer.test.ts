/** An example in TypeScript: a dialer's own tests, against the contract instead of a mock of its own making. */

import { ConnectClient } from '@aws-sdk/client-connect';
import { useContractMock } from '../../door/contracts.ts';
import { dial } from './dialer.ts';

const mock = useContractMock();

const CALL = {
  instanceId: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
  queueId: '1b7e5a60-3c1d-4e8f-a2b4-5c6d7e8f9a01',
  campaignId: '5d1f0a9c-7b34-4c2e-8f61-0a9b8c7d6e5f',
  number: '+12065550101',
};

const clientOf = (endpoint: string) =>
  new ConnectClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'any' },
    maxAttempts: 1,
  });

test('a contact is put as the contract has it', async () => {
  const client = clientOf(mock.url);
  expect(await dial(client, CALL)).toMatch(/^[0-9a-f-]{36}$/);
  client.destroy();
});

test('a request that the contract does not know fails', async () => {
  const client = clientOf(mock.url);
  await expect(dial(client, { ...CALL, number: '2065550101' })).rejects.toMatchObject({
    $metadata: { httpStatusCode: 500 },
  });
  client.destroy();
});
