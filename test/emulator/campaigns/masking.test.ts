/** What the emulator writes and tells beside its answers has no phone number and no attribute of a customer. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConnectCampaignsClient,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';
import { startEmulator as startInProcess } from '../../../door/emulator.ts';
import { startEmulator } from '../../../emulator/emulator.ts';
import { tempDir } from '../../support/temp-dir.ts';

const NUMBER = '+13125550105';
const SECRET = 'a secret of the customer';

/** What a text has of the customer: the number in any form that keeps its digits, or the attribute. */
function told(text: string): string[] {
  const found: string[] = [];
  if (text.includes(NUMBER.slice(1)) || /312\D?555\D?0105/.test(text)) found.push('number');
  if (text.includes(SECRET)) found.push('attribute');
  return found;
}

it('logs, journal, control door and events tell neither; dial records have the number', async () => {
  const dir = tempDir();
  const [access, feeder, events, dials] = ['access', 'feeder', 'events', 'dials'].map((name) =>
    join(dir, `${name}.ndjson`),
  ) as [string, string, string, string];
  const emulator = await startEmulator({
    accessLog: access,
    feederJournal: feeder,
    events: [events],
    dials,
  });
  const { url, controlUrl, credentials } = emulator;
  const { id } = await emulator.runCampaign({});
  const client = new ConnectCampaignsClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: credentials.outsider,
    maxAttempts: 1,
  });
  const request = {
    clientToken: `call-${NUMBER.slice(1)}`,
    phoneNumber: NUMBER,
    expirationTime: new Date(Date.now() + 300_000),
    attributes: { note: SECRET },
  };
  await client.send(new PutDialRequestBatchCommand({ id, dialRequests: [request] }));
  client.destroy();
  await fetch(`${controlUrl}/clock`, { method: 'PUT', body: '{"ahead":600}' });
  const answers = await Promise.all(
    ['/campaigns', '/metrics', '/stats', '/feeder-journal'].map(async (path) => {
      const answer = await fetch(controlUrl + path);
      expect(answer.ok).toBe(true);
      return [path, told(await answer.text())];
    }),
  );
  await emulator.close();

  const files = [access, feeder, events].map((file) => readFileSync(file, 'utf8'));
  expect(files.map((text) => text.length > 100)).toEqual([true, true, true]);
  expect(files.map(told)).toEqual([[], [], []]);
  expect(answers.filter(([, found]) => found?.length !== 0)).toEqual([]);
  // Unmasked text is caught: this file has the number, and the request has both.
  expect(told(readFileSync(dials, 'utf8'))).toEqual(['number']);
  expect(told(JSON.stringify(request))).toEqual(['number', 'attribute']);
});

it('what is said of a feeder, and of a wait that failed, tells neither', async () => {
  await using emulator = await startInProcess();
  const { id } = await emulator.campaigns.run();
  const client = new ConnectCampaignsClient({ ...emulator.clientConfig, maxAttempts: 1 });
  const dialRequests = ['3125550105', NUMBER, NUMBER].map((phoneNumber, i) => ({
    clientToken: `call-${phoneNumber.slice(-10)}-${i}`,
    phoneNumber,
    expirationTime: new Date(Date.now() + 3_600_000 * i),
    attributes: { note: SECRET, [`n${i}`]: SECRET },
  }));
  await client.send(new PutDialRequestBatchCommand({ id, dialRequests }));
  client.destroy();
  const report = emulator.campaigns.judgeFeeder();
  const failed = await emulator.journal
    .waitFor(() => false, { timeoutMs: 1 })
    .catch((error: Error) => error.message);
  // Something is said of the numbers: a mask that did nothing would be seen.
  expect(JSON.stringify(report)).toContain('not in E.164 form, such as \\"312*****05');
  expect(failed).toContain('PutDialRequestBatch');
  expect([JSON.stringify(report), String(failed)].map(told)).toEqual([[], []]);
});
