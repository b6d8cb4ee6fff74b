/** Requests that cannot be sent, or get no answer that could be used. */

import http from 'node:http';
import { requestErrorOf } from '../../../../load/engine/http/error-codes.ts';
import { closeServer, freePort, listen } from '../../../support/listen.ts';
import { run, useServer } from '../support.ts';

const server = useServer();
/** Answers everything with what is no gzip. */
let broken: http.Server;
let brokenUrl: string;
beforeAll(async () => {
  broken = http.createServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip');
  });
  const port = await listen(broken);
  brokenUrl = `http://127.0.0.1:${port}/`;
});
afterAll(async () => {
  await closeServer(broken);
});

async function told(body: string, options = '{}') {
  const { result, lines } = await run(
    `import http from 'k6/http';
    export const options = ${options};
    const url = '${server.url}';
    const tell = (value) => console.log(JSON.stringify(value));
    const failed = ({ status, error, error_code }) => tell([status, error, error_code]);
    export default async function () { ${body} }`,
  );
  return { result, lines };
}

test('what is no URL is not counted; what is one of another scheme is', async () => {
  const { result, lines } = await told(`
    for (const at of ['127.0.0.1:80/', 'http://a b/', 'http://h:port/', 'http://h/%zz', undefined + '/x', 'ftp://h/']) {
      failed(http.get(at));
    }`);
  expect(lines).toEqual([
    [0, 'invalid URL: 127.0.0.1:80/', 1020],
    [0, 'invalid URL: http://a b/', 1020],
    [0, 'invalid URL: http://h:port/', 1020],
    [0, 'invalid URL: http://h/%zz', 1020],
    [0, 'unsupported protocol scheme ""', 1000],
    [0, 'unsupported protocol scheme "ftp"', 1000],
  ]);
  expect(result.summary.metrics.http_reqs?.values.count).toBe(2);
  expect(result.summary.metrics.http_req_failed?.values.passes).toBe(2);
});

test('a user name in the URL is basic authentication, and no tag', async () => {
  const { result, lines } = await told(
    `const at = url.replace('//', '//me:p%40ss@');
     tell(http.get(at).json('headers.authorization'));
     tell(http.get(at, { auth: 'basic' }).json('headers.authorization'));
     tell(http.get(at, { headers: { Authorization: 'own' } }).json('headers.authorization'));
     http.get(at, { auth: 'digest' });`,
    `{ thresholds: { 'http_reqs{url:${server.url.replace('//', '//****:****@')}}': ['count==3'] } }`,
  );
  const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  expect(lines).toEqual([basic, basic, 'own']);
  expect(result.thresholds).toMatchObject([{ ok: true }]);
  expect(result.scriptErrors[0]?.message).toContain('the authentication digest is not supported');
});

test('hosts and addresses that the options block are not reached', async () => {
  const { lines } = await told(
    `for (const host of ['one.test', 'a.two.test', 'mapped.test', '10.9.8.7', 'localhost', '127.0.0.1']) {
       failed(http.get('http://' + host + ':${server.port}/'));
     }`,
    `{ blockHostnames: ['one.test', '*.two.test'], blacklistIPs: ['10.0.0.0/8', '127.0.0.2', '::1', '192.0.2.1'],
       hosts: { 'mapped.test': '192.0.2.1', localhost: '127.0.0.2' } }`,
  );
  const blacklisted = [0, 'ip is blacklisted', 1110];
  expect(lines).toEqual([
    [0, 'hostname is blocked', 1111],
    [0, 'hostname is blocked', 1111],
    blacklisted,
    blacklisted,
    blacklisted,
    [200, '', 0],
  ]);
});

test('an address that a name turns out to have is held to the list too', async () => {
  const { lines } = await told(
    `failed(http.get('http://localhost:${server.port}/'));`,
    "{ blacklistIPs: ['127.0.0.0/8', '::1/128'] }",
  );
  expect(lines).toEqual([[0, 'ip is blacklisted', 1110]]);
});

test('a body that cannot be unpacked is no answer', async () => {
  const { result, lines } = await told(
    `failed(http.get('${brokenUrl}'));
     tell(http.get('${brokenUrl}', { responseType: 'none' }).status);`,
  );
  expect(lines).toEqual([
    [0, expect.stringMatching(/^error decompressing response body \(/), 1701],
    200,
  ]);
  expect(result.summary.metrics.http_req_failed?.values.passes).toBe(1);
});

test('a server that speaks no TLS', async () => {
  const { lines } = await told(`failed(http.get(url.replace('http:', 'https:')));`);
  expect(lines).toEqual([[0, 'tls: first record does not look like a TLS handshake', 1301]]);
});

describe('throw', () => {
  let refused: string;
  beforeAll(async () => {
    refused = `http://127.0.0.1:${await freePort()}/`;
  });

  test.each([
    ['get', (at: string) => `http.get('${at}')`],
    ['asyncRequest', (at: string) => `await http.asyncRequest('GET', '${at}')`],
    ['batch', (at: string) => `http.batch(['${server.url}', '${at}', '${server.url}'])`],
  ])('%s without an answer throws, and can be caught', async (_, call) => {
    const { result, lines } = await told(
      `try { ${call(refused)}; } catch ({ message }) { tell(message); }
       ${call('http://h:port/')};`,
      '{ throw: true }',
    );
    expect(lines).toEqual(['dial: connection refused']);
    expect(result.scriptErrors[0]?.message).toBe('invalid URL: http://h:port/');
  });

  test('a status is an answer, and a request may say otherwise for itself', async () => {
    const { result } = await told(
      `http.get(url + '/status/500'); http.get('${refused}', { throw: false });`,
      '{ throw: true }',
    );
    expect(result.exitCode).toBe(0);
    const { result: other } = await told(`http.get('${refused}', { throw: true });`);
    expect(other.exitCode).toBe(107);
  });
});

test.each([
  ['ECONNRESET', 'write', -104, 1220, 'write: connection reset by peer'],
  ['ECONNRESET', 'connect', -104, 1220, 'dial: connection reset by peer'],
  [
    'EHOSTUNREACH',
    'connect',
    -113,
    1213,
    'dial: unknown errno 113 error with msg `no route to host`',
  ],
  ['EPIPE', 'write', -32, 1201, 'write: broken pipe'],
  ['SELF_SIGNED_CERT_IN_CHAIN', undefined, undefined, 1310, 'x509: unknown authority'],
])('%s of %s is told in k6’s words', (code, syscall, errno, errorCode, message) => {
  const error = Object.assign(new Error('Node says it so'), { code, syscall, errno });
  expect(requestErrorOf(error)).toEqual({ code: errorCode, message });
});

test.each([
  ['blacklistIPs', "['10.0.0.0/40']", 'blacklistIPs of options has "10.0.0.0/40"'],
  ['systemTags', "['status', 'ocsp']", 'systemTags of options has "ocsp"'],
  ['throw', "'yes'", 'throw of options is "yes"'],
])('%s that is none is refused', async (name, value, message) => {
  await expect(told('', `{ ${name}: ${value} }`)).rejects.toThrow(message);
});
