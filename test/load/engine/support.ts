/** A small server to send to, and scripts run against it. */

import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import {
  type EngineOptions,
  type EngineResult,
  runInstance as engineInstance,
  type InstanceOutcome,
  runK6Script,
} from '../../../load/engine/engine.ts';
import { closeServer, listen } from '../../support/listen.ts';
import { tempDir } from '../../support/temp-dir.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface TestServer {
  readonly url: string;
  readonly port: number;
  /** Requests in the order of their arrival. */
  readonly received: Received[];
  close(): Promise<void>;
}

/**
 * `/status/N` answers N, `/named/N` too, with the error name of an AWS service, `/reset` resets the connection, `/hangup` closes it, `/never` does not
 * answer, `/redirect` leads to `/echo`, `/binary` gives bytes that are no UTF-8. Anything else echoes.
 */
export async function startServer(): Promise<TestServer> {
  const received: Received[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const one = {
        method: request.method ?? '',
        path,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      received.push(one);
      answer(path, one, request, response);
    });
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    async close() {
      await closeServer(server);
    },
  };
}

/** Starts a server before the tests of a file or of a `describe` block, and closes it after them. */
export function useServer(): TestServer {
  let started: TestServer | null = null;
  const server = () => {
    if (!started) throw new Error('the server is there from beforeAll to afterAll');
    return started;
  };
  beforeAll(async () => {
    started = await startServer();
  });
  afterAll(() => started?.close());
  return {
    get url() {
      return server().url;
    },
    get port() {
      return server().port;
    },
    get received() {
      return server().received;
    },
    close: () => server().close(),
  };
}

function answer(
  path: string,
  received: Received,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  if (path === '/reset') request.socket.resetAndDestroy();
  else if (path === '/hangup') request.socket.destroy();
  else if (path === '/never') return;
  else if (path === '/redirect') response.writeHead(302, { location: '/echo' }).end();
  else if (path === '/binary') response.end(Buffer.from([0, 255, 254]));
  else if (path.startsWith('/named/')) {
    response.setHeader('x-amzn-errortype', 'AccessDeniedException:http://internal.example/');
    response.writeHead(Number(path.slice(7))).end('{}');
  } else if (path.startsWith('/status/')) response.writeHead(Number(path.slice(8))).end('{}');
  else {
    response.setHeader('x-amzn-requestid', 'r-1');
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ ...received, list: [{ id: 'a' }, { id: 'b' }] }));
  }
}

/** Console lines that a script wrote, one JSON value each. */
export type Lines = unknown[];

export interface Ran {
  readonly result: EngineResult;
  readonly lines: Lines;
}

/** Writes a script where it can be run from. */
export function scriptOf(text: string, name = 'script.ts'): string {
  const path = join(tempDir(), name);
  writeFileSync(path, text);
  return path;
}

type Options = Partial<Omit<EngineOptions, 'script'>>;

/** Runs a script of test/load/engine/scripts by name, or the text of one. */
export async function run(script: string, options: Options = {}): Promise<Ran> {
  const consoleOutput = join(tempDir(), 'console.txt');
  const result = await runK6Script({ ...options, script: pathOf(script), consoleOutput });
  return { result, lines: linesOf(consoleOutput) };
}

/** The same for one instance of several. */
export async function runInstance(
  script: string,
  options: Options,
): Promise<{ readonly outcome: InstanceOutcome; readonly lines: Lines }> {
  const consoleOutput = join(tempDir(), 'console.txt');
  const outcome = await engineInstance({ ...options, script: pathOf(script), consoleOutput });
  return { outcome, lines: linesOf(consoleOutput) };
}

function pathOf(script: string): string {
  return /^[a-z-]+$/.test(script) ? join(__dirname, 'scripts', `${script}.ts`) : scriptOf(script);
}

function linesOf(file: string): Lines {
  const text = readFileSync(file, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
