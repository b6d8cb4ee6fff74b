/** AWS's own JavaScript clients of outbound campaigns, both versions, against the endpoint. */

import { ConnectClient, DescribeContactCommand } from '@aws-sdk/client-connect';
import * as v1 from '@aws-sdk/client-connectcampaigns';
import * as v2 from '@aws-sdk/client-connectcampaignsv2';
import { type Emulator, startEmulator } from '../../../door/index.ts';
import { INJECTED_DIAL_NUMBERS } from '../../../operation/campaigns/failures.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';

const FLOW = 'b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d';
const SOURCE = '+12065550100';
const AMD = { enableAnswerMachineDetection: true };

let emulator: Emulator;
let one: v1.ConnectCampaignsClient;
let two: v2.ConnectCampaignsV2Client;
let connect: ConnectClient;

beforeAll(async () => {
  emulator = await startEmulator({ profile: 'stress' });
  const options = { ...emulator.clientConfig, maxAttempts: 1 };
  one = new v1.ConnectCampaignsClient(options);
  two = new v2.ConnectCampaignsV2Client(options);
  connect = new ConnectClient(options);
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  for (const client of [one, two, connect]) client.destroy();
  await emulator.close();
});

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000);

const agentless = (over: Partial<v1.CreateCampaignCommandInput> = {}) => ({
  name: 'Renewals',
  connectInstanceId: emulator.instanceId,
  dialerConfig: { agentlessDialerConfig: { dialingCapacity: 0.5 } },
  outboundCallConfig: {
    connectContactFlowId: FLOW,
    connectSourcePhoneNumber: SOURCE,
    answerMachineDetectionConfig: AMD,
  },
  ...over,
});

const telephony = (over: Partial<v2.CreateCampaignCommandInput> = {}) => ({
  name: 'Renewals',
  connectInstanceId: emulator.instanceId,
  channelSubtypeConfig: {
    telephony: {
      outboundMode: { agentless: {} },
      defaultOutboundConfig: { connectContactFlowId: FLOW, connectSourcePhoneNumber: SOURCE },
    },
  },
  ...over,
});

const dial = (clientToken: string, phoneNumber = '+13125550104') => ({
  clientToken,
  phoneNumber,
  expirationTime: inSeconds(300),
  attributes: { account: clientToken },
});

const outbound = (clientToken: string, destinationPhoneNumber = '+13125550104') => ({
  clientToken,
  expirationTime: inSeconds(300),
  channelSubtypeParameters: {
    telephony: { destinationPhoneNumber, attributes: { account: clientToken }, ringTimeout: 20 },
  },
});

async function refused(call: Promise<unknown>) {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (
    !(
      error instanceof v1.ConnectCampaignsServiceException ||
      error instanceof v2.ConnectCampaignsV2ServiceException
    )
  ) {
    throw new Error(`the call was not refused: ${error}`);
  }
  return { name: error.name, status: error.$metadata.httpStatusCode, error };
}

describe('version 1', () => {
  const state = async (id: string) =>
    (await one.send(new v1.GetCampaignStateCommand({ id }))).state;

  test('a campaign from its creation to its end', async () => {
    const made = await one.send(new v1.CreateCampaignCommand(agentless({ tags: { team: 'a' } })));
    const { id = '', arn = '' } = made;
    expect(arn).toBe(`arn:aws:connect-campaigns:us-east-1:123456789012:campaign/${id}`);
    expect(made.tags).toEqual({ team: 'a' });
    const { campaign } = await one.send(new v1.DescribeCampaignCommand({ id: arn }));
    expect(campaign).toEqual({ id, arn, ...agentless(), tags: { team: 'a' } });

    expect(await state(id)).toBe('Initialized');
    await one.send(new v1.StartCampaignCommand({ id }));
    expect(await state(id)).toBe('Initialized');
    await emulator.clock.advance({ seconds: 2 });
    expect(await state(id)).toBe('Running');

    const answer = await one.send(
      new v1.PutDialRequestBatchCommand({ id, dialRequests: [dial('a'), dial('b')] }),
    );
    expect(answer.failedRequests).toEqual([]);
    expect(answer.successfulRequests?.map(({ clientToken }) => clientToken)).toEqual(['a', 'b']);

    await one.send(new v1.PauseCampaignCommand({ id }));
    expect(await state(id)).toBe('Paused');
    await one.send(new v1.ResumeCampaignCommand({ id }));
    await emulator.clock.advance({ seconds: 60 });

    const ends = emulator.campaigns.dialRequests({ campaignId: id });
    expect(ends.map(({ state, disconnectReason }) => [state, disconnectReason])).toEqual([
      ['ENDED', 'TELECOM_UNANSWERED'],
      ['ENDED', 'TELECOM_UNANSWERED'],
    ]);
    const contacts = emulator.journal.contacts({ campaignId: id });
    expect(
      contacts.map(({ contactId, requestIdentifier }) => [contactId, requestIdentifier]),
    ).toEqual(ends.map(({ contactId, dialRequestId }) => [contactId, dialRequestId]));
    expect(contacts[0]?.attributes).toEqual({ account: 'a' });
    const described = await connect.send(
      new DescribeContactCommand({
        InstanceId: emulator.instanceId,
        ContactId: contacts[0]?.contactId ?? '',
      }),
    );
    expect(described.Contact).toMatchObject({ DisconnectReason: 'TELECOM_UNANSWERED' });

    await one.send(new v1.StopCampaignCommand({ id }));
    expect(await state(id)).toBe('Stopped');
    await one.send(new v1.DeleteCampaignCommand({ id }));
    expect(await refused(state(id))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
  });

  test('each failure code of a dial request, and the reason in the journal', async () => {
    const { id } = await emulator.campaigns.run();
    const late = { ...dial('late'), expirationTime: inSeconds(3_600) };
    const { successfulRequests, failedRequests } = await one.send(
      new v1.PutDialRequestBatchCommand({
        id,
        dialRequests: [
          late,
          dial('throttled', INJECTED_DIAL_NUMBERS.RequestThrottled),
          dial('unknown', INJECTED_DIAL_NUMBERS.UnknownError),
          dial('good'),
        ],
      }),
    );
    expect(failedRequests).toEqual([
      { clientToken: 'late', failureCode: 'InvalidInput' },
      { clientToken: 'throttled', failureCode: 'RequestThrottled' },
      { clientToken: 'unknown', failureCode: 'UnknownError' },
    ]);
    expect(successfulRequests).toHaveLength(1);
    const [call] = emulator.journal.calls({ operation: 'PutDialRequestBatch' });
    expect(call?.dialRequests[0]).toEqual({
      clientToken: 'late',
      dialRequestId: null,
      code: 'InvalidInput',
      reason: 'expirationTime is more than 15 minutes ahead',
    });
  });

  test('a token that comes again is answered with its dial request, after its expiry too', async () => {
    const { id } = await emulator.campaigns.run();
    const put = (dialRequests: v1.DialRequest[]) =>
      one.send(new v1.PutDialRequestBatchCommand({ id, dialRequests }));
    const first = await put([dial('again')]);
    await emulator.clock.advance({ days: 6 });
    const expired = { ...dial('again'), expirationTime: inSeconds(-3_600) };
    expect((await put([expired])).successfulRequests).toEqual(first.successfulRequests);
    await emulator.clock.advance({ days: 2 });
    const later = await put([dial('again')]);
    expect(later.successfulRequests).not.toEqual(first.successfulRequests);
  });

  test('errors: state, conflict, validation, quota, access, throttling, service', async () => {
    const { id = '' } = await one.send(new v1.CreateCampaignCommand(agentless()));
    const put = (requests = [dial('a')], client = one) =>
      refused(client.send(new v1.PutDialRequestBatchCommand({ id, dialRequests: requests })));

    const state = await put();
    expect(state).toMatchObject({ name: 'InvalidCampaignStateException', status: 409 });
    expect(state.error).toMatchObject({ state: 'Initialized' });
    expect(
      await refused(one.send(new v1.CreateCampaignCommand(agentless({ tags: { other: 'x' } })))),
    ).toMatchObject({ name: 'ConflictException', status: 409 });
    expect((await one.send(new v1.CreateCampaignCommand(agentless()))).id).toBe(id);
    expect(await put(Array.from({ length: 26 }, (_, i) => dial(`t${i}`)))).toMatchObject({
      name: 'ValidationException',
      status: 400,
    });
    const { accessKeyId, secretAccessKey } = emulator.denied;
    const denied = new v1.ConnectCampaignsClient({
      ...emulator.clientConfig,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
    expect(await put([dial('a')], denied)).toMatchObject({
      name: 'AccessDeniedException',
      status: 403,
    });
    denied.destroy();
    emulator.faults.next('limit-exceeded');
    expect(await put()).toMatchObject({ name: 'ThrottlingException', status: 429 });
    emulator.faults.next('error-before-commit', {}, 'PutDialRequestBatch');
    const { id: running } = await emulator.campaigns.run({ name: 'other' });
    expect(
      await refused(
        one.send(new v1.PutDialRequestBatchCommand({ id: running, dialRequests: [dial('a')] })),
      ),
    ).toMatchObject({ name: 'InternalServerException', status: 500 });
    expect(emulator.campaigns.dialRequests()).toEqual([]);
  });
});

describe('version 2', () => {
  test('a campaign from its creation to its end', async () => {
    const { id = '' } = await two.send(new v2.CreateCampaignCommand(telephony()));
    await two.send(new v2.StartCampaignCommand({ id }));
    await emulator.clock.advance({ seconds: 2 });
    const answer = await two.send(
      new v2.PutOutboundRequestBatchCommand({ id, outboundRequests: [outbound('a')] }),
    );
    expect(answer.successfulRequests).toHaveLength(1);
    await emulator.clock.advance({ minutes: 2 });
    expect(emulator.campaigns.dialRequests()).toMatchObject([
      { state: 'ENDED', disconnectReason: 'TELECOM_UNANSWERED' },
    ]);
    const list = await two.send(new v2.ListCampaignsCommand({}));
    expect(list.campaignSummaryList).toMatchObject([{ id, channelSubtypes: ['TELEPHONY'] }]);
    await two.send(new v2.StopCampaignCommand({ id }));
    await two.send(new v2.DeleteCampaignCommand({ id }));
    const { failedRequests } = await two.send(
      new v2.GetCampaignStateBatchCommand({ campaignIds: [id] }),
    );
    expect(failedRequests).toEqual([{ campaignId: id, failureCode: 'ResourceNotFound' }]);
  });

  test('a schedule completes a campaign, and a Completed one cannot be stopped', async () => {
    const made = await two.send(
      new v2.CreateCampaignCommand(
        telephony({ schedule: { startTime: inSeconds(400), endTime: inSeconds(1_000) } }),
      ),
    );
    const id = made.id ?? '';
    await two.send(new v2.StartCampaignCommand({ id }));
    await emulator.clock.advance({ seconds: 900 });
    const running = await two.send(new v2.GetCampaignStateCommand({ id }));
    expect(running.state).toBe('Running');
    await emulator.clock.advance({ seconds: 200 });
    const completed = await two.send(new v2.GetCampaignStateCommand({ id }));
    expect(completed.state).toBe('Completed');
    expect(await refused(two.send(new v2.StopCampaignCommand({ id })))).toMatchObject({
      name: 'ConflictException',
      status: 409,
    });
    const { campaign } = await two.send(new v2.DescribeCampaignCommand({ id }));
    expect(campaign?.schedule?.endTime).toBeInstanceOf(Date);
    await two.send(new v2.DeleteCampaignCommand({ id }));
  });

  test('instances are onboarded, and limits and times are kept', async () => {
    const connectInstanceId = emulator.instanceId;
    const config = await two.send(new v2.GetConnectInstanceConfigCommand({ connectInstanceId }));
    expect(config.connectInstanceConfig).toMatchObject({ encryptionConfig: { enabled: false } });
    await two.send(new v2.DeleteConnectInstanceConfigCommand({ connectInstanceId }));
    expect(await refused(two.send(new v2.CreateCampaignCommand(telephony())))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const job = await two.send(
      new v2.StartInstanceOnboardingJobCommand({
        connectInstanceId,
        encryptionConfig: { enabled: false },
      }),
    );
    expect(job.connectInstanceOnboardingJobStatus?.status).toBe('IN_PROGRESS');
    await emulator.clock.advance({ seconds: 5 });
    const done = await two.send(
      new v2.GetInstanceOnboardingJobStatusCommand({ connectInstanceId }),
    );
    expect(done.connectInstanceOnboardingJobStatus?.status).toBe('SUCCEEDED');

    const limits = {
      allChannelSubtypes: {
        communicationLimitsList: [
          { maxCountPerRecipient: 2, frequency: 1, unit: v2.CommunicationLimitTimeUnit.DAY },
        ],
      },
    };
    await two.send(
      new v2.PutInstanceCommunicationLimitsCommand({
        connectInstanceId,
        communicationLimitsConfig: limits,
      }),
    );
    const kept = await two.send(
      new v2.GetInstanceCommunicationLimitsCommand({ connectInstanceId }),
    );
    expect(kept.communicationLimitsConfig).toEqual(limits);

    const { id = '', arn = '' } = await two.send(new v2.CreateCampaignCommand(telephony()));
    await two.send(new v2.TagResourceCommand({ arn, tags: { team: 'a', owner: 'b' } }));
    await two.send(new v2.UntagResourceCommand({ arn, tagKeys: ['team'] }));
    const { tags } = await two.send(new v2.ListTagsForResourceCommand({ arn }));
    expect(tags).toEqual({ owner: 'b' });
    await two.send(new v2.UpdateCampaignNameCommand({ id, name: 'Another name' }));
    const { campaign } = await two.send(new v2.DescribeCampaignCommand({ id }));
    expect(campaign?.name).toBe('Another name');
    expect(
      await refused(two.send(new v2.DeleteConnectInstanceConfigCommand({ connectInstanceId }))),
    ).toMatchObject({ name: 'InvalidStateException', status: 409 });
    await two.send(
      new v2.DeleteConnectInstanceConfigCommand({
        connectInstanceId,
        campaignDeletionPolicy: 'DELETE_ALL',
      }),
    );
    expect(await refused(two.send(new v2.DescribeCampaignCommand({ id })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('BufferLimitExceeded at the pending limit', async () => {
    const { id } = await emulator.campaigns.run({ version: 2 });
    const put = (n: number) =>
      two.send(
        new v2.PutOutboundRequestBatchCommand({
          id,
          outboundRequests: Array.from({ length: 25 }, (_, i) => outbound(`${n}-${i}`)),
        }),
      );
    await two.send(new v2.PauseCampaignCommand({ id }));
    expect((await refused(put(0))).name).toBe('InvalidCampaignStateException');
    await two.send(new v2.ResumeCampaignCommand({ id }));
    // No contact is made, so that all dial requests stay pending.
    emulator.faults.always('throttle', {}, { operation: 'BatchPutContact' });
    for (let n = 1; n <= 40; n += 1) await put(n);
    const { failedRequests } = await put(41);
    expect(new Set(failedRequests?.map(({ failureCode }) => failureCode))).toEqual(
      new Set(['BufferLimitExceeded']),
    );
  });

  test('agents talk with those who answer, as many as the account has', async () => {
    const account = emulator.isolate({ agents: { count: 1 }, idSeed: 7 });
    const client = new v2.ConnectCampaignsV2Client({ ...account.clientConfig, maxAttempts: 1 });
    const { id } = await account.campaigns.run({
      version: 2,
      members: {
        channelSubtypeConfig: {
          telephony: {
            connectQueueId: ORDINARY_INSTANCE.queues[0]?.id,
            outboundMode: { progressive: { bandwidthAllocation: 1 } },
            defaultOutboundConfig: { connectContactFlowId: FLOW },
          },
        },
      },
    });
    const outboundRequests = ['a', 'b'].map((token) => outbound(token, '+13125550101'));
    await client.send(new v2.PutOutboundRequestBatchCommand({ id, outboundRequests }));
    await account.clock.advance({ seconds: 40 });
    expect(account.campaigns.dialRequests()).toMatchObject([
      { state: 'DIALING', step: 'WITH_AGENT', agent: 0 },
      { state: 'CREATED', step: null, agent: null },
    ]);
    await account.clock.advance({ minutes: 60 });
    expect(account.campaigns.dialRequests()).toMatchObject([
      { disconnectReason: expect.stringMatching(/^(CUSTOMER|AGENT)_DISCONNECT$/), agent: 0 },
      expect.objectContaining({ state: 'ENDED' }),
    ]);
    client.destroy();
  });

  test('a queue cannot have less than no agents', () => {
    expect(() => emulator.isolate({ agents: { count: -1 } })).toThrow(
      'a queue cannot have -1 agents: give a whole number from 0 to 100000',
    );
  });

  test('does not see campaigns of version 1, and a campaign with a source takes no requests', async () => {
    const { id: other } = await emulator.campaigns.run({ version: 1 });
    expect(await refused(two.send(new v2.DescribeCampaignCommand({ id: other })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
    const { id } = await emulator.campaigns.run({
      version: 2,
      members: {
        source: {
          customerProfilesSegmentArn:
            'arn:aws:profile:us-east-1:123456789012:domains/d/segment-definitions/s',
        },
      },
    });
    expect(
      await refused(
        two.send(new v2.PutOutboundRequestBatchCommand({ id, outboundRequests: [outbound('a')] })),
      ),
    ).toMatchObject({ name: 'ValidationException', status: 400 });
  });

  test('what is not emulated is refused with an error of our own', async () => {
    const { id } = await emulator.campaigns.run({ version: 2 });
    expect(
      await refused(
        two.send(
          new v2.PutOutboundRequestBatchCommand({
            id,
            outboundRequests: [
              {
                clientToken: 'a',
                expirationTime: inSeconds(300),
                channelSubtypeParameters: {
                  sms: { destinationPhoneNumber: '+13125550104', templateParameters: {} },
                },
              },
            ],
          }),
        ),
      ),
    ).toMatchObject({ name: 'NotEmulatedException', status: 501 });
    expect(await refused(two.send(new v2.DeleteCampaignEntryLimitsCommand({ id })))).toMatchObject({
      name: 'NotEmulatedException',
      status: 501,
    });
    expect(
      await refused(
        two.send(
          new v2.PutProfileOutboundRequestBatchCommand({
            id,
            profileOutboundRequests: [{ clientToken: 'a', profileId: 'f'.repeat(32) }],
          }),
        ),
      ),
    ).toMatchObject({ name: 'AccessDeniedException', status: 403 });
  });
});
