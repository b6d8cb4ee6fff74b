/** A run that may reach this machine only. The other machine is one that there cannot be (RFC 6761). */

import http from 'node:http';
import { isLoopback } from '../../../load/engine/http/loopback.ts';
import { listen } from '../../support/listen.ts';
import { run, useServer } from './support.ts';

const server = useServer();

const ELSEWHERE = 'dialer.invalid is not on this machine, and load goes only to this machine';

const script = (send: string, options = '') => `import http from 'k6/http';
  export const options = { iterations: 2, ${options} };
  export default async function () { console.log(JSON.stringify((${send}).status)); }`;

it.each([
  ['a request', `await http.get('http://dialer.invalid/a')`],
  ['one that is not waited for', `await http.asyncRequest('GET', 'https://dialer.invalid/a')`],
  ['one of several', `(await http.batch(['${'http://dialer.invalid/'}']))[0]`],
])('%s to another machine is an exception, told with its place', async (_, send) => {
  const { result, lines } = await run(script(send), { loopbackOnly: true });
  expect(lines).toEqual([]);
  expect(result.scriptErrors).toEqual([
    {
      message: expect.stringContaining(ELSEWHERE),
      count: 2,
      where: expect.stringMatching(/script\.ts:3:\d+$/),
    },
  ]);
  expect(result.exitCode).not.toBe(0);
  expect(result.summary.metrics.http_reqs?.values.count ?? 0).toBe(0);
});

it('is not led to another machine either', async () => {
  const leading = http.createServer((_, response) => {
    response.writeHead(302, { location: 'http://dialer.invalid/' }).end();
  });
  const port = await listen(leading);
  try {
    const send = `await http.get('http://127.0.0.1:${port}/')`;
    const { result, lines } = await run(script(send), { loopbackOnly: true });
    expect(lines).toEqual([]);
    expect(result.scriptErrors[0]?.message).toContain(ELSEWHERE);
  } finally {
    leading.closeAllConnections();
    leading.close();
  }
});

it('reaches this one, also by a name that the script itself gives to it', async () => {
  const hosts = `hosts: { 'dialer.invalid': '127.0.0.1:${server.port}' }`;
  const send = `await http.get('http://dialer.invalid/a')`;
  const named = await run(script(send, hosts), { loopbackOnly: true });
  expect(named.lines).toEqual([200, 200]);
  const plain = await run(script(`await http.get('${server.url}/a')`), { loopbackOnly: true });
  expect(plain.lines).toEqual([200, 200]);
});

it('where it may go anywhere, a host that is not there is an answer as any other', async () => {
  const { result, lines } = await run(script(`await http.get('http://dialer.invalid/a')`));
  expect(lines).toEqual([0, 0]);
  expect(result.scriptErrors).toEqual([]);
});

it.each([
  ['127.0.0.1', true],
  ['localhost', true],
  ['[::1]', true],
  ['::1', true],
  ['127.0.0.2', false],
  ['localhost.example.com', false],
  ['0.0.0.0', false],
])('%s is on loopback: %s', (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});
