/** Arbitrary batches through the AWS SDK client, over the wire, and back. */

import {
  BatchPutContactCommand,
  type BatchPutContactCommandInput,
  ConnectClient,
} from '@aws-sdk/client-connect';
import * as fc from 'fast-check';
import { type RunningEmulator, startEmulator } from '../../emulator/emulator.ts';
import { decide, letterOf } from '../../operation/connect/batch-put-contact/decide.ts';
import { outcomeOf } from '../../operation/connect/batch-put-contact/outcome.ts';
import type {
  BatchPutContactBody,
  BatchPutContactResponse,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { stats } from '../emulator/fixtures.ts';
import { type DueItem, dueBatch, invalidBody } from './batches.ts';

const RUNS = { seed: 42, numRuns: 60 };

let emulator: RunningEmulator;
let client: ConnectClient;

beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
  client = new ConnectClient({
    endpoint: emulator.url,
    region: ordinaryFacts().region,
    credentials: emulator.credentials.principal,
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await emulator.close();
});

async function put(body: BatchPutContactBody): Promise<BatchPutContactResponse> {
  const input = { InstanceId: ORDINARY_INSTANCE.id, ...body } as BatchPutContactCommandInput;
  const { $metadata: _, ...lists } = await client.send(new BatchPutContactCommand(input));
  return lists as BatchPutContactResponse;
}

const lettersDue = (batch: readonly DueItem[]) => batch.map(({ due }) => letterOf(due)).join('');

test('each item of any batch becomes what it must', async () => {
  await fc.assert(
    fc.asyncProperty(dueBatch, async (batch) => {
      const items = batch.map(({ item }) => item);
      const identifiers = items.map((item) => item.RequestIdentifier ?? '');
      const answer = await put({ ContactDataRequestList: items });
      expect(outcomeOf(identifiers, answer).letters).toBe(lettersDue(batch));
      const ids = answer.SuccessfulRequestList?.map((one) => one.ContactId);
      expect(new Set(ids).size).toBe(ids?.length);
    }),
    RUNS,
  );
});

test('the definition decides the same of any batch, without a wire', () => {
  fc.assert(
    fc.property(dueBatch, (batch) => {
      const items = batch.map(({ item }) => item);
      const verdicts = decide(items, ordinaryFacts(), ORDINARY_INSTANCE);
      expect(verdicts).toEqual(batch.map(({ due }) => due));
    }),
    { ...RUNS, numRuns: 300 },
  );
});

test('a body that breaks a bound is refused whole, and creates nothing', async () => {
  await fc.assert(
    fc.asyncProperty(invalidBody, async (body) => {
      const { contacts } = await stats(emulator);
      await expect(put(body)).rejects.toMatchObject({
        name: 'InvalidRequestException',
        $metadata: { httpStatusCode: 400 },
      });
      expect((await stats(emulator)).contacts).toBe(contacts);
    }),
    RUNS,
  );
});

test('a wrong verdict would be found, and shrunk to a few plain items', () => {
  const said = fc.check(
    fc.property(dueBatch, (batch) => batch.every(({ due }) => due !== 'INVALID_QUEUE')),
    { ...RUNS, numRuns: 300 },
  );
  expect(said.failed).toBe(true);
  expect(said.counterexample?.[0]?.length).toBeLessThan(4);
});
