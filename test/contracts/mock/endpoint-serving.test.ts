/** The mock answers as the endpoint decides, whatever the ids of the consumer. */

import { BatchPutContactCommand } from '@aws-sdk/client-connect';
import type { Serving } from '../../../contracts/mock/call.ts';
import { mismatchSaid, refusalSaid } from '../../../contracts/mock/mismatch.ts';
import { openConsumerMock } from '../../../contracts/mock/mock.ts';
import { MOCKED } from '../../../contracts/mock/serving.ts';
import { send } from '../../../contracts/provider/provider-door.ts';
import { startEmulator } from '../../../emulator/emulator.ts';
import { batchSource } from '../../../generators/batch.ts';
import { FAILURE_CODES } from '../../../operation/connect/batch-put-contact/failures.ts';
import { ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { call, closeMocks, connectTo, messageIn, mockOfEndpoint } from './open.ts';

afterEach(closeMocks);

const contact = (id: string, more: object = {}) => ({
  RequestIdentifier: id,
  CustomerEndpoint: { Type: 'TELEPHONE_NUMBER' as const, Address: '+12065550101' },
  SystemEndpoint: { Type: 'TELEPHONE_NUMBER' as const, Address: '+12065550777' },
  QueueId: 'b7c1d2e3-f4a5-4b6c-8d7e-9f0a1b2c3d4e',
  Campaign: { CampaignId: 'spring' },
  ...more,
});

const batch = (contacts: readonly object[]) =>
  new BatchPutContactCommand({
    InstanceId: 'an-instance-of-our-own',
    ContactDataRequestList: contacts as never,
  });

test('a client with ids of its own gets a ContactId for each of its identifiers', async () => {
  const mock = await mockOfEndpoint();
  const client = connectTo(mock);
  const answer = await client.send(batch([contact('a'), contact('b')]));
  const made = answer.SuccessfulRequestList ?? [];
  expect(made.map((one) => one.RequestIdentifier)).toEqual(['a', 'b']);
  expect(new Set(made.map((one) => one.ContactId)).size).toBe(2);
  expect(answer.FailedRequestList).toEqual([]);
  expect(mock.mismatches).toEqual([]);
});

test('ARNs of the consumer’s own account and Region are good', async () => {
  const mock = await mockOfEndpoint();
  const instance = 'arn:aws:connect:eu-west-2:999988887777:instance/ours';
  const answer = await connectTo(mock).send(
    new BatchPutContactCommand({
      InstanceId: instance,
      ContactDataRequestList: [contact('a', { QueueId: `${instance}/queue/sales` })],
    }),
  );
  expect(answer.SuccessfulRequestList).toHaveLength(1);
  // The pact can be verified by an endpoint with another account.
  const pact = JSON.stringify(mock.used);
  expect(pact).not.toContain('999988887777');
  expect(pact).toContain('arn:aws:connect:us-east-1:123456789012:instance/ours/queue/sales');
});

test('a test that states its instances gets those and no others', async () => {
  const mock = await mockOfEndpoint();
  await mock.setState({
    name: 'an ordinary day',
    params: {
      instances: [{ id: 'another', queues: [], numbers: [], campaigns: [] }],
      customerEndpointTypes: ['TELEPHONE_NUMBER'],
    },
  });
  await expect(connectTo(mock).send(batch([contact('a')]))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await mock.setState({ name: 'an ordinary day' });
  expect((await connectTo(mock).send(batch([contact('a')]))).SuccessfulRequestList).toHaveLength(1);
});

test('over the invalid corpus of the generator, mock and endpoint give the same answers', async () => {
  const mock = await mockOfEndpoint();
  const emulator = await startEmulator(MOCKED);
  try {
    const source = batchSource({
      seed: 5,
      mix: Object.fromEntries(FAILURE_CODES.map((code) => [code, 0.08])),
    });
    const path = `/contact/batch/${ORDINARY_INSTANCE.id}`;
    const codes = new Set<string>();
    for (let n = 0; n < 20; n += 1) {
      const { predicted: _, ...body } = source.batch(n);
      const mine = await call(mock, 'PUT', path, body);
      const theirs = await send(
        {
          target: emulator,
          key: emulator.credentials.principal,
          method: 'PUT',
          path,
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify(body)),
          region: undefined,
        },
        new Date(),
      );
      expect(mine.status).toBe(theirs.status);
      const answers = [await mine.json(), JSON.parse(theirs.body.toString())];
      const [ofMock, ofEndpoint] = answers.map(({ FailedRequestList, SuccessfulRequestList }) => ({
        failed: FailedRequestList,
        made: SuccessfulRequestList.map(
          (one: { RequestIdentifier: string }) => one.RequestIdentifier,
        ),
      }));
      expect(ofMock).toEqual(ofEndpoint);
      for (const { FailureReasonCode } of ofMock?.failed ?? []) codes.add(FailureReasonCode);
    }
    expect([...codes].sort()).toEqual([...FAILURE_CODES].sort());
  } finally {
    await emulator.close();
  }
});

test('an invalid call gets the endpoint’s refusal; what came and where is told', async () => {
  const lines: string[] = [];
  const mock = await mockOfEndpoint({ tell: (line) => lines.push(line) });
  const many = Array.from({ length: 26 }, (_, i) => contact(`c${i}`));
  await expect(connectTo(mock).send(batch(many))).rejects.toMatchObject({
    name: 'InvalidRequestException',
  });
  expect(lines.join()).toContain('came at contactDataRequestList: a list of 26');
  expect(mock.refusals.map(refusalSaid)).toEqual(lines);
  expect(mock.mismatches).toEqual([]);
});

const dialRequests = () => ({
  dialRequests: [
    {
      clientToken: 'order-1',
      phoneNumber: '+13125550101',
      expirationTime: new Date(Date.now() + 300_000).toISOString(),
      attributes: { order: '1' },
    },
  ],
});

test('an outbound campaign is there once dial requests are handed to it', async () => {
  const mock = await mockOfEndpoint();
  const path = '/campaigns/our-spring-campaign/dial-requests';
  const answer = await call(mock, 'PUT', path, dialRequests());
  expect(await answer.json()).toMatchObject({ successfulRequests: [{ clientToken: 'order-1' }] });
  // The pact says what another provider must have.
  const [used] = mock.used;
  expect(JSON.stringify(used)).toMatch(/"a campaign exists".*"our-spring-campaign".*"Running"/);

  // What a call has deleted does not come back, until another day.
  const deleted = await call(mock, 'POST', '/campaigns/our-spring-campaign/stop');
  expect(deleted.status).toBe(200);
  expect((await call(mock, 'DELETE', '/campaigns/our-spring-campaign')).status).toBe(200);
  expect((await call(mock, 'PUT', path, dialRequests())).status).toBe(404);
  await mock.setState({ name: 'an ordinary day' });
  expect((await call(mock, 'PUT', path, dialRequests())).status).toBe(200);
});

test('no campaign is there that must not be, or where a test states its instances', async () => {
  const mock = await mockOfEndpoint();
  const put = async (id: string) =>
    (await call(mock, 'PUT', `/campaigns/${id}/dial-requests`, dialRequests())).status;
  expect(await put('00000000-0000-4000-8000-000000000000')).toBe(404);
  const params = { instances: [], customerEndpointTypes: ['TELEPHONE_NUMBER'] };
  await mock.setState({ name: 'an ordinary day', params });
  expect(await put('our-spring-campaign')).toBe(404);
});

test('strict: a refusal is a mismatch, unless a state asks for it', async () => {
  const mock = await mockOfEndpoint({ strict: true });
  await mock.setState({ name: 'calls are throttled', params: { error: null } });
  await call(mock, 'PUT', '/contact/batch/i', { ContactDataRequestList: [contact('a')] });
  expect([mock.refusals.length, mock.mismatches.length]).toEqual([1, 0]);
  await mock.setState({ name: 'an ordinary day' });
  await call(mock, 'PUT', '/contact/batch/i', { ContactDataRequestList: [] });
  const said = mock.mismatches.map(mismatchSaid).join();
  expect(said).toContain('PUT /contact/batch/i was refused, and no provider state asks for that');
  expect(said).toContain('came 400 InvalidRequestException');
});

test.each([
  ['PUT', '/contact/batches/i', 'at the path: expected /contact/batch/{InstanceId}'],
  ['POST', '/contact/batch/i', 'at the method: expected PUT, came POST'],
  ['PUT', '/v2/campaigns/c/../x', 'is no call that the mock serves'],
])('%s %s is a mismatch, which an SDK shows', async (method, path, said) => {
  const lines: string[] = [];
  const mock = await mockOfEndpoint({ tell: (line) => lines.push(line) });
  const answers = [await call(mock, method, path, {}), await call(mock, method, path, {})];
  const [answer] = answers as [Response];
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([501, 'RequestMismatch']);
  expect(await messageIn(answer)).toContain(said);
  // Sent twice, told once.
  expect(lines).toEqual([expect.stringContaining(said)]);
  expect(mock.mismatches).toHaveLength(1);
});

test('what the endpoint does not emulate is a mismatch', async () => {
  const mock = await mockOfEndpoint();
  const path = '/v2/connect-instance/8f3c2b1a-5d4e-4f60-9a7b-1c2d3e4f5a6b/integrations';
  expect((await call(mock, 'GET', path)).status).toBe(501);
  expect(mock.mismatches).toHaveLength(1);
});

test('a failure of the mock itself is a mismatch', async () => {
  const serving: Serving = {
    serve: () => Promise.reject(new Error('out of order')),
    setState: async () => {},
    provider: 'a provider',
    notes: [],
    pactMembers: {},
    close: async () => {},
  };
  const mock = await openConsumerMock(serving);
  try {
    expect((await call(mock, 'GET', '/')).status).toBe(501);
    expect(mock.mismatches.map(mismatchSaid).join()).toContain('came a failure: out of order');
  } finally {
    await mock.close();
  }
});

test('a call without a signature is refused', async () => {
  const mock = await mockOfEndpoint();
  const answer = await fetch(`${mock.url}/contact/batch/i`, { method: 'PUT', body: '{}' });
  expect(answer.status).toBe(403);
});

describe('the mock’s own calls', () => {
  const post = (mock: { url: string }, body: string) =>
    fetch(`${mock.url}/_mock/states`, { method: 'POST', body });

  test('set a state, which a client then sees', async () => {
    const mock = await mockOfEndpoint();
    const state = {
      state: 'the call fails',
      params: { error: 'AccessDeniedException', status: 403 },
    };
    expect((await post(mock, JSON.stringify(state))).status).toBe(200);
    await expect(connectTo(mock).send(batch([contact('a')]))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

  test.each([
    ['no JSON', 'a provider state is {"state"'],
    ['{"state": 5}', 'a provider state is {"state"'],
    ['{"state": "full moon"}', 'there is no provider state "full moon"'],
    ['{"state": "a contact fails", "params": {}}', 'customerAddress'],
  ])('refuse %s', async (body, said) => {
    const mock = await mockOfEndpoint();
    const answer = await post(mock, body);
    expect([answer.status, await messageIn(answer)]).toEqual([400, expect.stringContaining(said)]);
  });

  test('list the mismatches', async () => {
    const mock = await mockOfEndpoint();
    await call(mock, 'GET', '/nothing');
    const listed = await (await fetch(`${mock.url}/_mock/mismatches`)).json();
    expect(listed).toEqual({ mismatches: [expect.stringContaining('GET /nothing')] });
  });
});
