/** The pact that a consumer's tests leave: the same in every run, and verified by the real verifier. */

import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BatchPutContactCommand,
  DescribeContactCommand,
  SearchContactsCommand,
  UpdateContactAttributesCommand,
} from '@aws-sdk/client-connect';
import {
  ConnectCampaignsClient,
  CreateCampaignCommand,
  DescribeCampaignCommand,
  GetCampaignStateCommand,
  ListCampaignsCommand,
  PauseCampaignCommand,
  PutDialRequestBatchCommand,
  StartCampaignCommand,
} from '@aws-sdk/client-connectcampaigns';
import {
  ConnectCampaignsV2Client,
  CreateCampaignCommand as CreateV2,
  DescribeCampaignCommand as DescribeV2,
  StartCampaignCommand as StartV2,
  StopCampaignCommand as StopV2,
} from '@aws-sdk/client-connectcampaignsv2';
import type { ConsumerMock } from '../../../contracts/mock/mock.ts';
import { otherDataSaid } from '../../../contracts/mock/other-data.ts';
import { writeConsumerPact } from '../../../contracts/mock/write-pact.ts';
import { verify } from '../../../contracts/provider/verify.ts';
import type { BugName } from '../../../emulator/bugs/bugs.ts';
import { startEmulator } from '../../../emulator/emulator.ts';
import { INJECTED_NUMBERS } from '../../../operation/connect/facts.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { call, closeMocks, connectTo, mockOfEndpoint, settingsOf } from './open.ts';

const dir = tempDir();
afterEach(closeMocks);

const INSTANCE = '0f5a1c2e-93d7-4b88-a1de-6b7c8d9e0f12';
const PARTIES = { consumer: 'night-dialer', provider: 'dialproof-emulator' };
const contact = (id: string, number = '+12065550101') => ({
  RequestIdentifier: id,
  CustomerEndpoint: { Type: 'TELEPHONE_NUMBER' as const, Address: number },
  QueueId: 'b7c1d2e3-f4a5-4b6c-8d7e-9f0a1b2c3d4e',
  Campaign: { CampaignId: 'spring' },
});
const batch = (contacts: ReturnType<typeof contact>[], token?: string) =>
  new BatchPutContactCommand({
    InstanceId: INSTANCE,
    ContactDataRequestList: contacts,
    ...(token !== undefined && { ClientToken: token }),
  });

/** What a team's tests do: all three services, with successes, failures, replays and refusals. */
async function runConsumer(mock: ConsumerMock): Promise<void> {
  const connect = connectTo(mock);
  const made = await connect.send(batch([contact('a'), contact('b')], 'morning'));
  await connect.send(batch([contact('a'), contact('b')], 'morning'));
  await connect.send(batch([contact('a')], 'morning')).catch(() => {});
  await connect.send(batch([contact('a'), contact('b', '12')]));
  await connect.send(batch([contact('a', INJECTED_NUMBERS.INTERNAL_ERROR)]));
  const ContactId = made.SuccessfulRequestList?.[0]?.ContactId ?? '';
  await connect.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }));

  const one = new ConnectCampaignsClient(settingsOf(mock));
  const members = {
    name: 'Renewals',
    connectInstanceId: INSTANCE,
    dialerConfig: { agentlessDialerConfig: {} },
    outboundCallConfig: {
      connectContactFlowId: 'flow-1',
      connectSourcePhoneNumber: '+12065550100',
    },
  };
  const { id = '' } = await one.send(new CreateCampaignCommand(members));
  await one.send(new CreateCampaignCommand(members));
  await one.send(new DescribeCampaignCommand({ id }));
  await one.send(new StartCampaignCommand({ id }));
  await one.send(new ListCampaignsCommand({ maxResults: 5 }));
  await mock.setState({ name: 'an ordinary day' });

  await mock.setState({
    name: 'a campaign exists',
    params: {
      version: 1,
      id: 'c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f',
      state: 'Running',
      instanceId: '8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b',
      name: 'Spring',
      members: {
        dialerConfig: members.dialerConfig,
        outboundCallConfig: members.outboundCallConfig,
      },
    },
  });
  const running = { id: 'c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f' };
  const dial = (clientToken: string, phoneNumber = '+12065550101') => ({
    clientToken,
    phoneNumber,
    expirationTime: new Date(Date.now() + 300_000),
    attributes: { tier: 'gold' },
  });
  const put = (...dialRequests: ReturnType<typeof dial>[]) =>
    one.send(new PutDialRequestBatchCommand({ ...running, dialRequests }));
  await put(dial('first'));
  await put(dial('first'));
  await put(dial('second'), dial('third', '5'));
  await one.send(new GetCampaignStateCommand(running));
  await one.send(new PauseCampaignCommand(running));
  await one.send(new PauseCampaignCommand(running)).catch(() => {});

  const two = new ConnectCampaignsV2Client(settingsOf(mock));
  const telephony = {
    connectInstanceId: INSTANCE,
    channelSubtypeConfig: {
      telephony: {
        outboundMode: { agentless: {} },
        defaultOutboundConfig: {
          connectContactFlowId: 'flow-1',
          connectSourcePhoneNumber: '+12065550100',
        },
      },
    },
  };
  const second = await two.send(new CreateV2({ ...telephony, name: 'Renewals' }));
  await two.send(new DescribeV2({ id: second.id }));
  const startTime = new Date(Date.now() + 600_000);
  const endTime = new Date(Date.now() + 4_200_000);
  const scheduled = await two.send(
    new CreateV2({ ...telephony, name: 'Later', schedule: { startTime, endTime } }),
  );
  await two.send(new StartV2({ id: scheduled.id }));
  await two.send(new StopV2({ id: second.id })).catch(() => {});

  await mock.setState({ name: 'calls are throttled', params: { error: 'LimitExceededException' } });
  await connect.send(batch([contact('a')])).catch(() => {});
}

async function verified(file: string, bugs: readonly BugName[] = []) {
  const emulator = await startEmulator({ profile: 'stress', bugs });
  try {
    const target = { url: emulator.url, controlUrl: emulator.controlUrl, ...emulator.credentials };
    const options = { now: () => new Date(), onRequest: () => {} };
    const { results, checks } = await verify(file, target, options);
    return [...results, ...checks].filter(({ verdict }) => verdict !== 'pass');
  } finally {
    await emulator.close();
  }
}

describe('the pact of a run', () => {
  let file: string;
  let text: string;
  beforeAll(async () => {
    const mock = await mockOfEndpoint();
    await runConsumer(mock);
    expect(mock.mismatches).toEqual([]);
    file = (await writeConsumerPact(mock, join(dir, 'first'), PARTIES, false)) ?? '';
    text = readFileSync(file, 'utf8');
    await closeMocks();
  });

  test('has one interaction of each kind, with the states that it needs', () => {
    const { consumer, interactions } = JSON.parse(text);
    expect(consumer).toEqual({ name: 'night-dialer' });
    const used = interactions.map((one: { description: string }) => one.description);
    expect(used).toMatchSnapshot();
  });

  test('is the same in another run', async () => {
    const mock = await mockOfEndpoint();
    await runConsumer(mock);
    const again = await writeConsumerPact(mock, join(dir, 'second'), PARTIES, false);
    expect(readFileSync(again ?? '', 'utf8')).toBe(text);
  });

  test('is verified by the emulator', async () => {
    expect(await verified(file)).toEqual([]);
  });

  test.each(['forgets-tokens', 'drops-item', 'answers-twice', 'replay-new-ids'] as const)(
    'is not verified by one that %s',
    async (bug) => {
      expect((await verified(file, [bug])).length).toBeGreaterThan(0);
    },
  );
});

test('what no states can say is not recorded, and that is told', async () => {
  const lines: string[] = [];
  const mock = await mockOfEndpoint({ tell: (line) => lines.push(line) });
  const client = connectTo(mock);
  const made = await client.send(batch([contact('a')]));
  const ContactId = made.SuccessfulRequestList?.[0]?.ContactId ?? '';
  const now = new Date();
  await client
    .send(
      new SearchContactsCommand({
        InstanceId: INSTANCE,
        TimeRange: { Type: 'INITIATION_TIMESTAMP', StartTime: new Date(0), EndTime: now },
      }),
    )
    .catch(() => {});
  await client.send(
    new UpdateContactAttributesCommand({
      InstanceId: INSTANCE,
      InitialContactId: ContactId,
      Attributes: { tier: 'gold' },
    }),
  );
  const before = mock.used.length;
  await client.send(new DescribeContactCommand({ InstanceId: INSTANCE, ContactId }));
  expect(mock.used).toHaveLength(before);
  expect(lines.join('\n')).toContain('what SearchContacts finds depends on every contact');
  expect(lines.join('\n')).toContain('an earlier call changed the contact');
});

test('of calls of one kind, the order does not choose the example', async () => {
  const pactOf = async (numbers: readonly string[]) => {
    const mock = await mockOfEndpoint();
    for (const number of numbers) await connectTo(mock).send(batch([contact('a', number)]));
    return mock.pact(PARTIES);
  };
  const numbers = ['+12065550101', '+12065550102'];
  expect(await pactOf(numbers.toReversed())).toEqual(await pactOf(numbers));
});

describe('writing', () => {
  const mock = (...names: string[]) => ({
    used: names.map((description) => ({ description, interaction: { description } })),
    pact: () => ({ interactions: names.map((description) => ({ description })) }),
  });
  const namesIn = (file: string | null) =>
    JSON.parse(readFileSync(file ?? '', 'utf8')).interactions.map(
      (one: { description: string }) => one.description,
    );

  test('at the same time, into one file, loses nothing', async () => {
    const into = join(dir, 'many');
    const names = Array.from({ length: 20 }, (_, i) => `interaction ${i}`);
    const files = await Promise.all(
      names.map((name) => writeConsumerPact(mock(name), into, PARTIES, true)),
    );
    expect(namesIn(files[0] ?? null)).toEqual(names.toSorted());
  });

  test('a lock that a process left behind holds nobody up', async () => {
    const into = join(dir, 'locked');
    const lock = join(into, 'night-dialer-dialproof-emulator.json.lock');
    mkdirSync(lock, { recursive: true });
    utimesSync(lock, 0, 0);
    expect(namesIn(await writeConsumerPact(mock('a'), into, PARTIES, true))).toEqual(['a']);
    expect(existsSync(lock)).toBe(false);
  });

  test('without merging replaces what is there', async () => {
    const into = join(dir, 'replaced');
    await writeConsumerPact(mock('old'), into, PARTIES, true);
    expect(namesIn(await writeConsumerPact(mock('new'), into, PARTIES, false))).toEqual(['new']);
  });

  const withData = (description: string, content: unknown) => {
    const interaction = { description, request: { path: '/p', body: { content } } };
    return { used: [{ description, interaction }], pact: () => ({ interactions: [interaction] }) };
  };

  test.each<[string, unknown, string[]]>([
    ['other data', { a: [{ n: 1 }, { n: 3 }] }, ['$.a[1].n of "one"']],
    ['the same data', { a: [{ n: 1 }, { n: 2 }] }, []],
    ['a request of another form', { a: [{ n: 3 }] }, []],
  ])('tells of %s than in the file', async (what, content, places) => {
    const into = join(dir, what);
    const told: string[] = [];
    const write = (data: unknown) =>
      writeConsumerPact(withData('one', data), into, PARTIES, false, (others) =>
        told.push(otherDataSaid('night-dialer', others)),
      );
    await write({ a: [{ n: 1 }, { n: 2 }] });
    await write(content);
    expect(told).toEqual(
      places.map((place) => expect.stringContaining(`has other data than before (${place})`)),
    );
  });

  test('nothing used, nothing written', async () => {
    expect(await writeConsumerPact(mock(), join(dir, 'empty'), PARTIES, true)).toBeNull();
    expect(existsSync(join(dir, 'empty'))).toBe(false);
  });

  test('a file that is no pact is not lost', async () => {
    const into = join(dir, 'other');
    mkdirSync(into);
    writeFileSync(join(into, 'night-dialer-dialproof-emulator.json'), 'notes');
    await expect(writeConsumerPact(mock('a'), into, PARTIES, true)).rejects.toThrow('is no pact');
  });

  test.each(['../other', 'a/b', '..', ''])('the name %j is refused', async (consumer) => {
    await expect(writeConsumerPact(mock('a'), dir, { ...PARTIES, consumer }, true)).rejects.toThrow(
      'names a file',
    );
  });
});

test('the answer of a call that another contract has is not recorded twice', async () => {
  const mock = await mockOfEndpoint();
  for (const token of ['1', '2', '3']) {
    await call(mock, 'PUT', `/contact/batch/${INSTANCE}`, {
      ClientToken: token,
      ContactDataRequestList: [contact(`order-${token}`)],
    });
  }
  expect(mock.used.map(({ description }) => description)).toEqual(['BatchPutContact succeeds']);
});
