import http from 'node:http';
import { closeServer, listen } from '../../../support/listen.ts';
import { run } from '../support.ts';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

let server: http.Server;
let port: number;
const seen: Seen[] = [];

/** `/NNN` is a redirect of that status to `/there`, `/loop` one to itself, `/away` one to another name. */
beforeAll(async () => {
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const { method = '', headers } = request;
      seen.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      const to = (status: number, location: string) =>
        response.writeHead(status, { location }).end();
      if (/^\/30\d$/.test(path)) to(Number(path.slice(1)), '/there');
      else if (path === '/loop') setTimeout(() => to(302, '/loop'), 20);
      else if (path === '/away') to(302, `http://other.test:${port}/there`);
      else if (path === '/below') to(302, `http://a.first.test:${port}/there`);
      else response.end('there');
    });
  });
  port = await listen(server);
});
beforeEach(() => {
  seen.length = 0;
});
afterAll(async () => {
  await closeServer(server);
});

async function send(call: string) {
  const { result, lines } = await run(`import http from 'k6/http';
    export const options = { hosts: { '*.test': '127.0.0.1' } };
    const url = 'http://127.0.0.1:${port}';
    const first = 'http://first.test:${port}';
    const headers = { 'Content-Type': 'text/x', 'X-Own': 'yes', Authorization: 'secret', Cookie: 'a=b' };
    export default function () {
      const { status, url: end, request, error_code } = ${call};
      console.log(JSON.stringify({ status, end, asked: request.url, sent: request.method, error_code }));
    }`);
  expect(result.scriptErrors).toEqual([]);
  return { line: lines[0], requests: result.summary.metrics.http_reqs?.values.count };
}

test.each([
  [301, 'POST', 'GET'],
  [302, 'PUT', 'GET'],
  [303, 'DELETE', 'GET'],
  [302, 'HEAD', 'HEAD'],
  [307, 'POST', 'POST'],
  [308, 'PUT', 'PUT'],
])('a %d of a %s is followed by a %s', async (status, method, next) => {
  const { line, requests } = await send(
    `http.request('${method}', url + '/${status}', '${method === 'HEAD' ? '' : 'body'}', { headers })`,
  );
  expect(line).toEqual({
    status: 200,
    end: `http://127.0.0.1:${port}/there`,
    asked: `http://127.0.0.1:${port}/${status}`,
    sent: method,
    error_code: 0,
  });
  expect(requests).toBe(2);
  expect(seen[1]).toMatchObject({
    method: next,
    path: '/there',
    body: status < 304 ? '' : 'body',
    headers: {
      'x-own': 'yes',
      authorization: 'secret',
      referer: `http://127.0.0.1:${port}/${status}`,
    },
  });
  expect(seen[1]?.headers['content-type']).toBe(status < 304 ? undefined : 'text/x');
  expect(seen[1]?.headers.cookie).toBeUndefined();
});

test('another host does not get what is confidential, one below does', async () => {
  await send("http.get(first + '/away', { headers })");
  expect(seen[1]?.headers).toMatchObject({ 'x-own': 'yes', host: `other.test:${port}` });
  expect(seen[1]?.headers.authorization).toBeUndefined();
  seen.length = 0;
  await send("http.get(first + '/below', { headers })");
  expect(seen[1]?.headers).toMatchObject({ authorization: 'secret', host: `a.first.test:${port}` });
});

test('no more are followed than were asked for', async () => {
  const { line } = await send("http.get(url + '/loop', { redirects: 3 })");
  expect(line).toMatchObject({ status: 302 });
  expect(seen).toHaveLength(4);
});

test('the timeout is that of all requests together', async () => {
  const { line } = await send("http.get(url + '/loop', { redirects: 50, timeout: 150 })");
  expect(line).toMatchObject({ status: 0, error_code: 1050 });
  expect(seen.length).toBeLessThan(10);
});

test('redirects that are no number are refused', async () => {
  await expect(send("http.get(url, { redirects: 'many' })")).rejects.toThrow('redirects');
});
