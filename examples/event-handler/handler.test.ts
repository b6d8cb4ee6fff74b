import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ConnectCampaignsClient,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';
import { type Emulator, startEmulator } from 'dialproof';
import { contactEventMessages } from 'dialproof/contracts';
import { EventCounts } from './handler.ts';
import { receive } from './receiver.ts';

/** Numbers whose calls end in a known way: a flow, voicemail, nobody, busy, expired. */
const NUMBERS = ['01', '02', '04', '05', '16'].map((digits) => `+131255501${digits}`);

/** Lets a campaign call every number three times, to the end. @returns the reasons of the emulator. */
async function campaign(emulator: Emulator): Promise<Record<string, number>> {
  const { id } = await emulator.campaigns.run();
  const feeder = new ConnectCampaignsClient({ ...emulator.clientConfig, maxAttempts: 1 });
  await feeder.send(
    new PutDialRequestBatchCommand({
      id,
      dialRequests: [...NUMBERS, ...NUMBERS, ...NUMBERS].map((phoneNumber, i) => ({
        clientToken: `order-${i}`,
        phoneNumber,
        expirationTime: new Date(Date.now() + 300_000),
        attributes: {},
      })),
    }),
  );
  await emulator.clock.advance({ minutes: 30 });
  const reasons: Record<string, number> = {};
  for (const { disconnectReason } of emulator.campaigns.dialRequests()) {
    reasons[disconnectReason ?? ''] = (reasons[disconnectReason ?? ''] ?? 0) + 1;
  }
  return reasons;
}

test('a file: repeated and reordered events are counted once', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'events-')), 'events.ndjson');
  const eventFaults = { repetition: 0.5, reordering: 0.5 };
  const emulator = await startEmulator({ events: [file], eventFaults });
  const reasons = await campaign(emulator);
  await emulator.close();
  const counts = new EventCounts();
  counts.takeLines(readFileSync(file, 'utf8'));

  expect(counts.byReason).toEqual(reasons);
  expect(reasons).toMatchObject({ TELECOM_BUSY: 3, EXPIRED: 3 });
  expect(counts.byType).toMatchObject({ INITIATED: 15, DISCONNECTED: 15, COMPLETED: 15 });
  expect(counts.repeated).toBeGreaterThan(0);
  expect([counts.open, counts.refused]).toEqual([0, 0]);
});

test('a server: the same events arrive by POST', async () => {
  const counts = new EventCounts();
  const { url, close } = await receive(counts);
  const emulator = await startEmulator({ events: [url] });
  const reasons = await campaign(emulator);
  await emulator.close();
  await close();

  expect(counts.byReason).toEqual(reasons);
  expect(counts.repeated).toBe(0);
});

test('an end that was lost is known from the event after it', () => {
  const counts = new EventCounts();
  const detail = { contactId: 'a', disconnectReason: 'TELECOM_BUSY' };
  counts.take({ id: '1', source: 'aws.connect', detail: { ...detail, eventType: 'COMPLETED' } });
  counts.take('no event');

  expect(counts.byReason).toEqual({ TELECOM_BUSY: 1 });
  expect(counts.refused).toBe(1);
});

test.each(contactEventMessages())('the contract: $description', ({ event }) => {
  const counts = new EventCounts();
  counts.take(event);
  counts.take(event);

  expect([counts.refused, counts.repeated]).toEqual([0, 1]);
});
