/** Runs Pact's own mock server with the interactions of a written pact. */

import { createServer } from 'node:net';
import { UnavailableError } from '../../system/errors.ts';
import { loadPactCore, type NativeInteraction } from './pact.ts';
import type { PactFile, WrittenBody, WrittenInteraction, WrittenMessage } from './pact-file.ts';
import { CONTENT_TYPE } from './pact-request.ts';

export interface MockServer {
  readonly url: string;
  close(): void;
}

const HOST = '127.0.0.1';
const SPECIFICATION_V4 = 5;

/**
 * Serves interactions on 127.0.0.1. A request that matches no interaction gets 500 with the header
 * `x-pact`. If several match, Pact takes one of them.
 *
 * @param port 0 takes a free one.
 * @throws UnavailableError if the port cannot be opened, or Pact has no library for this platform.
 */
export function openMockServer(interactions: PactFile['interactions'], port = 0): MockServer {
  const core = loadPactCore();
  const pact = core.makeConsumerPact('consumer', 'provider', SPECIFICATION_V4, 'error');
  for (const interaction of interactions) declare(pact.newInteraction(''), interaction);
  const bound = listen(() => pact.createMockServer(HOST, port), port);
  return {
    url: `http://${HOST}:${bound}`,
    close: () => {
      pact.cleanupMockServer(bound);
    },
  };
}

/** @throws UnavailableError if the port is in use. Pact would say so on stdout, in lines of its own. */
export async function checkPortFree(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => reject(portRefused(port)));
    server.listen(port, HOST, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}

function listen(open: () => number, port: number): number {
  let bound: number;
  try {
    bound = open();
  } catch {
    throw portRefused(port);
  }
  // Pact returns a negative number for a failure, which arrives as one that is no port.
  if (!(bound > 0 && bound <= 65_535)) throw portRefused(port);
  return bound;
}

function portRefused(port: number): UnavailableError {
  return new UnavailableError(
    `Pact's mock server cannot listen on port ${port}: stop what listens there or choose another port`,
  );
}

function declare(mock: NativeInteraction, { description, request, response }: WrittenInteraction) {
  mock.uponReceiving(description);
  mock.withRequest(request.method, request.path);
  for (const [name, value] of headersOf(request)) mock.withRequestHeader(name, 0, value);
  if (request.body) mock.withRequestBody(...bodyOf(request.body));
  mock.withRequestMatchingRules(JSON.stringify(request.matchingRules ?? {}));
  mock.withStatus(response.status);
  for (const [name, value] of headersOf(response)) mock.withResponseHeader(name, 0, value);
  if (response.body) mock.withResponseBody(...bodyOf(response.body));
  mock.withResponseMatchingRules(JSON.stringify(response.matchingRules ?? {}));
}

function headersOf({ headers = {} }: WrittenMessage): [string, string][] {
  return Object.entries(headers).map(([name, values]) => [name, values.join(', ')]);
}

function bodyOf(body: WrittenBody): [body: string, contentType: string] {
  return [JSON.stringify(body.content), body.contentType ?? CONTENT_TYPE];
}
