/**
 * A proxy between Pact's verifier and the provider. It passes provider states to the provider. It signs each
 * request, because the signature in a pact is only an example.
 */

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { operationAt } from '../../operation/operations.ts';
import { type SigningKey, signedHeaders } from '../../system/sign-request.ts';
import type { Caller } from '../agreement/states.ts';
import { forward } from './forward.ts';
import { readBytes } from './read-bytes.ts';
import type { StateSetter } from './state-setter.ts';

/** The addresses of the provider, and the keys with which its callers sign. */
export interface ProviderAccess {
  /** Base address of the provider. */
  readonly url: string;
  /** Base address of its control door. */
  readonly controlUrl: string;
  /** Key of outbound campaigns. */
  readonly principal: SigningKey;
  /** Key of a caller that the provider knows and refuses. */
  readonly outsider: SigningKey;
  /** Key of a caller whose policies allow nothing. Default: that of the outsider. */
  readonly denied?: SigningKey;
}

export interface ProviderDoor {
  readonly url: string;
  readonly stateUrl: string;
  close(): Promise<void>;
}

export interface DoorOptions {
  readonly states: StateSetter;
  readonly now: () => Date;
  /** Called for each request that is passed on. */
  readonly onRequest: () => void;
  /** Region of the signature's scope. Default: the emulator's. */
  readonly region?: string;
}

const STATE_PATH = '/_pactSetup';

export async function openProviderDoor(
  target: ProviderAccess,
  { states, now, onRequest, region = ordinaryFacts().region }: DoorOptions,
): Promise<ProviderDoor> {
  const { host } = new URL(target.url);

  const pass = async (request: IncomingMessage, body: Buffer, reply: ServerResponse) => {
    const obstacle = states.obstacle();
    if (obstacle !== null) {
      refuse(reply, `The state "${obstacle.state}" was not set: ${obstacle.why}`);
      return;
    }
    onRequest();
    const { method = '', url = '', headers } = request;
    const unsigned = {
      method,
      target: url,
      host,
      body,
      contentType: headers['content-type'] ?? '',
    };
    const scope = { region, service: serviceOf(method, url) };
    const key = keyOf(states.caller(), target);
    const signed = signedHeaders(unsigned, key, scope, now().getTime());
    const answer = await forward(target.url, { ...unsigned, headers: signed });
    reply.writeHead(answer.status, endToEnd(answer.headers)).end(answer.body);
  };

  const server = createServer((request, reply) => {
    readBytes(request)
      .then(async (body) => {
        if (request.url !== STATE_PATH) return pass(request, body, reply);
        await states.take(body.toString());
        // The status is 200 even after a failure. The verifier would repeat a failed state change for minutes.
        reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      })
      .catch((error: unknown) => refuse(reply, String(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    stateUrl: url + STATE_PATH,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The service whose name is in the signature. A path of no operation is refused before its signature is read. */
function serviceOf(method: string, target: string): string {
  const [path = ''] = target.split('?');
  const { operation = null } = operationAt(method, path) ?? {};
  return (operation ?? BATCH_PUT_CONTACT).service.signingName;
}

/** Answers with a status that no interaction expects. */
function refuse(reply: ServerResponse, why: string): void {
  reply.writeHead(502, { 'content-type': 'text/plain' }).end(why);
}

function keyOf(caller: Caller, { principal, outsider, denied }: ProviderAccess): SigningKey {
  switch (caller) {
    case 'principal':
      return principal;
    case 'outsider':
      return outsider;
    case 'denied':
      return denied ?? outsider;
    case 'unknown key':
      return { ...principal, accessKeyId: 'AKIDNOBODYHASTHISKEY' };
    case 'wrong secret':
      return { ...principal, secretAccessKey: 'not-the-secret-of-this-key' };
  }
}

/** Returns the headers without those that apply to one connection only. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...rest } = headers;
  return rest;
}
