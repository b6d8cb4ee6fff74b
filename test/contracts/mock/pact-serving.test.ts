/** The pacts of other teams, of every specification, as they stand. */

import { mismatchSaid } from '../../../contracts/mock/mismatch.ts';
import { call, closeMocks, messageIn, mockOfPact } from './open.ts';

afterEach(closeMocks);

const BATCH = { ContactDataRequestList: [{ RequestIdentifier: 'r1' }] };
const JSON_HEADER = { 'Content-Type': ['application/json'] };

const pactOf = (version: string, ...interactions: object[]) => ({
  consumer: { name: 'night-dialer' },
  provider: { name: 'dial-gateway' },
  interactions,
  metadata: { pactSpecification: { version } },
});

/** An interaction of V4. */
const http = (request: object, response: object, more: object = {}) => ({
  type: 'Synchronous/HTTP',
  description: 'a call',
  request: { method: 'PUT', path: '/contact/batch/i1', ...request },
  response: { status: 200, ...response },
  ...more,
});
const body = (content: unknown, contentType = 'application/json', encoded: unknown = false) => ({
  body: { content, contentType, encoded },
});

test('a header of the request must be there', async () => {
  const mock = await mockOfPact(pactOf('4.0', http({ headers: { 'X-Team': ['nights'] } }, {})));
  expect((await call(mock, 'PUT', '/contact/batch/i1', {})).status).toBe(501);
  expect(mismatchSaid(mock.mismatches[0] as never)).toContain(
    'at the header X-Team: expected "nights", came nothing',
  );
  const good = await call(mock, 'PUT', '/contact/batch/i1', {}, { 'x-team': 'nights' });
  expect(good.status).toBe(200);
});

test('GET, a query, and an answer without a body', async () => {
  const get = { method: 'GET', path: '/contacts/i1/c1' };
  const mock = await mockOfPact(
    pactOf(
      '4.0',
      http({ ...get, query: { expand: ['all', 'more'] } }, {}),
      http({ ...get, path: '/other' }, { status: 204 }),
    ),
  );
  const answer = await call(mock, 'GET', '/contacts/i1/c1?expand=all&expand=more');
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(answer.headers.get('x-dialproof-interaction')).toBeNull();
  expect((await call(mock, 'GET', '/other')).status).toBe(204);
  expect((await call(mock, 'GET', '/contacts/i1/c1?expand=none')).status).toBe(501);
  expect(mismatchSaid(mock.mismatches[0] as never)).toContain('the query parameter expand');
});

test('text and base64 bodies are served as they are', async () => {
  const mock = await mockOfPact(
    pactOf(
      '4.0',
      http({ path: '/text' }, { status: 502, ...body('<h1>502</h1>', 'text/html') }),
      http(
        {
          path: '/bytes',
          ...body(
            Buffer.from([1, 2, 255]).toString('base64'),
            'application/octet-stream',
            'base64',
          ),
        },
        body(Buffer.from([0, 254]).toString('base64'), 'application/octet-stream', 'base64'),
      ),
      http({ path: '/json-text' }, body('a text', 'application/json')),
    ),
  );
  const text = await call(mock, 'PUT', '/text', {});
  expect([text.status, text.headers.get('content-type'), await text.text()]).toEqual([
    502,
    'text/html',
    '<h1>502</h1>',
  ]);
  const sent = { method: 'PUT', headers: { 'content-type': 'application/octet-stream' } };
  const bytes = await fetch(`${mock.url}/bytes`, { ...sent, body: Buffer.from([1, 2, 255]) });
  expect([...Buffer.from(await bytes.arrayBuffer())]).toEqual([0, 254]);
  const wrong = await fetch(`${mock.url}/bytes`, { ...sent, body: Buffer.from([1, 2, 254]) });
  expect(await messageIn(wrong)).toContain('at the body: expected the bytes of the pact');
  expect(await (await call(mock, 'PUT', '/json-text', {})).text()).toBe('"a text"');
});

test('V2: a state in a text, a query in a text, rules by path', async () => {
  const mock = await mockOfPact(
    pactOf('2.0.0', {
      description: 'a batch',
      providerState: 'it is night',
      request: {
        method: 'put',
        path: '/contact/batch/i1',
        query: 'a=1&b=2',
        headers: { 'Content-Type': 'application/json', 'X-Team': 'nights' },
        body: BATCH,
        matchingRules: {
          '$.body.ContactDataRequestList[0].RequestIdentifier': { match: 'regex', regex: '^r\\d$' },
          '$.header.X-Team': { match: 'regex', regex: '^n.*$' },
          '$.path': { match: 'regex', regex: '^/contact/batch/.*$' },
        },
      },
      response: { status: 200, headers: { 'X-Answer': 'yes' }, body: { FailedRequestList: [] } },
    }),
  );
  const other = { ContactDataRequestList: [{ RequestIdentifier: 'r7' }] };
  const headers = { 'x-team': 'noon' };
  const good = await call(mock, 'PUT', '/contact/batch/i9?a=1&b=2', other, headers);
  expect([good.status, good.headers.get('x-answer'), await good.json()]).toEqual([
    200,
    'yes',
    { FailedRequestList: [] },
  ]);
  const bad = { ContactDataRequestList: [{ RequestIdentifier: 'x' }] };
  expect((await call(mock, 'PUT', '/contact/batch/i9?a=1&b=2', bad, headers)).status).toBe(501);
  await mock.setState({ name: 'it is night' });
});

test('V3: states with parameters, and rules by category', async () => {
  const mock = await mockOfPact(
    pactOf('3.0.0', {
      description: 'a batch in V3',
      providerStates: [{ name: 'it is night', params: { hour: 3 } }],
      request: {
        method: 'PUT',
        path: '/contact/batch/i1',
        headers: { 'Content-Type': 'application/json' },
        body: BATCH,
        matchingRules: {
          body: {
            '$.ContactDataRequestList[0].RequestIdentifier': { matchers: [{ match: 'type' }] },
          },
        },
      },
      response: { status: 200, body: { FailedRequestList: [] } },
    }),
  );
  const other = { ContactDataRequestList: [{ RequestIdentifier: 'other' }] };
  expect(await (await call(mock, 'PUT', '/contact/batch/i1', other)).json()).toEqual({
    FailedRequestList: [],
  });
  await mock.setState({ name: 'it is night', params: { hour: 3 } });
  await expect(mock.setState({ name: 'it is night', params: { hour: 4 } })).rejects.toThrow(
    'the pact has no interaction with the state "it is night"',
  );
});

test('a pact of messages only is refused in one sentence; one with messages is served without them', async () => {
  const message = { type: 'Asynchronous/Messages', description: 'an event', contents: {} };
  await expect(mockOfPact(pactOf('4.0', message))).rejects.toThrow(/no interaction over HTTP/);
  const lines: string[] = [];
  const tell = (line: string) => lines.push(line);
  const mock = await mockOfPact(pactOf('4.0', message, http({}, {})), { tell });
  expect(lines).toEqual(['"an event" is not served: it is a message, which HTTP does not carry']);
  expect((await call(mock, 'PUT', '/contact/batch/i1', {})).status).toBe(200);
});

describe('one request with two answers', () => {
  const request = { ...body(BATCH), headers: JSON_HEADER };
  const two = pactOf(
    '4.0',
    http(request, { status: 409 }, { providerStates: [{ name: 'it was sent before' }] }),
    http(request, { status: 200 }),
  );

  test('the state chooses; without one, the interaction without a state comes first', async () => {
    const mock = await mockOfPact(two);
    const status = async () => (await call(mock, 'PUT', '/contact/batch/i1', BATCH)).status;
    expect(await status()).toBe(200);
    await mock.setState({ name: 'it was sent before' });
    expect(await status()).toBe(409);
    await mock.setState({ name: 'an ordinary day' });
    expect(await status()).toBe(200);
  });
});

test('a token that every SDK adds is no mismatch, unless the pact is served to the letter', async () => {
  const pact = pactOf('4.0', http({ ...body(BATCH), headers: JSON_HEADER }, {}));
  const sent = { ...BATCH, ClientToken: '7d8e9f0a-1b2c-4d3e-8f4a-5b6c7d8e9f0a' };
  const mock = await mockOfPact(pact);
  expect((await call(mock, 'PUT', '/contact/batch/i1', sent)).status).toBe(200);
  const strict = await mockOfPact(pact, { literal: true });
  expect((await call(strict, 'PUT', '/contact/batch/i1', sent)).status).toBe(501);
  const [mismatch] = strict.mismatches;
  expect(mismatch?.differences).toEqual([
    expect.objectContaining({ where: '$', came: expect.stringContaining('ClientToken') }),
  ]);
});

test('a call of another path is told with the calls that there are', async () => {
  const mock = await mockOfPact(pactOf('4.0', http({}, {})));
  const answer = await call(mock, 'GET', '/nowhere');
  expect(await messageIn(answer)).toBe(
    'GET /nowhere is no call that the mock serves\n  at method and path: expected PUT /contact/batch/i1, came GET /nowhere',
  );
});

test('the consumer’s pact has what was used, as it was', async () => {
  const unused = http({ path: '/unused' }, {}, { description: 'never' });
  const pact = pactOf('4.0', http({}, {}), unused);
  const mock = await mockOfPact(pact);
  await call(mock, 'PUT', '/contact/batch/i1', {});
  await call(mock, 'PUT', '/contact/batch/i1', {});
  expect(mock.provider).toBe('dial-gateway');
  expect(mock.pact({ consumer: 'day-dialer', provider: mock.provider })).toEqual({
    ...pact,
    consumer: { name: 'day-dialer' },
    interactions: [pact.interactions[0]],
  });
});
