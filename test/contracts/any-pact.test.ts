/** Pacts of teams of their own: of every specification, with headers, and with descriptions that come twice. */

import { createServer, type IncomingMessage } from 'node:http';
import { anyPact } from '../../contracts/pact/any-pact.ts';
import { verifyElsewhere } from '../../contracts/provider/verify-elsewhere.ts';
import { listen } from '../support/listen.ts';

const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'made-up' };
const BODY = { ContactDataRequestList: [{ RequestIdentifier: 'r1' }] };

const closers: (() => unknown)[] = [];
const heard: IncomingMessage[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
  heard.length = 0;
});

async function verify(pact: object, states: string[] | null = []) {
  const server = createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    if (request.url === '/_states') {
      states?.push((JSON.parse(body) as { state: string }).state);
      reply.end();
      return;
    }
    heard.push(request);
    const status = request.url?.startsWith('/contact/batch/good') ? 200 : 404;
    reply.writeHead(status, { 'content-type': 'application/json' }).end('{"q":"a"}');
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  closers.push(() => server.close());
  const where = { url, statesUrl: states && `${url}/_states`, principal: KEY, outsider: null };
  const { results } = await verifyElsewhere(anyPact(pact as never, 'pact.json'), where, {
    now: () => new Date(),
    onRequest: () => {},
  });
  return results.map(({ description, verdict, detail }) => [description, verdict, detail?.kind]);
}

const v4 = (description: string, path: string, more: object = {}, headers: object = {}) => ({
  type: 'Synchronous/HTTP',
  description,
  request: {
    method: 'PUT',
    path,
    headers: { 'Content-Type': ['application/json'], ...headers },
    body: { content: BODY, contentType: 'application/json', encoded: false },
  },
  response: { status: 200 },
  ...more,
});

const of4 = (...interactions: object[]) => ({
  consumer: { name: 'a' },
  provider: { name: 'b' },
  interactions,
  metadata: { pactSpecification: { version: '4.0' } },
});

test('two interactions with one description are both sent, and only the wrong one is blamed', async () => {
  const states: string[] = [];
  const pact = of4(
    v4('a batch', '/contact/batch/good', { providerStates: [{ name: 'one' }], key: 'k' }),
    v4('a batch', '/contact/batch/bad', { providerStates: [{ name: 'other' }], key: 'k' }),
  );
  expect(await verify(pact, states)).toEqual([
    ['a batch (given "one")', 'pass', undefined],
    ['a batch (given "other")', 'fail', 'differences'],
  ]);
  expect(states).toEqual(expect.arrayContaining(['one', 'other']));
  expect(heard.filter(({ method }) => method === 'PUT')).toHaveLength(2);
});

test('without states, a path that is not there fails, unless it names an instance', async () => {
  const instance = '/contact/batch/11111111-2222-4333-8444-555555555555';
  const pact = of4(v4('a path', '/contact/batch/bad'), v4('an instance', instance));
  expect(await verify(pact, null)).toEqual([
    ['a path', 'fail', 'differences'],
    ['an instance', 'not exercised', 'no instance'],
  ]);
});

test('headers of the pact are sent, and what dialproof adds for itself is not', async () => {
  const pact = of4(v4('a batch', '/contact/batch/good', {}, { 'X-Team': ['nights'] }));
  expect(await verify(pact)).toEqual([['a batch', 'pass', undefined]]);
  const [sent] = heard.filter(({ method }) => method === 'PUT');
  expect(sent?.headers).toMatchObject({ 'x-team': 'nights' });
  expect(Object.keys(sent?.headers ?? {}).join()).not.toContain('dialproof');
});

const old = (version: string, state: object, response: object) => ({
  consumer: { name: 'a' },
  provider: { name: 'b' },
  interactions: [
    {
      description: `of ${version}`,
      ...state,
      request: { method: 'put', path: '/contact/batch/good', query: 'a=b', body: BODY },
      response: { status: 200, ...response },
    },
  ],
  metadata: { pactSpecification: { version } },
});

test.each([
  ['1.0.0', { provider_state: 'one' }, { body: { q: 'a' } }],
  [
    '2.0.0',
    { providerState: 'one' },
    { body: { q: 'x' }, matchingRules: { '$.body.q': { match: 'type' } } },
  ],
  [
    '3.0.0',
    { providerStates: [{ name: 'one' }] },
    { body: { q: 'x' }, matchingRules: { body: { '$.q': { matchers: [{ match: 'type' }] } } } },
  ],
])('a pact of specification %s is verified, with its state', async (version, state, response) => {
  const states: string[] = [];
  expect(await verify(old(version, state, response), states)).toEqual([
    [`of ${version}`, 'pass', undefined],
  ]);
  expect(states).toContain('one');
});

test('a message beside an interaction over HTTP is not exercised, and says why', async () => {
  const message = { type: 'Asynchronous/Messages', description: 'an event', contents: {} };
  expect(await verify(of4(v4('a batch', '/contact/batch/good'), message))).toEqual([
    ['a batch', 'pass', undefined],
    ['an event', 'not exercised', 'other kind'],
  ]);
});

test.each([
  [{ messages: [] }, 'is a pact of messages'],
  [
    of4({ type: 'Asynchronous/Messages', description: 'm' }),
    'has no interaction over HTTP, only a message',
  ],
  [{}, 'has no interactions'],
  [of4({ description: 'm', request: {} }), 'has no request or no response'],
])('what cannot be verified is refused with one sentence', (pact, said) => {
  expect(() => anyPact(pact as never, 'pact.json')).toThrow(said);
});
