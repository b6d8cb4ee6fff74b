/**
 * Stands between Pact's verifier and the provider: sets the provider states, and signs each request
 * for real, since the signature in a pact is only an example.
 *
 * A state that cannot be set blocks its interaction. Pact by itself would only warn, and pass.
 */

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { ordinaryFacts } from '../operation/facts.ts';
import { controlDoor } from './control-door.ts';
import { forward } from './forward.ts';
import type { WrittenState } from './pact-file.ts';
import { readBytes } from './read-bytes.ts';
import { type SigningKey, signedHeaders } from './resign.ts';
import { type Caller, STATES, type StateContext, type StateHandler } from './states.ts';

export interface Target {
  /** Base address of the provider. */
  readonly url: string;
  /** Base address of its control door. */
  readonly controlUrl: string;
  /** Key of outbound campaigns, and of somebody else. */
  readonly principal: SigningKey;
  readonly outsider: SigningKey;
}

export interface ProviderDoor {
  readonly url: string;
  readonly stateUrl: string;
  /** Why states could not be set, by `stateKey`. */
  readonly blocked: ReadonlyMap<string, string>;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly now: () => Date;
  readonly onRequest: () => void;
  /** By name; `STATES` unless a test says otherwise. */
  readonly handlers?: Readonly<Record<string, StateHandler<never>>>;
}

const STATE_PATH = '/_pactSetup';

/** One text for a state and its parameters. */
export function stateKey({ name, params }: WrittenState): string {
  return `${name} ${JSON.stringify(params ?? {}, sortedKeys)}`;
}

export async function openProviderDoor(
  target: Target,
  { now, onRequest, handlers = STATES }: DoorOptions,
): Promise<ProviderDoor> {
  const blocked = new Map<string, string>();
  const { region } = ordinaryFacts();
  let obstacle: string | null = null;
  let caller: Caller = 'principal';
  const context: StateContext = {
    door: controlDoor(target.controlUrl),
    signAs: (next) => {
      caller = next;
    },
  };

  const setState = async (body: Buffer): Promise<void> => {
    const { action, state, params } = JSON.parse(body.toString()) as {
      action: string;
      state: string;
      params?: Record<string, unknown>;
    };
    if (action !== 'setup') {
      obstacle = null;
      return;
    }
    try {
      const handler = Object.hasOwn(handlers, state) ? handlers[state] : undefined;
      if (!handler) throw new Error('no handler sets this state');
      await handler((params ?? {}) as never, context);
    } catch (error) {
      obstacle ??= `State "${state}" was not set: ${told(error)}`;
      blocked.set(stateKey({ name: state, params: params ?? {} }), obstacle);
    }
  };

  const pass = async (request: IncomingMessage, body: Buffer, reply: ServerResponse) => {
    if (obstacle !== null) {
      reply.writeHead(500, { 'content-type': 'text/plain' }).end(obstacle);
      return;
    }
    onRequest();
    const outgoing = {
      method: request.method ?? '',
      target: request.url ?? '',
      host: new URL(target.url).host,
      contentType: request.headers['content-type'] ?? '',
      body,
    };
    const headers = signedHeaders(outgoing, keyOf(caller, target), region, now());
    const answer = await forward(target.url, { ...outgoing, headers });
    reply.writeHead(answer.status, endToEnd(answer.headers)).end(answer.body);
  };

  const server = createServer((request, reply) => {
    readBytes(request)
      .then(async (body) => {
        if (request.url !== STATE_PATH) return pass(request, body, reply);
        await setState(body);
        // Never an error status: the verifier would repeat the call for minutes.
        reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      })
      .catch((error: unknown) => {
        reply.writeHead(502, { 'content-type': 'text/plain' }).end(told(error));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    stateUrl: url + STATE_PATH,
    blocked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function keyOf(caller: Caller, { principal, outsider }: Target): SigningKey {
  switch (caller) {
    case 'principal':
      return principal;
    case 'outsider':
      return outsider;
    case 'unknown key':
      return { ...principal, accessKeyId: 'AKIDNOBODYHASTHISKEY' };
    case 'wrong secret':
      return { ...principal, secretAccessKey: 'not-the-secret-of-this-key' };
  }
}

/** The headers without those that belong to the one connection. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...rest } = headers;
  return rest;
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function told(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
