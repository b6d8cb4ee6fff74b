/** The contact events of an account, as a test reads them. */

import {
  ConnectCampaignsClient,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';
import { type Account, type Emulator, startEmulator } from '../../door/index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

/** Hands over a dial request to a busy number. @returns the id of its campaign. */
async function dialBusy(account: Account): Promise<string> {
  const { id } = await account.campaigns.run();
  const feeder = new ConnectCampaignsClient({ ...account.clientConfig, maxAttempts: 1 });
  const request = {
    clientToken: 'one',
    phoneNumber: '+13125550105',
    expirationTime: new Date(Date.now() + 300_000),
    attributes: {},
  };
  await feeder.send(new PutDialRequestBatchCommand({ id, dialRequests: [request] }));
  feeder.destroy();
  return id;
}

test('they are listed by type, contact, campaign and reason', async () => {
  const account = emulator.isolate();
  const campaignId = await dialBusy(account);
  await account.clock.advance({ minutes: 1 });
  const { events } = account;
  const [first] = events.list();

  expect(events.list().map(({ detail }) => detail.eventType)).toEqual([
    'INITIATED',
    'DISCONNECTED',
    'COMPLETED',
  ]);
  expect(events.list({ eventType: 'COMPLETED' })).toHaveLength(1);
  expect(events.list({ campaignId, contactId: first?.detail.contactId ?? '' })).toHaveLength(3);
  expect(events.list({ disconnectReason: 'TELECOM_BUSY' })).toHaveLength(2);
  expect(events.list({ campaignId: 'another' })).toEqual([]);
  expect(emulator.events.list()).toEqual([]);

  await account.reset();
  expect(events.list()).toEqual([]);
});

test('a wait ends with the event, or with an error that shows the last ones', async () => {
  const account = emulator.isolate();
  const waiting = account.events.waitFor((events) => events.list({ eventType: 'COMPLETED' }).at(0));
  await dialBusy(account);
  await account.clock.advance({ minutes: 1 });
  expect((await waiting).detail.disconnectReason).toBe('TELECOM_BUSY');

  const never = account.events.waitFor(() => false, { timeoutMs: 1 });
  await expect(never).rejects.toThrow(
    /waited 1 ms for what did not happen\.\nThe last events:\n[\s\S]* DISCONNECTED of \S+: TELECOM_BUSY/,
  );
  const nothing = emulator.events.waitFor(() => false, { timeoutMs: 1 });
  await expect(nothing).rejects.toThrow('There was no event.');
});
