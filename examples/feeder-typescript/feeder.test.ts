import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectCampaignsClient } from '@aws-sdk/client-connectcampaigns';
import { type Emulator, startEmulator } from 'dialproof';
import { contactsOf, feed } from './feeder.ts';

const contacts = contactsOf(readFileSync(join(__dirname, 'contacts.csv'), 'utf8'), 'contacts');

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

/** A client that leaves each fault to the feeder. */
const client = () => new ConnectCampaignsClient({ ...emulator.clientConfig, maxAttempts: 1 });

test('everybody is handed over once, although calls are throttled, lost and fail', async () => {
  const { id } = await emulator.campaigns.run();
  emulator.faults.nth(1, 'fail-items', { code: 'REQUEST_THROTTLED' }, 'PutDialRequestBatch');
  emulator.faults.nth(2, 'drop-after-commit', {}, 'PutDialRequestBatch');
  emulator.faults.nth(4, 'fail-items', { code: 'INTERNAL_ERROR' }, 'PutDialRequestBatch');

  const refused = await feed(client(), id, contacts, 200);

  expect(refused.size).toBe(0);
  const handed = emulator.campaigns.dialRequests().map(({ clientToken }) => clientToken);
  expect(handed).toEqual(contacts.map(({ token }) => token));
  expect(emulator.campaigns.judgeFeeder()).toMatchObject({ verdict: 'pass', calls: 5 });
});

test('a number that is none is refused alone, and the judge says so', async () => {
  const { id } = await emulator.campaigns.run();
  const wrong = { id: 'wrong', phoneNumber: '2025550100', token: 'wrong' };

  const refused = await feed(client(), id, [...contacts.slice(0, 2), wrong], 200);

  expect([...refused]).toEqual([['wrong', 'InvalidInput']]);
  const { findings } = emulator.campaigns.judgeFeeder();
  expect(findings).toMatchObject([{ kind: 'number not E.164' }]);
});

test('a campaign that is not there ends the feeder', async () => {
  await expect(feed(client(), 'nowhere', contacts, 200)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
