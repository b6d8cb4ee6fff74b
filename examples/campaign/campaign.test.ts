import { ConnectCampaignsClient } from '@aws-sdk/client-connectcampaigns';
import { startEmulator } from 'dialproof';
import { begin, Endings, hand, stateOf } from './campaign.ts';

/** Numbers whose calls end in a known way (docs/campaigns.md). */
const PEOPLE = {
  ada: '+13125550101', // answers
  ben: '+13125550104', // does not answer
  cleo: '+13125550105', // is busy
  dan: '+13125550116', // is never dialled in time
};

test('a campaign from its start to the last call, in virtual time', async () => {
  await using emulator = await startEmulator({ eventFaults: { repetition: 0.5, reordering: 0.5 } });
  const client = new ConnectCampaignsClient(emulator.clientConfig);

  const id = await begin(client, {
    name: 'spring renewals',
    instanceId: emulator.instanceId,
    contactFlowId: 'flow-1',
    sourceNumber: '+12065550100',
  });
  await emulator.clock.advance({ minutes: 1 });
  expect(await stateOf(client, id)).toBe('Running');

  expect(await hand(client, id, PEOPLE)).toEqual([]);
  // Rings, conversations and the five minutes of the one who is never dialled are over at once.
  await emulator.clock.advance({ minutes: 30 });

  const endings = new Endings();
  await emulator.events.waitFor((events) => {
    for (const event of events.list({ campaignId: id })) endings.take(event);
    return endings.size === 4;
  });
  const told = emulator.campaigns.dialRequests({ campaignId: id });
  expect(
    Object.fromEntries(
      told.map(({ clientToken, contactId }) => [clientToken, endings.of(contactId ?? '')]),
    ),
  ).toEqual({
    ada: 'CONTACT_FLOW_DISCONNECT',
    ben: 'TELECOM_UNANSWERED',
    cleo: 'TELECOM_BUSY',
    dan: 'EXPIRED',
  });
  expect(emulator.journal.contacts({ campaignId: id })).toHaveLength(4);
  client.destroy();
});
