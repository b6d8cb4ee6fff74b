/** The bytes of a reply that meets that goes wrong on the wire. */

import { connect } from 'node:net';
import type { WireFault, WireReply } from '../../emulator/wire/reply.ts';
import { createWireServer } from '../../emulator/wire/server.ts';
import { listen } from '../support/listen.ts';

const BODY = '0123456789';
const REQUEST = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';

/** What a client that writes `requests` receives until the connection ends, and the waits it took. */
async function received(replies: (WireReply | Promise<WireReply>)[]) {
  const waits: number[] = [];
  const requests = REQUEST.repeat(replies.length);
  const server = createWireServer({
    handle: async () => replies.shift() as WireReply,
    maxBodyBytes: () => 1000,
    defect: (error) => {
      throw error;
    },
    wait: async (milliseconds) => {
      if (milliseconds > 0) waits.push(milliseconds);
    },
  });
  const port = await listen(server);
  const socket = connect(port, '127.0.0.1');
  try {
    let bytes = '';
    let code = '';
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      bytes += chunk;
      // A reply that is whole leaves the connection open.
      if (bytes.endsWith(BODY)) socket.end();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code = error.code ?? '';
    });
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.write(requests);
    await ended;
    const [head = '', body = ''] = bytes.split('\r\n\r\n');
    return { head, body, code, waits };
  } finally {
    socket.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const reply = (wireFault?: WireFault): WireReply => ({
  status: 200,
  headers: ['X-Known', 'yes'],
  body: BODY,
  ...(wireFault ? { wireFault } : {}),
});

it('is whole without one', async () => {
  const { head, body } = await received([reply()]);
  expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\nX-Known: yes\r\nContent-Length: 10\r\n/);
  expect(body).toBe(BODY);
});

it.each([0, 4])('is cut after %p bytes, though its length says more', async (cutAfterBytes) => {
  const { head, body, waits } = await received([reply({ cutAfterBytes })]);
  expect(head).toContain('Content-Length: 10');
  expect(body).toBe(BODY.slice(0, cutAfterBytes));
  expect(waits).toEqual([]);
});

it.each([
  ['a piece ten times a second', 30, [100, 100, 100, expect.closeTo(33.3, 1)]],
  ['a byte at a time below ten a second', 4, Array.from({ length: 10 }, () => 250)],
])('trickles: %s', async (_, bytesPerSecond, expected) => {
  const { body, waits } = await received([reply({ bytesPerSecond })]);
  expect(body).toBe(BODY);
  expect(waits).toEqual(expected);
});

it('trickles up to where it is cut', async () => {
  const { body, waits } = await received([reply({ bytesPerSecond: 20, cutAfterBytes: 5 })]);
  expect(body).toBe(BODY.slice(0, 5));
  expect(waits).toEqual([100, 100, 50]);
});

it('has a Date that is off by as much as it is told, and only one', async () => {
  const { head } = await received([reply({ dateOffMilliseconds: 86_400_000 })]);
  const dates = head.match(/^Date: .*$/gm) ?? [];
  expect(dates).toHaveLength(1);
  const off = Date.parse(String(dates[0]).slice('Date: '.length)) - Date.now();
  expect(Math.abs(off - 86_400_000)).toBeLessThan(60_000);
});

it('is nothing at all where the connection is dropped', async () => {
  expect(await received([reply({ drop: 'close' })])).toMatchObject({ head: '', code: '' });
  expect(await received([reply({ drop: 'reset' })])).toMatchObject({
    head: '',
    code: 'ECONNRESET',
  });
});

it('is nothing at all even behind a pipelined request that has no answer yet', async () => {
  const unanswered = new Promise<WireReply>(() => {});
  expect(await received([unanswered, reply({ drop: 'close' })])).toMatchObject({ head: '' });
});
