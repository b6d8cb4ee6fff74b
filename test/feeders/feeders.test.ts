/** Small feeders with the AWS SDK: each with one fault is told, and a right one is accused under no fault plan. */

import { join } from 'node:path';
import { ConnectCampaignsClient } from '@aws-sdk/client-connectcampaigns';
import { type Emulator, type FeederReport, startEmulator } from '../../door/index.ts';
import { BUILT_IN_PLANS, type BuiltInPlanName } from '../../emulator/faults/built-in-plans.ts';
import { ASKED_NUMBERS } from '../../operation/campaigns/asked-numbers.ts';
import { HAS_BOTO3 } from '../clients/boto3.ts';
import { describeIf, runProgram } from '../clients/program.ts';
import { type Customer, feed, type Habits } from './feeder.ts';

let emulator: Emulator;
let client: ConnectCampaignsClient;
/** The wall clock of the endpoint and of the feeders: it stands still but for their waits. */
let now = Date.now();

beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress', clock: { now: () => now } });
});
beforeEach(async () => {
  now = Date.now();
  await emulator.reset();
  // The second attempt of the SDK is one of the things that the judge has to understand.
  client = new ConnectCampaignsClient({ ...emulator.clientConfig, maxAttempts: 2 });
});
afterEach(() => client.destroy());
afterAll(() => emulator.close());

const CUSTOMERS: readonly Customer[] = Array.from({ length: 40 }, (_, i) => ({
  id: `customer-${i}`,
  // Numbers for fiction repeat. The last customers are never reached.
  phoneNumber: i < 35 ? `+1202555011${i % 10}` : ASKED_NUMBERS.EXPIRED,
}));

async function fed(
  habits: Partial<Habits> = {},
  { version = 1 as 1 | 2, customers = CUSTOMERS } = {},
): Promise<FeederReport> {
  const { id: campaignId } = await emulator.campaigns.run({ version });
  await feed(
    customers,
    {
      client,
      campaignId,
      now: () => now,
      async wait(milliseconds) {
        now += milliseconds;
        await emulator.clock.advance({ milliseconds: 0 });
      },
      async expired() {
        now += 1;
        await emulator.clock.advance({ minutes: 6 });
        return emulator.campaigns
          .dialRequests()
          .filter(({ disconnectReason, failure }) =>
            [disconnectReason, failure].some((end) => end?.startsWith('EXPIRED')),
          )
          .map(({ clientToken }) => clientToken);
      },
    },
    habits,
  );
  return emulator.campaigns.judgeFeeder();
}

const RIGHT = { verdict: 'pass', findings: [], advice: [], doubts: [] };
const kinds = ({ findings }: FeederReport) => findings.map(({ kind }) => kind);

/** Throttles the first calls as a campaign does that holds no more. */
function throttle(calls: number): void {
  for (let n = 1; n <= calls; n += 1) {
    emulator.faults.nth(n, 'fail-items', { code: 'REQUEST_THROTTLED' }, 'PutDialRequestBatch');
  }
}

it('a right feeder is not accused', async () => {
  throttle(4);
  const report = await fed();
  expect(report).toMatchObject(RIGHT);
  expect(report.dialRequests).toBe(65);
});

it.each(Object.keys(BUILT_IN_PLANS) as BuiltInPlanName[])(
  'a right feeder is not accused under the fault plan %s',
  async (plan) => {
    emulator.faults.use(plan);
    // Into the throttle storm.
    now += 6_000;
    expect(await fed()).toMatchObject(RIGHT);
    expect(emulator.faults.applied()).not.toEqual({});
  },
);

it('expiry of hours is told', async () => {
  expect(kinds(await fed({ expirySeconds: 7_200 }))).toEqual(['expires too late']);
});

it('throttled dial requests that are never sent again are told', async () => {
  throttle(1);
  expect(kinds(await fed({ readsFailures: false }))).toEqual(['throttled, not sent again']);
});

it('failedRequests that are never read are told', async () => {
  emulator.faults.next('fail-items', { code: 'REQUEST_THROTTLED' }, 'PutDialRequestBatch');
  emulator.faults.nth(2, 'fail-items', { code: 'INTERNAL_ERROR' }, 'PutDialRequestBatch');
  expect(kinds(await fed({ readsFailures: false }))).toEqual(['failures ignored']);
});

it('sending on while throttled is told', async () => {
  throttle(6);
  expect(kinds(await fed({ waits: false }))).toEqual(['sent on while throttled']);
});

it('tokens that are longer than 200 characters are told', async () => {
  const token: Habits['token'] = ({ id }, round) => `${id}-${round}`.padEnd(500, 'x');
  expect(kinds(await fed({ token }))).toEqual(['token too long']);
});

it('the old token for a dial request that expired is told', async () => {
  expect(kinds(await fed({ token: ({ id }) => id }))).toEqual(['token reused after expiry']);
});

it("version 1's operation for a campaign of version 2 is told", async () => {
  expect(kinds(await fed({}, { version: 2 }))).toEqual(['wrong version']);
});

it('a lost call that is never repeated is told', async () => {
  emulator.faults.nth(1, 'drop-before-commit', {}, 'PutDialRequestBatch');
  emulator.faults.nth(2, 'drop-before-commit', {}, 'PutDialRequestBatch');
  expect(kinds(await fed({ repeatsLostCalls: false }))).toEqual(['lost call, not repeated']);
});

it('a new token for a call that was lost is told', async () => {
  emulator.faults.nth(1, 'drop-after-commit', {}, 'PutDialRequestBatch');
  emulator.faults.nth(2, 'drop-after-commit', {}, 'PutDialRequestBatch');
  expect(kinds(await fed({ keepsTokenOfLostCall: false }))).toEqual([
    'other token after a lost call',
  ]);
});

it('one dial request in each call is advised against', async () => {
  const { verdict, advice } = await fed({ batch: 1 });
  expect({ verdict, advice }).toMatchObject({
    verdict: 'pass',
    advice: [{ kind: 'batches of one' }],
  });
});

it('a reset begins a new recording', async () => {
  await fed({ expirySeconds: 7_200 });
  await emulator.reset();
  expect(emulator.campaigns.judgeFeeder().verdict).toBe('not exercised');
});

describeIf(HAS_BOTO3, 'boto3', 'no python3 with a boto3 that has BatchPutContact', () => {
  it('a feeder that repeats only calls that raise is told', async () => {
    const { id } = await emulator.campaigns.run();
    throttle(1);
    const { credentials, url } = emulator;
    const argument = JSON.stringify({ url, credentials, id });
    const { code, stderr } = await runProgram('python3', [join(__dirname, 'feeder.py'), argument]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(kinds(emulator.campaigns.judgeFeeder())).toEqual(['throttled, not sent again']);
  });
});
