import { once } from 'node:events';
import net from 'node:net';
import { NOTHING_BLOCKED } from '../../../../load/engine/http/blocked.ts';
import type { Exchange } from '../../../../load/engine/http/exchange.ts';
import type { Outgoing } from '../../../../load/engine/http/outgoing.ts';
import { DEFAULT_TLS } from '../../../../load/engine/http/tls.ts';
import { openTransport, type Transport } from '../../../../load/engine/http/transport.ts';
import { wireUrlOf } from '../../../../load/engine/http/wire-url.ts';
import { closeServer, listen } from '../../../support/listen.ts';

/** What the server does with the nth request (from 0) that it gets. */
type Behaviour = (socket: net.Socket, request: string, n: number) => void;

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

let behaviour: Behaviour;
let requests: string[];
let dials: number;
let transport: Transport;
const server = net.createServer((socket) => {
  dials += 1;
  let chunks: Buffer[] = [];
  /** Bytes of the request that are to come; its head is in the first piece. */
  let left = 0;
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    if (chunks.length === 0) {
      const text = chunk.toString('latin1');
      const length = Number(/content-length: (\d+)/.exec(text)?.[1] ?? 0);
      left = text.indexOf('\r\n\r\n') + 4 + length;
    }
    chunks.push(chunk);
    left -= chunk.length;
    if (left > 0) return;
    const request = Buffer.concat(chunks).toString('latin1');
    chunks = [];
    requests.push(request);
    behaviour(socket, request, requests.length - 1);
  });
});

let port: number;
beforeAll(async () => {
  port = await listen(server);
});
afterAll(async () => {
  await closeServer(server);
});
beforeEach(() => {
  behaviour = (socket) => socket.write(OK);
  requests = [];
  dials = 0;
  transport = openTransport({
    loopbackOnly: true,
    hosts: {},
    insecureSkipTLSVerify: false,
    tls: DEFAULT_TLS,
    noConnectionReuse: false,
    blocked: NOTHING_BLOCKED,
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await transport.close();
});

function send(more: Partial<Outgoing> = {}): Promise<Exchange> {
  const target = wireUrlOf(`http://127.0.0.1:${port}/`);
  if (!target) throw new Error('the URL was not read');
  const outgoing: Outgoing = {
    method: 'PUT',
    target,
    headers: [],
    body: 'x',
    timeoutMs: 5_000,
    keeping: 'text',
  };
  return new Promise((resolve) => transport.send({ ...outgoing, ...more }, resolve));
}

/** Status, body and error of a request. */
async function told(more: Partial<Outgoing> = {}) {
  const { status, body, error } = await send(more);
  return [status, body.toString(), error?.message ?? null];
}

it('keeps a connection, and stamps what happened in its order', async () => {
  const first = await send();
  const second = await send();
  expect(dials).toBe(1);
  expect(first.timings.connecting).toBeGreaterThan(0);
  expect(second.timings.connecting).toBe(0);
  const { queuedAt, startedAt, sentAt, answeredAt, endedAt } = second;
  const stamps = [queuedAt, startedAt, sentAt, answeredAt, endedAt];
  expect(stamps).toEqual([...stamps].sort((a, b) => a - b));
  expect(queuedAt).toBeGreaterThan(0);
  const { sent, received } = transport.bytes();
  expect(sent).toBe(requests.join('').length);
  expect(received).toBe(2 * OK.length);
});

it.each([
  ['that it does not keep', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
  [
    'that it keeps too short a time',
    'HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nok',
  ],
  ['that said more than was asked', `${OK}${OK}`],
])('dials anew after a connection %s', async (_name, answer) => {
  const closed: Promise<unknown>[] = [];
  behaviour = (socket) => {
    closed.push(once(socket, 'close'));
    socket.write(answer);
  };
  expect([await told(), await told()]).toEqual([
    [200, 'ok', null],
    [200, 'ok', null],
  ]);
  expect(dials).toBe(2);
  // Neither is left open.
  await Promise.all(closed);
});

it('dials anew after the server has closed an idle connection, or spoken on it unasked', async () => {
  behaviour = (socket, _request, n) => {
    socket.write(OK);
    if (n === 0) socket.end();
    if (n === 1) setImmediate(() => socket.write('HTTP/1.1 408 Request Timeout\r\n\r\n'));
    // The client has noticed once it has closed its side too.
    closed = once(socket, 'close');
  };
  let closed: Promise<unknown> | null = null;
  for (let n = 1; n <= 3; n += 1) {
    expect(await told()).toEqual([200, 'ok', null]);
    expect(dials).toBe(n);
    if (n < 3) await closed;
  }
});

it('reads a body that the end of the connection ends', async () => {
  behaviour = (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it');
  expect(await told()).toEqual([200, 'all of it', null]);
});

it('waits through informational answers', async () => {
  behaviour = (socket) => {
    socket.write('HTTP/1.1 100 Continue\r\n\r\n');
    setImmediate(() => socket.write(OK));
  };
  expect(await told()).toEqual([200, 'ok', null]);
});

it.each<[string, Behaviour, string]>([
  ['nothing', (socket) => socket.end(), 'EOF'],
  ['half an answer', (socket) => socket.end(OK.slice(0, -1)), 'unexpected EOF'],
  ['a reset', (socket) => socket.resetAndDestroy(), 'read: connection reset by peer'],
  [
    'what is no HTTP',
    (socket) => socket.write('220 smtp\r\n\r\n'),
    'malformed HTTP response: "220 smtp"',
  ],
  ['a part, and no more', (socket) => socket.write(OK.slice(0, -1)), 'request timeout'],
])(
  'an answer that is %s fails the request, and the next one is not touched',
  async (_, bad, why) => {
    behaviour = (socket, request, n) => (n === 0 ? bad(socket, request, n) : socket.write(OK));
    const timeoutMs = why === 'request timeout' ? 200 : 5_000;
    expect(await told({ timeoutMs })).toEqual([0, '', why]);
    expect(await told()).toEqual([200, 'ok', null]);
    expect(dials).toBe(2);
  },
);

it('gives every request of a connection its whole time', async () => {
  behaviour = (socket, _request, n) => {
    if (n < 4) setTimeout(() => socket.write(OK), 60);
  };
  // Together they take longer than one may; only the one that is never answered is given up.
  const answers: Awaited<ReturnType<typeof told>>[] = [];
  for (let n = 0; n < 5; n += 1) answers.push(await told({ timeoutMs: 200 }));
  expect(answers.map(([status]) => status)).toEqual([200, 200, 200, 200, 0]);
  expect(answers[4]).toEqual([0, '', 'request timeout']);
  expect(dials).toBe(1);
});

it('takes an answer that was there in time, though this process was too busy to read it', async () => {
  behaviour = (socket) => {
    socket.write(OK);
    for (const until = performance.now() + 150; performance.now() < until; );
  };
  expect(await told({ timeoutMs: 100 })).toEqual([200, 'ok', null]);
});

it('waits for as long as a script says, weeks included', async () => {
  behaviour = (socket) => setTimeout(() => socket.write(OK), 20);
  expect(await told({ timeoutMs: 3e9 })).toEqual([200, 'ok', null]);
});

it('sends nothing of a request whose header would be another one', async () => {
  expect(await told({ headers: ['X', 'a\r\nEvil: 1'] })).toEqual([
    0,
    '',
    'net/http: invalid header field value for "X"',
  ]);
  expect(dials).toBe(0);
});

it('sends bodies of every size and kind whole', async () => {
  const bodies = ['', 'grüße', 'x'.repeat(65_000), 'é'.repeat(300_000), Buffer.alloc(100_000, 7)];
  for (const body of bodies) expect(await told({ body })).toEqual([200, 'ok', null]);
  const got = requests.map((request) => request.slice(request.indexOf('\r\n\r\n') + 4));
  expect(got).toEqual(bodies.map((body) => Buffer.from(body).toString('latin1')));
});

it('writes over no request that the system has not taken yet', async () => {
  const connect = net.connect.bind(net) as (options: net.NetConnectOpts) => net.Socket;
  jest.spyOn(net, 'connect').mockImplementation(((options: net.NetConnectOpts) => {
    const socket = connect(options);
    socket.once('connect', () => {
      socket.cork();
      setTimeout(() => socket.uncork(), 30);
    });
    return socket;
  }) as typeof net.connect);
  const letters = ['a', 'b', 'c'];
  await Promise.all(letters.map((letter) => send({ body: letter.repeat(5_000) })));
  expect(requests.map((request) => request.slice(-5_000)).sort()).toEqual(
    letters.map((letter) => letter.repeat(5_000)),
  );
});

it('counts no waiting where the answer begins before the request has ended', async () => {
  const [head, tail] = [OK.slice(0, -2), OK.slice(-2)];
  server.once('connection', (socket) => socket.once('data', () => socket.write(head)));
  behaviour = (socket) => socket.write(tail);
  const { status, timings } = await send({ body: Buffer.alloc(16 * 1024 * 1024) });
  expect(status).toBe(200);
  expect(timings.waiting).toBe(0);
  expect(timings.sending).toBeGreaterThan(0);
  expect(timings.receiving).toBeGreaterThan(0);
});

it('gives an answer that is cancelled, its connection too', async () => {
  behaviour = () => {};
  const closing = new Promise((resolve) =>
    server.once('connection', (socket) => socket.once('close', resolve)),
  );
  const target = wireUrlOf(`http://127.0.0.1:${port}/`);
  if (!target) throw new Error('the URL was not read');
  const over = new Promise<Exchange>((resolve) => {
    const exchange = transport.send(
      { method: 'GET', target, headers: [], body: null, timeoutMs: 5_000, keeping: 'text' },
      resolve,
    );
    server.once('connection', () => exchange.cancel({ code: 1000, message: 'interrupted' }));
  });
  expect((await over).error).toEqual({ code: 1000, message: 'interrupted' });
  await closing;
});
