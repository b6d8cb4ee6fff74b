import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import type { TLSSocket } from 'node:tls';
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { codingsOf, pack, unpack } from '../../../load/engine/http/compression.ts';
import { closeServer, freePort, listen } from '../../support/listen.ts';
import { hasOpenssl, selfSigned } from './certificate.ts';
import { run, useServer } from './support.ts';

const server = useServer();

describe('requests and responses', () => {
  let lines: Record<string, unknown>[];
  beforeAll(async () => {
    const { result, lines: written } = await run('http', {
      env: { URL: server.url, ADDRESS: `127.0.0.1:${server.port}` },
    });
    expect(result.scriptErrors).toEqual([]);
    lines = written as Record<string, unknown>[];
  });

  test('a response has k6 members', () => {
    expect(lines[0]).toMatchObject({
      status: 200,
      status_text: '200 OK',
      headers: { 'Content-Type': 'application/json', 'X-Amzn-Requestid': 'r-1' },
      body: { method: 'PUT', path: '/put%2Fraw', body: 'text' },
      id: 'b',
      length: 2,
      nothing: true,
      error: '',
      error_code: 0,
      url: `${server.url}/put%2Fraw`,
      proto: 'HTTP/1.1',
      remote_ip: '127.0.0.1',
      timings: [
        'blocked',
        'connecting',
        'tls_handshaking',
        'sending',
        'waiting',
        'receiving',
        'duration',
      ],
      sent: { method: 'PUT', body: 'text', headers: { 'X-Given': ['yes'] } },
    });
    expect(lines[0]?.adds).toBeCloseTo(lines[0]?.duration as number, 6);
    expect(lines[0]?.body).toHaveProperty('headers.x-given', 'yes');
    expect(lines[0]?.body).toHaveProperty('headers.content-length', '4');
    expect(lines[0]?.body).toHaveProperty(
      'headers.user-agent',
      expect.stringMatching(/^dialproof\//),
    );
  });

  test('bodies, methods and hosts go out as k6 sends them', () => {
    expect(lines[1]).toEqual({
      arrayBuffer: 'hi',
      view: 'i',
      form: 'a=1+2&b=%C3%BC',
      none: '',
      patch: 'PATCH',
      options: 'OPTIONS',
      request: 'LINK',
      async: 'GET',
      head: 200,
      template: '/m?q=1',
      host: 'connect.test',
      ownHost: 'else.where',
    });
  });

  test('response types, error codes of statuses, redirects', () => {
    expect(lines[2]).toEqual({
      binary: [0, 255, 254],
      none: null,
      missing: 1404,
      broken: 1503,
      followed: '/echo',
      notFollowed: 302,
      putFollowed: 'GET',
    });
  });

  test('a batch answers in the order or under the names of its requests', () => {
    expect(lines[3]).toEqual({
      list: [
        ['GET', '/1'],
        ['PUT', '/2'],
        ['GET', '/3'],
      ],
      named: ['/4', 'five'],
    });
  });
});

test('a request without an answer resolves with k6 error codes', async () => {
  const port = await freePort();
  const { result, lines } = await run('request-errors', {
    env: { URL: server.url, REFUSED: `http://127.0.0.1:${port}/` },
  });
  expect(result.scriptErrors).toEqual([]);
  const none = { status: 0, body: null, headers: {} };
  expect(lines).toEqual([
    { name: 'refused', ...none, error: 'dial: connection refused', error_code: 1212 },
    { name: 'timeout', ...none, error: 'request timeout', error_code: 1050 },
    { name: 'asyncTimeout', ...none, error: 'request timeout', error_code: 1050 },
    { name: 'reset', ...none, error: 'read: connection reset by peer', error_code: 1220 },
    { name: 'hangup', ...none, error: 'EOF', error_code: 1000 },
    {
      name: 'name',
      ...none,
      error: expect.stringMatching(/^lookup: /),
      error_code: expect.any(Number),
    },
    { name: 'noUrl', ...none, error: 'unsupported protocol scheme ""', error_code: 1000 },
  ]);
  const dns = (lines[5] as { error_code: number }).error_code;
  expect([1100, 1101]).toContain(dns);
  expect(result.summary.metrics.http_req_failed?.values).toEqual({ rate: 1, passes: 7, fails: 0 });
});

test('every request arrives once: nothing is retried', async () => {
  server.received.length = 0;
  const text = `import http from 'k6/http';
    export default async function () {
      await http.get(__ENV.URL + '/warm');
      await http.get(__ENV.URL + '/hangup');
      await http.get(__ENV.URL + '/reset');
    }`;
  await run(text, { env: { URL: server.url } });
  expect(server.received.map(({ path }) => path)).toEqual(['/warm', '/hangup', '/reset']);
});

test('connections are kept, or not, as noConnectionReuse says', async () => {
  const text = (reuse: boolean) => `import http from 'k6/http';
    export const options = { noConnectionReuse: ${!reuse} };
    export default async function () {
      const dials = [];
      for (let i = 0; i < 3; i += 1) dials.push((await http.get(__ENV.URL)).timings.connecting > 0);
      console.log(JSON.stringify(dials));
    }`;
  const env = { URL: server.url };
  expect((await run(text(true), { env })).lines).toEqual([[true, false, false]]);
  expect((await run(text(false), { env })).lines).toEqual([[true, true, true]]);
});

test('what cannot be dialled at all is an answer with an error, and nothing hangs', async () => {
  const text = `import http from 'k6/http';
    export const options = {
      hosts: { 'far.test': '127.0.0.1:99999' },
      tlsAuth: [{ cert: 'nonsense', key: 'nonsense' }],
    };
    export default async function () {
      for (const url of ['http://far.test/', 'https://127.0.0.1:9/']) {
        const { status, error_code, error } = await http.get(url);
        console.log(JSON.stringify([status, error_code, error]));
      }
    }`;
  const { result, lines } = await run(text);
  expect(result.scriptErrors).toEqual([]);
  expect(lines).toEqual([
    [0, 1000, expect.stringContaining('Port should be >= 0 and < 65536')],
    [0, 1000, expect.stringContaining('no start line')],
  ]);
});

test('a batch takes requests in all of k6’s forms', async () => {
  const { result, lines } = await run(
    `import http from 'k6/http';
    const url = __ENV.URL;
    export default function () {
      const answers = http.batch([
        { url: url + '/1' },
        { method: 'get', url: url + '/2', body: 'no body' },
        { method: 'POST', url: url + '/3', body: { b: "x y*'", a: [1, 2] } },
        http.url\`\${url}/4\`,
        ['PUT', url + '/5', 'five', { headers: { 'X-Own': 'yes' } }],
      ]);
      console.log(JSON.stringify(answers.map((one) => [one.json('method'), one.json('path'), one.json('body')])));
      http.batch([{ method: 'GET' }]);
    }`,
    { env: { URL: server.url } },
  );
  expect(lines[0]).toEqual([
    ['GET', '/1', ''],
    ['GET', '/2', ''],
    ['POST', '/3', 'a=1&a=2&b=x+y%2A%27'],
    ['GET', '/4', ''],
    ['PUT', '/5', 'five'],
  ]);
  expect(result.scriptErrors[0]?.message).toBe('request 0 of http.batch() has no url');
});

test('http.file makes a body of several parts', async () => {
  const { lines } = await run(
    `import http from 'k6/http';
    export default function () {
      const file = http.file('data', 'a "b".txt', 'text/plain');
      const res = http.post(__ENV.URL, { field: 1, file, bytes: http.file(new Uint8Array([104, 105]).buffer) });
      console.log(JSON.stringify([res.json('headers.content-type'), res.json('body')]));
    }`,
    { env: { URL: server.url } },
  );
  const [[type, body]] = lines as [[string, string]];
  const [, boundary] = /^multipart\/form-data; boundary=(\w+)$/.exec(type) ?? [];
  const part = 'Content-Disposition: form-data; name=';
  const named = body.replace(/filename="\d+"/, 'filename="time"');
  expect(named.split(`--${boundary}`)).toEqual([
    '',
    `\r\n${part}"field"\r\n\r\n1\r\n`,
    `\r\n${part}"file"; filename="a \\"b\\".txt"\r\nContent-Type: text/plain\r\n\r\ndata\r\n`,
    `\r\n${part}"bytes"; filename="time"\r\nContent-Type: application/octet-stream\r\n\r\nhi\r\n`,
    '--\r\n',
  ]);
});

test.each([
  ['list.#', 2],
  ['list.#.id', ['a', 'b']],
  ['list.#.nothing', []],
  ['list.1.id', 'b'],
  ['list.7.id', undefined],
  ['list.id.#', undefined],
])('json(%p) is %p', async (path, value) => {
  const { lines } = await run(
    `import http from 'k6/http';
    export default function () {
      console.log(JSON.stringify({ value: http.get(__ENV.URL).json('${path}') }));
    }`,
    { env: { URL: server.url } },
  );
  expect(lines).toEqual([value === undefined ? {} : { value }]);
});

test('a request parameter that there is not is refused by name', async () => {
  const name = 'heders';
  const text = `import http from 'k6/http';
    export default function () { http.get(__ENV.URL, { ${name}: {} }); }`;
  const { result } = await run(text, { env: { URL: server.url } });
  expect(result.scriptErrors[0]?.message).toBe(
    `the request parameter ${name} is not supported by the embedded engine; run it with --engine k6`,
  );
});

test('a member of a response that is left out is refused by name', async () => {
  const text = `import http from 'k6/http';
    export default async function () { (await http.get(__ENV.URL)).html(); }`;
  const { result } = await run(text, { env: { URL: server.url } });
  expect(result.scriptErrors[0]?.message).toContain('html of a response is not supported');
});

describe('an early answer', () => {
  const seen: Buffer[] = [];
  const closed: Promise<unknown>[] = [];
  const sockets: net.Socket[] = [];
  /** Whether the rest of the request is read after the answer. */
  let readsOn = true;
  const early = net.createServer((socket) => {
    sockets.push(socket);
    closed.push(once(socket, 'close'));
    socket.on('error', () => {});
    socket.once('data', (chunk: Buffer) => {
      seen.push(chunk);
      socket.write('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
      socket.pause();
      if (readsOn) setTimeout(() => socket.on('data', (more) => seen.push(more)).resume(), 50);
    });
  });
  const script = `import http from 'k6/http';
    export default async function () {
      const body = new Uint8Array(8 * 1024 * 1024).fill(97);
      const res = await http.put(__ENV.URL, body.buffer, { timeout: '30s' });
      body.fill(98);
      const { sending, waiting, receiving } = res.timings;
      console.log(JSON.stringify([res.status, Math.min(sending, waiting, receiving) >= 0]));
    }`;
  const env = { URL: '' };
  beforeAll(async () => {
    const port = await listen(early);
    env.URL = `http://127.0.0.1:${port}/`;
  });
  beforeEach(() => {
    readsOn = true;
    seen.length = 0;
    closed.length = 0;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await closeServer(early);
  });

  test('stands at once, and what the script then writes into its body is not sent', async () => {
    const { lines } = await run(script, { env });
    expect(lines).toEqual([[400, true]]);
    await Promise.all(closed);
    const sent = Buffer.concat(seen);
    expect(sent.includes('a'.repeat(100))).toBe(true);
    expect(sent.includes('b'.repeat(100))).toBe(false);
  });

  test('stands, though the rest of the request is never taken', async () => {
    readsOn = false;
    const { lines } = await run(script, { env });
    expect(lines).toEqual([[400, true]]);
  });
});

test('a handshake that is never answered ends by the timeout, as not sent', async () => {
  const closed: Promise<unknown>[] = [];
  const silent = net.createServer((socket) => {
    socket.on('error', () => {}).resume();
    closed.push(once(socket, 'close'));
  });
  const port = await listen(silent);
  const text = `import http from 'k6/http';
    export default async function () {
      const res = await http.get('https://127.0.0.1:${port}/', { timeout: 100 });
      console.log(JSON.stringify(res.error_code));
    }`;
  const { lines } = await run(text);
  expect(lines).toEqual([1211]);
  await Promise.all(closed);
  await closeServer(silent);
});

(hasOpenssl ? describe : describe.skip)('over TLS (needs openssl to make a certificate)', () => {
  let secure: https.Server;
  let url: string;
  let pair: { key: string; cert: string };
  beforeAll(async () => {
    pair = selfSigned();
    secure = https.createServer(pair, (_, response) => response.end('secret'));
    const port = await listen(secure);
    url = `https://127.0.0.1:${port}/`;
  });
  afterAll(async () => {
    await closeServer(secure);
  });

  test.each([
    [false, [0, 1310, null]],
    [true, [200, 0, 'secret']],
  ])('insecureSkipTLSVerify %p', async (skip, expected) => {
    const text = `import http from 'k6/http';
      export const options = { insecureSkipTLSVerify: ${skip} };
      export default async function () {
        const res = await http.get('${url}');
        console.log(JSON.stringify([res.status, res.error_code, res.body]));
        console.log(JSON.stringify(res.timings.tls_handshaking > 0));
      }`;
    expect((await run(text)).lines).toEqual([expected, skip]);
  });

  it('speaks the versions that tlsVersion allows', async () => {
    const text = (options: string) => `import http from 'k6/http';
      export const options = { insecureSkipTLSVerify: true, ${options} };
      export default function () {
        const res = http.get('${url}');
        console.log(JSON.stringify([res.status, res.error_code]));
      }`;
    secure.setSecureContext({ ...pair, minVersion: 'TLSv1.3' });
    expect((await run(text('tlsVersion: http.TLS_1_3'))).lines).toEqual([[200, 0]]);
    const [[status, code]] = (await run(text("tlsVersion: { max: 'tls1.2' }"))).lines as [
      [number, number],
    ];
    expect([status, code]).toEqual([0, 1300]);
    await expect(run(text("tlsVersion: 'tls9'"))).rejects.toThrow(
      'tlsVersion of options has "tls9": tls1.0, tls1.1, tls1.2, tls1.3 exist',
    );
  });

  it('shows the certificate of tlsAuth to the hosts that it is for', async () => {
    const asked: (string | undefined)[] = [];
    const wary = https.createServer(
      { ...pair, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        asked.push((request.socket as TLSSocket).getPeerCertificate().subject?.CN?.toString());
        response.end();
      },
    );
    const port = await listen(wary);
    const of = (domains: string) => `import http from 'k6/http';
      export const options = {
        insecureSkipTLSVerify: true,
        tlsAuth: [{ cert: \`${pair.cert}\`, key: \`${pair.key}\`, domains: ${domains} }],
      };
      export default async function () { await http.get('https://127.0.0.1:${port}/'); }`;
    await run(of("['127.0.0.1']"));
    await run(of("['*.example.com']"));
    expect(asked).toEqual(['localhost', undefined]);
    await closeServer(wary);
  });
});

describe('compression', () => {
  it.each([
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
    ['br', brotliDecompressSync],
    ['zstd', zstdDecompressSync],
  ])('packs a body in %s, and unpacks the answer', async (name, open) => {
    const seen: string[] = [];
    const echo = http.createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push(`${request.headers['content-encoding']} ${open(Buffer.concat(chunks))}`);
      response.writeHead(200, { 'content-encoding': name }).end(Buffer.concat(chunks));
    });
    const port = await listen(echo);
    const { lines } = await run(`import http from 'k6/http';
      export default async function () {
        const res = await http.post('http://127.0.0.1:${port}/', 'héllo', { compression: '${name}' });
        console.log(JSON.stringify(res.body));
      }`);
    expect(seen).toEqual([`${name} héllo`]);
    expect(lines).toEqual(['héllo']);
    await closeServer(echo);
  });

  it('applies several in turn, and refuses what it does not know', () => {
    const codings = codingsOf('gzip, br');
    const packed = pack(Buffer.from('text'), codings);
    expect(gunzipSync(brotliDecompressSync(packed)).toString()).toBe('text');
    expect(unpack(Buffer.from(packed), 'gzip, br').toString()).toBe('text');
    expect(unpack(Buffer.from('as it is'), 'sdch').toString()).toBe('as it is');
    expect(() => codingsOf('lzma')).toThrow('compression "lzma" is unknown');
    expect(() => unpack(Buffer.from('no'), 'gzip')).toThrow('the body is not gzip');
  });
});
