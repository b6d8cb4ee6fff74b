/** Runs Pact's own mock server with the interactions of a written pact. */

import { UnavailableError } from '../../system/errors.ts';
import { loadPactCore, type NativeInteraction, type NativeMismatch } from './pact.ts';
import type { PactFile } from './pact-file.ts';
import { type ServedInteraction, servedInteraction } from './served.ts';

export interface MockServer {
  readonly url: string;
  /** What did not match so far. */
  mismatches(): readonly NativeMismatch[];
  close(): void;
}

/** The header of an answer that has the number of its interaction. */
export const MATCHED = 'x-dialproof-interaction';

const HOST = '127.0.0.1';
const SPECIFICATION_V4 = 5;

/**
 * Serves the interactions of a pact of V4 on 127.0.0.1, as `openMockOf` does.
 *
 * @param port 0 takes a free one.
 */
export function openMockServer(interactions: PactFile['interactions'], port = 0): MockServer {
  const served = interactions.map((one) =>
    servedInteraction(
      {
        description: one.description,
        method: one.request.method,
        path: one.request.path,
        status: one.response.status,
        raw: { ...one },
      },
      4,
    ),
  );
  return openMockOf(served, port);
}

/**
 * Serves interactions on 127.0.0.1. A request that matches no interaction gets 500 with the header
 * `x-pact`. If several match, Pact takes one of them. Every other answer has the header `MATCHED`.
 *
 * @param port 0 takes a free one.
 * @throws UnavailableError if the port cannot be opened, or Pact has no library for this platform.
 */
export function openMockOf(interactions: readonly ServedInteraction[], port = 0): MockServer {
  const core = loadPactCore();
  const pact = core.makeConsumerPact('consumer', 'provider', SPECIFICATION_V4, 'error');
  for (const [n, interaction] of interactions.entries()) {
    // Pact keeps one of two interactions with the same description.
    declare(pact.newInteraction(''), interaction, n);
  }
  const bound = listen(() => pact.createMockServer(HOST, port), port);
  return {
    url: `http://${HOST}:${bound}`,
    mismatches: () => pact.mockServerMismatches(bound),
    close: () => {
      pact.cleanupMockServer(bound);
    },
  };
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

/**
 * The bytes that the body of a request must be, which the caller of the mock server compares. Null: Pact compares the
 * body, because it is a text, or because the pact has a rule for it.
 */
export function bytesOf({ request: { body, rules } }: ServedInteraction): Buffer | null {
  return body && body.text === null && rules.body === undefined ? body.bytes : null;
}

function declare(mock: NativeInteraction, interaction: ServedInteraction, n: number) {
  const { description, method, path, query, request, status, response } = interaction;
  mock.uponReceiving(`${description} ${n}`);
  mock.withRequest(method, path);
  for (const [name, values] of query) {
    for (const [i, value] of values.entries()) mock.withQuery(name, i, value);
  }
  for (const [name, value] of request.headers) mock.withRequestHeader(name, 0, value);
  if (request.body) {
    const { bytes, text, type } = request.body;
    if (text !== null) mock.withRequestBody(text, type);
    // Pact matches the kind of such bytes, and not the bytes: see `bytesOf`.
    else if (bytesOf(interaction) === null) mock.withRequestBinaryBody(bytes, type);
  }
  mock.withRequestMatchingRules(JSON.stringify(request.rules));
  mock.withStatus(status);
  mock.withResponseHeader(MATCHED, 0, String(n));
  for (const [name, value] of response.headers) mock.withResponseHeader(name, 0, value);
  if (response.body) {
    const { bytes, text, type } = response.body;
    if (text === null) mock.withResponseBinaryBody(bytes, type);
    else mock.withResponseBody(text, type);
  }
  mock.withResponseMatchingRules(JSON.stringify(response.rules));
}
