/** The fuzz run in small, and that it finds what there is to find. `npm run fuzz` is the large one. */

import http from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { startEmulator } from '../../emulator/emulator.ts';
import { listen } from '../support/listen.ts';
import { type AttackOptions, attackEmulator } from './attack.ts';
import { type FuzzOptions, type FuzzReport, fuzz } from './fuzz.ts';
import { requestsIn } from './requests.ts';

/** The number that CI runs; somebody who waits gets a tenth. */
const REQUESTS = Number(process.env.DIALPROOF_FUZZ_REQUESTS ?? (process.env.CI ? 100_000 : 10_000));

// Far more than it takes: a time limit is no measure of a busy machine.
jest.setTimeout(600_000);

it('finds no crash, no hang, no 500 and no lost item, and memory stays flat', async () => {
  const report = await attackEmulator({ seed: 1, requests: REQUESTS });
  expect(report.findings).toEqual([]);
  expect(report.faults).toEqual([]);
  expect(report.requests).toBeGreaterThanOrEqual(REQUESTS);
  // What was sent got past the front door, and far enough to be admitted, refused and in conflict.
  for (const status of [200, 400, 403, 404, 409]) {
    expect(report.statuses[status]).toBeGreaterThan(10);
  }
});

it('replays a case by its seed and number', async () => {
  const emulator = await startEmulator({ bugs: ['drops-item'], profile: 'stress' });
  const { host } = new URL(emulator.url);
  const { findings } = await fuzz({ host, seed: 3, requests: 400 });
  const [finding] = findings;
  expect(finding?.what).toMatch(/^\d+ \+ \d+ results for \d+ items$/);
  const again = await fuzz({ host, seed: 3, requests: 10, from: finding?.case ?? -1 });
  expect(again.findings[0]?.what).toBe(finding?.what);
  await emulator.close();
});

describe('finds an emulator', () => {
  const faultsOf = async (options: Omit<AttackOptions, 'seed'>) =>
    (await attackEmulator({ ...options, seed: 1 })).faults.join('\n');

  it('that crashes', async () => {
    const faults = await faultsOf({ harm: 'crash', requests: 200 });
    expect(faults).toBe('the emulator ended by itself (3)');
  });

  it('that is stuck', async () => {
    const faults = await faultsOf({ harm: 'stick', requests: 200, deadline: 200 });
    expect(faults).toBe('a plain call after the run did not get its 200');
  });

  it('whose memory grows', async () => {
    expect(await faultsOf({ harm: 'leak', requests: 2_000 })).toMatch(
      /^its memory grew by \d+ MiB$/,
    );
  });
});

describe('finds', () => {
  const found = (handle: http.RequestListener, more: Partial<FuzzOptions> = {}) =>
    foundIn(
      http.createServer(handle).on('clientError', (_, socket) => {
        const type = 'x-amzn-errortype: MalformedHttpRequestException';
        socket.end(`HTTP/1.1 400 Bad\r\n${type}\r\nContent-Length: 0\r\n\r\n`);
      }),
      more,
    );

  async function foundIn(server: Server, more: Partial<FuzzOptions> = {}): Promise<FuzzReport> {
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    const port = await listen(server);
    const host = `127.0.0.1:${port}`;
    const report = await fuzz({ host, seed: 1, requests: 200, ...more });
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    return report;
  }

  const what = ({ findings }: FuzzReport) => findings.map((finding) => finding.what).join('\n');
  const refuse = (res: http.ServerResponse, status: number) =>
    res.writeHead(status, { 'x-amzn-errortype': 'X', 'Content-Length': 2 }).end('{}');

  it('a 500', async () => {
    expect(what(await found((_, res) => refuse(res, 500)))).toMatch(/a 500: \{\}/);
  });

  it('an error without its name', async () => {
    const report = await found((_, res) => res.writeHead(404, { 'Content-Length': 2 }).end('{}'));
    expect(what(report)).toMatch(/a 404 without x-amzn-errortype/);
  });

  it('a status that no rule gives', async () => {
    expect(what(await found((_, res) => refuse(res, 418)))).toMatch(/a 418 to a signed call/);
  });

  it('a call without an answer', async () => {
    const report = await found((req, res) => {
      if (req.headers['transfer-encoding']) res.destroy();
      else if (res.req.socket.bytesRead % 2) refuse(res, 400);
      else req.socket.destroy();
    });
    expect(what(report)).toMatch(/\d answers to 10 requests with nothing behind them/);
  });

  it('an answer that is lost behind a message that was attacked', async () => {
    const close: http.RequestListener = (req, res) => {
      if (!req.url?.startsWith('/contact')) res.setHeader('Connection', 'close');
      refuse(res, 400);
    };
    const report = await found(close, { requests: 2_000 });
    expect(what(report)).toMatch(/\d answers to \d+ requests with (nothing|doubt) behind them/);
  });

  it('what is no HTTP without a refusal', async () => {
    const server = http.createServer((_, res) => refuse(res, 400));
    const report = await foundIn(server.on('clientError', (_, socket) => socket.destroy()));
    expect(what(report)).toMatch(/(\d+) answers to \1 requests with doubt behind them/);
  });

  it('an answer too many', async () => {
    const eleven = 'HTTP/1.1 400 Bad\r\nx-amzn-errortype: X\r\nContent-Length: 0\r\n\r\n'.repeat(
      11,
    );
    const server = createServer({ allowHalfOpen: true }, (socket) =>
      ignore(socket).on('end', () => socket.end(eleven)),
    );
    expect(what(await foundIn(server))).toMatch(
      /11 answers to 10 requests with nothing behind them/,
    );
  });

  it('a connection that hangs', async () => {
    const report = await foundIn(createServer({ allowHalfOpen: true }, ignore), { deadline: 50 });
    expect(what(report)).toMatch(/was not ended in time/);
  });

  it('a refusal that stands for the calls ahead of it', async () => {
    const report = await found((_, res) =>
      res
        .writeHead(400, {
          'x-amzn-errortype': 'MalformedHttpRequestException',
          'Content-Length': 2,
        })
        .end('{}'),
    );
    expect(what(report)).toMatch(/a 400 for no HTTP, to request 1 of \d/);
  });

  it('bytes that are no response', async () => {
    const report = await foundIn(createServer((socket) => ignore(socket).end('nonsense')));
    expect(what(report)).toMatch(/what is no response: nonsense/);
  });
});

describe('the requests of a connection', () => {
  const GET = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
  const put = (headers: string, body: string) => `PUT /x HTTP/1.1\r\n${headers}\r\n\r\n${body}`;
  const LENGTH = put('Content-Length: 3', 'abc');

  it.each([
    ['none', '', 0, 'nothing'],
    ['empty lines only', '\r\n\n\r', 0, 'nothing'],
    ['two', GET + LENGTH, 2, 'nothing'],
    ['one behind empty lines', `\r\n\r\n${GET}`, 1, 'nothing'],
    ['in chunks', put('Transfer-Encoding: chunked', '3\r\nabc\r\n0\r\n\r\n') + GET, 2, 'nothing'],
    ['the last of a connection', put('Connection: close', '') + GET, 1, 'a closed connection'],
    ['an old one', GET.replace('1.1', '1.0') + GET, 1, 'a closed connection'],
    [
      'an old one that stays',
      put('Connection: keep-alive', '').replace('1.1', '1.0') + GET,
      2,
      'nothing',
    ],
    [
      'one for another protocol',
      put('Connection: upgrade\r\nUpgrade: x', '') + GET,
      1,
      'a closed connection',
    ],
    ['one cut off', GET + LENGTH.slice(0, -1), 1, 'doubt'],
    ['a head cut off', GET + GET.slice(0, -1), 1, 'doubt'],
    ['two lengths', GET + put('Content-Length: 3\r\nContent-Length: 3', 'abc'), 1, 'doubt'],
    ['a length and chunks', put('Content-Length: 3\r\nTransfer-Encoding: chunked', ''), 0, 'doubt'],
    ['a bad chunk', put('Transfer-Encoding: chunked', '3\r\nabcd\r\n0\r\n\r\n'), 0, 'doubt'],
    ['a line without carriage return', 'GET / HTTP/1.1\nHost: a\n\n', 0, 'doubt'],
    ['another method', GET.replace('GET', 'BREW'), 0, 'doubt'],
    ['a folded line', GET.replace('a\r', 'a\r\n b\r'), 0, 'doubt'],
    ['a space ahead of a colon', GET.replace('Host:', 'Host :'), 0, 'doubt'],
  ])('%s', (_, text, count, behind) => {
    const read = requestsIn(Buffer.from(text));
    expect([read.requests.length, read.behind]).toEqual([count, behind]);
  });

  it('are where they are, and of their method', () => {
    const { requests } = requestsIn(Buffer.from(`\r\n${GET}${LENGTH}`));
    expect(requests).toEqual([
      { at: 2, end: 2 + GET.length, method: 'GET' },
      { at: 2 + GET.length, end: 2 + GET.length + LENGTH.length, method: 'PUT' },
    ]);
  });
});

/** Reads what comes and minds no reset. */
function ignore(socket: Socket): Socket {
  return socket.on('error', () => {}).resume();
}
