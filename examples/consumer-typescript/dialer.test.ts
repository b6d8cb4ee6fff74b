import { ConnectClient } from '@aws-sdk/client-connect';
import { ConnectCampaignsClient } from '@aws-sdk/client-connectcampaigns';
import { useContractMock } from 'dialproof/contracts';
import { Busy, dial, hand } from './dialer';

const mock = useContractMock({ consumer: 'day-dialer' });

const PLACE = {
  instanceId: '0f5a1c2e-93d7-4b88-a1de-6b7c8d9e0f12',
  queueId: 'b7c1d2e3-f4a5-4b6c-8d7e-9f0a1b2c3d4e',
  campaignId: 'spring-renewals',
};

const settings = () => ({
  endpoint: mock.url,
  region: 'eu-central-1',
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  maxAttempts: 1,
});
const connect = () => new ConnectClient(settings());

test('an order becomes a contact', async () => {
  const outcome = await dial(connect(), PLACE, [{ id: 'order-1', number: '+12065550101' }]);

  expect([...outcome.keys()]).toEqual(['order-1']);
});

test('a number that is none fails alone', async () => {
  const outcome = await dial(connect(), PLACE, [
    { id: 'good', number: '+12065550101' },
    { id: 'bad', number: '2065550102' },
  ]);

  expect(outcome.get('bad')).toBe('INVALID_CUSTOMER_ENDPOINT');
  expect(outcome.get('good')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a throttled call is for later', async () => {
  await mock.given('calls are throttled', { error: 'LimitExceededException' });
  const dialled = dial(connect(), PLACE, [{ id: 'order-1', number: '+12065550101' }]);

  await expect(dialled).rejects.toBeInstanceOf(Busy);
});

test('a campaign that is running takes orders', async () => {
  await mock.given('a campaign exists', {
    version: 1,
    id: 'c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f',
    name: 'Renewals',
    instanceId: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
    state: 'Running',
    members: {
      dialerConfig: { agentlessDialerConfig: {} },
      outboundCallConfig: {
        connectContactFlowId: 'flow-1',
        connectSourcePhoneNumber: '+12065550100',
      },
    },
  });
  const client = new ConnectCampaignsClient(settings());
  const expires = new Date(Date.now() + 600_000);

  const taken = await hand(
    client,
    'c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f',
    [{ id: 'order-1', number: '+12065550101' }],
    expires,
  );

  expect(taken).toBe(1);
});
