/** What only bytes on a socket show. */

import { connect } from 'node:net';
import type { RunningEmulator } from '../../emulator/emulator.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import type { WireReply } from '../../emulator/wire/reply.ts';
import { createWireServer } from '../../emulator/wire/server.ts';
import { listen } from '../support/listen.ts';
import {
  body,
  type Call,
  contacts,
  factsWith,
  INSTANCE_PATH,
  sendUnsigned,
  signedHeadersOf,
  withEmulator,
} from './fixtures.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator({
    profile: 'stress',
    facts: factsWith({ maxBodyBytes: 100_000 }),
  });
});
afterAll(() => emulator.close());

/** A connection on which bytes are written as they are, and answers are read one by one. */
async function dial({ url }: { url: string }) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await new Promise((resolve) => socket.once('connect', resolve));
  let received = '';
  let changed = () => {};
  let closed = false;
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk;
    changed();
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    closed = true;
    changed();
  });
  const more = () =>
    new Promise<void>((resolve, reject) => {
      changed = resolve;
      if (closed) reject(new Error(`closed after: ${received}`));
    });
  return {
    write: (bytes: string | Buffer) => socket.write(bytes),
    /** The next answer's head and body; an interim 100 is an answer with an empty body. */
    async answer(): Promise<{ status: number; head: string; body: string }> {
      for (;;) {
        const end = received.indexOf('\r\n\r\n');
        const head = received.slice(0, end);
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (end >= 0 && received.length >= end + 4 + length) {
          const text = received.slice(end + 4, end + 4 + length);
          received = received.slice(end + 4 + length);
          return { status: Number(head.split(' ')[1]), head, body: text };
        }
        await more();
      }
    },
    async closed(): Promise<string> {
      while (!closed) await more().catch(() => {});
      return received;
    },
    end: () => socket.destroy(),
  };
}

function head(call: Call, more: Record<string, string> = {}): string {
  const { host } = new URL(emulator.url);
  const headers = {
    ...signedHeadersOf({ host, ...call }),
    'content-length': String(Buffer.byteLength(call.body)),
    ...more,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${call.method ?? 'PUT'} ${call.target ?? INSTANCE_PATH} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const GOOD: Call = { body: body(contacts(25)) };
const BAD: Call = { ...GOOD, secret: 'wrong' };

it('takes the form that R paws sends', async () => {
  const { host } = new URL(emulator.url);
  const call: Call = {
    body: `{"ClientToken":"paws",${body(contacts(1)).slice(1)}`,
    host: host.toLowerCase(),
    headers: { 'content-type': 'application/x-amz-json-1.1' },
  };
  const length = String(Buffer.byteLength(call.body));
  const headers = signedHeadersOf({
    ...call,
    headers: { ...call.headers, 'content-length': length },
  });
  expect(headers.authorization).toContain(
    'SignedHeaders=content-length;content-type;host;x-amz-date,',
  );
  const connection = await dial(emulator);
  connection.write(
    `PUT ${INSTANCE_PATH} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: paws/0.8.10 (R4.2.2; linux)\r\n` +
      `Accept: */*\r\nAuthorization: ${headers.authorization}\r\nContent-Type: application/x-amz-json-1.1\r\n` +
      `X-Amz-Date: ${headers['x-amz-date']}\r\nContent-Length: ${length}\r\n\r\n${call.body}`,
  );
  const answer = await connection.answer();
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body).SuccessfulRequestList).toHaveLength(1);
  connection.end();
});

it('takes header names in any case', async () => {
  const connection = await dial(emulator);
  const shouted = head(GOOD).replace(/^[a-z0-9-]+(?=: )/gm, (name) => name.toUpperCase());
  connection.write(shouted + GOOD.body);
  expect((await connection.answer()).status).toBe(200);
  connection.end();
});

it('waits for a body that comes in pieces', async () => {
  const connection = await dial(emulator);
  const bytes = Buffer.from(head(GOOD) + GOOD.body);
  for (let i = 0; i < bytes.length; i += 1000) {
    connection.write(bytes.subarray(i, i + 1000));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect((await connection.answer()).status).toBe(200);
  connection.end();
});

it('takes a chunked body', async () => {
  const connection = await dial(emulator);
  const chunk = `${Buffer.byteLength(GOOD.body).toString(16)}\r\n${GOOD.body}\r\n0\r\n\r\n`;
  const chunked = head(GOOD).replace(/content-length: \d+/, 'transfer-encoding: chunked');
  connection.write(chunked + chunk);
  expect((await connection.answer()).status).toBe(200);
  connection.end();
});

it('answers pipelined calls in order, and keeps the connection after an error', async () => {
  const connection = await dial(emulator);
  const calls = [GOOD, BAD, { ...GOOD, target: '/nowhere' }, { ...GOOD, body: '{' }, GOOD];
  connection.write(calls.map((call) => head(call) + call.body).join(''));
  const statuses = [];
  for (const _ of calls) statuses.push((await connection.answer()).status);
  expect(statuses).toEqual([200, 403, 404, 400, 200]);
  connection.write(head(GOOD) + GOOD.body);
  expect((await connection.answer()).status).toBe(200);
  connection.end();
});

describe('Expect: 100-continue', () => {
  it('is answered at once, before the body', async () => {
    const connection = await dial(emulator);
    connection.write(head(GOOD, { expect: '100-continue' }));
    expect((await connection.answer()).status).toBe(100);
    connection.write(GOOD.body as string);
    expect((await connection.answer()).status).toBe(200);
    connection.end();
  });

  it('gets the 413 in its place, and the connection is closed', async () => {
    const connection = await dial(emulator);
    connection.write(head({ body: 'x'.repeat(200_000) }, { expect: '100-continue' }));
    const answer = await connection.answer();
    expect(answer.status).toBe(413);
    expect(answer.head).toMatch(/connection: close/i);
    expect(await connection.closed()).toBe('');
  });

  it('with another expectation is taken as a plain call', async () => {
    const connection = await dial(emulator);
    connection.write(head(GOOD, { expect: 'something' }) + GOOD.body);
    expect((await connection.answer()).status).toBe(200);
    connection.end();
  });
});

describe('a body over the limit', () => {
  it('is read to its end and refused, and the connection stays good', async () => {
    const connection = await dial(emulator);
    const large: Call = { body: 'x'.repeat(300_000) };
    connection.write(head(large) + large.body + head(GOOD) + GOOD.body);
    const answer = await connection.answer();
    expect(answer.head).toMatch(
      /^HTTP\/1.1 413 [\s\S]*x-amzn-errortype: RequestEntityTooLargeException/,
    );
    expect((await connection.answer()).status).toBe(200);
    connection.end();
  });

  it('is cut off once it is out of all bounds', async () => {
    const connection = await dial(emulator);
    connection.write(head({ body: '' }, { 'content-length': String(10 ** 12) }));
    const megabyte = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent < 66; sent += 1) connection.write(megabyte);
    expect((await connection.answer()).status).toBe(413);
    await connection.closed();
  });
});

it.each([
  ['no HTTP', 'HELO there\r\n\r\n'],
  ['two lengths', 'PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['a head without end', `PUT / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`],
])('answers %s with MalformedHttpRequestException and closes', async (_, bytes) => {
  const connection = await dial(emulator);
  connection.write(bytes);
  const answer = await connection.answer();
  expect(answer.head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer.head).toContain('x-amzn-errortype: MalformedHttpRequestException');
  expect(JSON.parse(answer.body)).toEqual({ message: expect.any(String) });
  await connection.closed();
});

describe('after requests that are not answered yet', () => {
  const cut = 'PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n';
  it.each([
    ['what is no HTTP', 'HELO there\r\n\r\n'],
    ['a body that is no chunks', cut],
    ['a tunnel asked for', 'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('%s gets its 400 in its turn', async (_, bytes) => {
    const connection = await dial(emulator);
    const good = head(GOOD) + GOOD.body;
    connection.write(good + good + bytes);
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await connection.answer()).status);
    expect(statuses).toEqual([200, 200, 400]);
    expect(await connection.closed()).toBe('');
  });
});

/** A door whose requests are all held until `release`, and a client that ends its side only when told. */
async function heldDoor() {
  let release = (_: WireReply) => {};
  const held = new Promise<WireReply>((resolve) => {
    release = resolve;
  });
  const server = createWireServer({
    handle: () => held,
    maxBodyBytes: () => 1000,
    defect: (error) => {
      throw error;
    },
    wait: async () => {},
  });
  const port = await listen(server);
  const heardAll = new Promise((resolve) => {
    server.once('connection', (connection) => connection.once('end', resolve));
  });
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let said = '';
  const ends: string[] = [];
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    said += chunk;
  });
  socket.on('error', (error: NodeJS.ErrnoException) => ends.push(String(error.code)));
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  const ended = new Promise<void>((resolve) => {
    socket.once('end', () => {
      ends.push('end');
      resolve();
    });
  });
  return {
    socket,
    release: () => release({ status: 200, headers: [], body: '{}' }),
    /** Until the door knows that no more will come. */
    heardAll: () => heardAll,
    /** Until the door has ended its side. */
    ended: () => Promise.race([ended, closed]),
    /** All that it said, and how it ended. */
    async close() {
      socket.end();
      await closed;
      await new Promise((resolve) => server.close(resolve));
      return { statuses: said.match(/(?<=HTTP\/1\.1 )\d+/g), ends };
    },
  };
}

const PLAIN = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

it('behind what is no HTTP more may come: it is dropped, and nobody is reset', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error) => warnings.push(warning);
  process.on('warning', warn);
  const { socket, release, ended, close } = await heldDoor();
  const nonsense = async () => {
    for (let n = 0; n < 20 && socket.writable; n += 1) {
      await new Promise((resolve) => socket.write('no HTTP\r\n\r\n', resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  socket.write(PLAIN);
  await nonsense();
  release();
  await ended();
  await nonsense();
  expect(await close()).toEqual({ statuses: ['200', '400'], ends: ['end'] });
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

it('tells a client that has no more to say what it asked', async () => {
  const { socket, release, heardAll, ended, close } = await heldDoor();
  socket.end(PLAIN + PLAIN);
  await heardAll();
  release();
  await ended();
  expect(await close()).toEqual({ statuses: ['200', '200'], ends: ['end'] });
});

it.each([
  ['cut off', 'Content-Length: 10\r\n\r\nabc'],
  ['in bad chunks', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef'],
])('a request for another protocol whose body is %s gets its 400', async (_, rest) => {
  const { socket, ended, close } = await heldDoor();
  socket.end(`PUT / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n${rest}`);
  await ended();
  expect(await close()).toEqual({ statuses: ['400'], ends: ['end'] });
});

it('answers a request that would change to another protocol, and says that no more is read', async () => {
  const connection = await dial(emulator);
  const wish = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' };
  connection.write(head(GOOD, wish) + GOOD.body + head(GOOD) + GOOD.body);
  const answer = await connection.answer();
  expect(answer.status).toBe(200);
  expect(answer.head).toMatch(/\r\nConnection: close(\r\n|$)/);
  expect(await connection.closed()).toBe('');
});

it.each([
  ['a TLS handshake', Buffer.from('16030100c8010000c40303', 'hex'), /TLS handshake.*http:\/\//],
  ['HTTP/2', Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), /HTTP\/2.*HTTP\/1\.1 only/],
])(
  'says to a client that begins with %s what the port speaks, and notices it once',
  async (_, bytes, hint) => {
    const notices: string[] = [];
    const server = createWireServer({
      handle: async () => ({ status: 200, headers: [], body: '{}' }),
      maxBodyBytes: () => 1_000,
      defect: (error) => {
        throw error;
      },
      wait: async () => {},
      notice: (sentence) => notices.push(sentence),
    });
    const port = await listen(server);
    for (let i = 0; i < 2; i += 1) {
      const connection = await dial({ url: `http://127.0.0.1:${port}` });
      connection.write(bytes);
      const { status, body: text } = await connection.answer();
      expect([status, JSON.parse(text).message]).toEqual([400, expect.stringMatching(hint)]);
      connection.end();
    }
    expect(notices).toEqual([expect.stringMatching(hint)]);
    await new Promise((resolve) => server.close(resolve));
  },
);

it('takes a target in absolute form, and its Host from the target', async () => {
  const connection = await dial(emulator);
  const { origin, host } = new URL(emulator.url);
  const absolute = head(GOOD)
    .replace(/^PUT /, `PUT ${origin}`)
    .replace(/^host: .*$/m, 'host: elsewhere');
  connection.write(absolute + GOOD.body);
  expect((await connection.answer()).status).toBe(200);
  const { host: controlHost } = new URL(emulator.controlUrl);
  connection.end();
  for (const [named, sent, status] of [
    [controlHost, host, 200],
    ['evil.example', controlHost, 403],
  ]) {
    const control = await dial({ url: emulator.controlUrl });
    control.write(`GET http://${named}/clock HTTP/1.1\r\nHost: ${sent}\r\n\r\n`);
    expect((await control.answer()).status).toBe(status);
    control.end();
  }
});

it('tells a request without Host that its signature is no good', async () => {
  const connection = await dial(emulator);
  connection.write((head(GOOD) + GOOD.body).replace(/^host: .*\r\n/m, ''));
  const answer = await connection.answer();
  expect(answer.head).toContain('x-amzn-errortype: InvalidSignatureException');
  connection.end();
});

it('goes on when a client leaves in the middle of a body', async () => {
  const connection = await dial(emulator);
  connection.write(head(GOOD) + (GOOD.body as string).slice(0, 100));
  connection.end();
  const { host } = new URL(emulator.url);
  expect(await sendUnsigned(emulator, GOOD, signedHeadersOf({ host, ...GOOD }))).toMatchObject({
    status: 200,
  });
});

it('never redirects, and gives every method an answer', async () => {
  for (const method of ['GET', 'POST', 'DELETE', 'OPTIONS', 'PATCH']) {
    await withEmulator({}, async (other) => {
      expect(await sendUnsigned(other, { method, body: '' }, {})).toMatchObject({ status: 404 });
    });
  }
});

it('answers a defect of its own with 500 InternalFailure, and tells it', async () => {
  const told: unknown[] = [];
  const server = createWireServer({
    handle: async () => {
      throw new Error('a defect');
    },
    maxBodyBytes: () => 1000,
    defect: (error) => told.push(error),
    wait: async () => {},
  });
  const port = await listen(server);
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.status).toBe(500);
    expect(response.headers.get('x-amzn-errortype')).toBe('InternalFailure');
    expect(await response.text()).not.toContain('a defect');
    expect(told).toEqual([new Error('a defect')]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
