/** The emulator as a container runs it: settings by environment, a ready line, a health check, an end on SIGTERM. */

import { once } from 'node:events';
import http, { createServer } from 'node:http';
import { connect } from 'node:net';
import { CLOSE_GRACE_MILLISECONDS } from '../../emulator/emulator.ts';
import { readHealth } from '../../load/endpoint/read-health.ts';
import { closeServer, listen } from '../support/listen.ts';
import { dialproofWith, ended, startWith } from './command.ts';

/** Seconds that a container has to end in, unless its engine is told otherwise. */
const STOP_SECONDS = 10;

const IMAGE = {
  DIALPROOF_ALLOW_REMOTE: 'true',
  DIALPROOF_HOST: '0.0.0.0',
  DIALPROOF_PORT: '0',
  DIALPROOF_CONTROL_HOST: '0.0.0.0',
  DIALPROOF_CONTROL_PORT: '0',
  DIALPROOF_REGION: 'eu-central-1',
};

test('it says when it is ready, is healthy, and ends in time whoever is connected', async () => {
  const child = startWith(IMAGE, 'emulator');
  const result = ended(child);
  let said = '';
  while (!said.includes('\n\n')) {
    const [chunk] = (await once(child.stdout ?? child, 'data')) as [string];
    said += chunk;
  }
  const [ready = '', control = ''] = said.split('\n');
  const port = /^listening at +http:\/\/0\.0\.0\.0:(\d+) /.exec(ready)?.[1];
  const controlPort = /^control door at +http:\/\/0\.0\.0\.0:(\d+)$/.exec(control)?.[1];
  expect([port, controlPort]).toEqual([expect.any(String), expect.any(String)]);

  const asked = await dialproofWith({ DIALPROOF_CONTROL_PORT: controlPort ?? '' }, 'health');
  expect(asked).toEqual({ code: 0, stdout: `http://127.0.0.1:${controlPort} is ok\n`, stderr: '' });

  // Idle, in the middle of a request, and a reader without end.
  const agent = new http.Agent({ keepAlive: true });
  const idle = http.get(`http://127.0.0.1:${port}/`, { agent });
  const [answer] = (await once(idle, 'response')) as [http.IncomingMessage];
  await once(answer.resume(), 'end');
  const half = connect(Number(port), '127.0.0.1');
  half.on('error', () => {});
  half.write('PUT /contact/batch/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
  const reader = http.get(`http://127.0.0.1:${controlPort}/events`);
  reader.on('error', () => {});
  const [events] = (await once(reader, 'response')) as [http.IncomingMessage];
  events.on('error', () => {});
  events.resume();

  const since = performance.now();
  child.kill('SIGTERM');
  const { code } = await result;
  const seconds = (performance.now() - since) / 1_000;
  agent.destroy();
  half.destroy();
  expect(code).toBe(0);
  // The two seconds of docs/containers.md are those of a machine that has time for it.
  expect(CLOSE_GRACE_MILLISECONDS).toBeLessThan(2_000);
  expect(seconds).toBeLessThan(STOP_SECONDS);
});

describe('what is not healthy', () => {
  async function answering(status: number, body: string) {
    const server = createServer((_, res) => res.writeHead(status).end(body));
    const origin = `http://127.0.0.1:${await listen(server)}`;
    const read = await readHealth(origin, 5_000);
    await closeServer(server);
    return { ...read, text: read.text.replace(origin, 'ORIGIN') };
  }

  test.each([
    [
      503,
      '{"status":"failing","store":"does not answer"}',
      'ORIGIN is failing (store: does not answer)',
    ],
    [200, '<html>', 'ORIGIN is no control door of dialproof: it answered 200'],
    [200, '{"hello":1}', 'ORIGIN is no control door of dialproof: it answered 200'],
    [500, '{"status":"ok"}', 'ORIGIN is no control door of dialproof: it answered 500'],
  ])('%i %s', async (status, body, text) => {
    expect(await answering(status, body)).toMatchObject({ healthy: false, text });
  });

  test('one that is ok is', async () => {
    expect(await answering(200, '{"status":"ok"}')).toMatchObject({ healthy: true });
  });

  test('nobody there: exit code 1, and one sentence', async () => {
    const asked = await dialproofWith({}, 'health', '--url', 'http://127.0.0.1:1');
    expect(asked).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1 does not answer \(.+\)\n$/),
    });
  });

  test('one that does not answer in time', async () => {
    const server = createServer(() => {});
    const origin = `http://127.0.0.1:${await listen(server)}`;
    expect(await readHealth(origin, 50)).toMatchObject({
      healthy: false,
      text: `${origin} did not answer in 0.05 s`,
    });
    await closeServer(server);
  });
});
