/**
 * A proxy between Pact's verifier and the provider. It passes provider states to the provider. It signs each
 * request, because the signature in a pact is only an example. It holds each answer to the laws that no pact can
 * express, and gives it to the verifier in the form of the pact.
 */

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { operationAt } from '../../operation/operations.ts';
import { type SigningKey, signedHeaders } from '../../system/sign-request.ts';
import type { HttpInteraction } from '../pact/any-pact.ts';
import { type CallerKeys, keyOf } from './callers.ts';
import { type Answered, forward } from './forward.ts';
import { breachesOf, unreadable } from './laws.ts';
import { inFormOfPact, jsonOf } from './read-answer.ts';
import { readBytes } from './read-bytes.ts';
import type { Seen } from './seen.ts';
import type { StateSetter } from './state-setter.ts';

/** The addresses of the provider, and the keys with which its callers sign. */
export interface ProviderAccess {
  /** Base address of the provider. A path in it comes before that of every request. */
  readonly url: string;
  /** Base address of its control door. */
  readonly controlUrl: string;
  /** Key of outbound campaigns. */
  readonly principal: SigningKey;
  /** Key of a caller that the provider knows and refuses. */
  readonly outsider: SigningKey;
  /** Key of a caller whose policies allow nothing. Default: that of the outsider. */
  readonly denied?: SigningKey;
  /** Key of a session that has expired. Without it, no call of such a caller can be verified. */
  readonly expired?: SigningKey | null;
}

export interface ProviderDoor {
  readonly url: string;
  readonly stateUrl: string;
  close(): Promise<void>;
}

/** What the provider answered to an interaction. */
export interface Observed {
  readonly answer: Answered;
  /** How it breaks the laws, a sentence each. */
  readonly breaches: readonly string[];
}

export interface DoorOptions {
  readonly states: StateSetter;
  readonly now: () => Date;
  /** Called for each request that is passed on. */
  readonly onRequest: () => void;
  /** Region of the signature's scope. Default: the emulator's. */
  readonly region?: string | undefined;
  /** Of the pact that is verified, by the number in `NUMBER_HEADER`. Without it, answers are passed on unread. */
  readonly interactions?: readonly HttpInteraction[];
  /** The choices whose values are asserted. */
  readonly chosen?: ReadonlySet<string>;
  readonly seen?: Seen;
  /** Called for each answer to an interaction. */
  readonly onAnswer?: (n: number, observed: Observed) => void;
}

/** The header by which a request says of which interaction it is. The provider does not get it. */
export const NUMBER_HEADER = 'x-dialproof-interaction';

const STATE_PATH = '/_pactSetup';

export async function openProviderDoor(
  target: Pick<ProviderAccess, 'url'> & CallerKeys,
  { states, now, onRequest, region, interactions = [], chosen, seen, onAnswer }: DoorOptions,
): Promise<ProviderDoor> {
  const pass = async (request: IncomingMessage, body: Buffer, reply: ServerResponse) => {
    const obstacle = states.obstacle();
    const caller = states.caller();
    const key = keyOf(caller, target);
    if (obstacle !== null || key === null) {
      refuse(
        reply,
        obstacle
          ? `The state "${obstacle.state}" was not set: ${obstacle.why}`
          : `no key of ${caller}`,
      );
      return;
    }
    onRequest();
    const n = Number(request.headers[NUMBER_HEADER] ?? Number.NaN);
    const interaction = interactions[n];
    const { method = '', url = '', headers } = request;
    const { operation = null, labels = {} } = operationAt(method, url.split('?')[0] ?? '') ?? {};
    const call = {
      target,
      key,
      method,
      path: url,
      body,
      headers: ownHeaders(headers, interaction),
      region,
    };
    const once = () => send(call, now());
    const asserts429 = !interaction || interaction.status === 429;
    const answer = await (asserts429 ? once() : patiently(once));
    let told = answer;
    if (interaction) {
      const exchange = operation && {
        operation,
        request: jsonOf(body),
        resource: Object.values(labels ?? {})[0] ?? null,
        answer,
      };
      // A pact of a team's own says what it wants of results. What no client can read is wrong in any case.
      const isOurs = interaction.written !== null;
      const breaches = exchange
        ? isOurs
          ? [...breachesOf(exchange), ...(seen?.add(exchange) ?? [])]
          : unreadable(answer)
        : [];
      const choice = interaction.written?.choice;
      const strict = choice?.name === 'emptyLists' && (chosen?.has(choice.name) ?? false);
      onAnswer?.(n, {
        answer,
        breaches: [...breaches, ...(strict ? unchosen(choice.value, answer) : [])],
      });
      if (isOurs) told = inFormOfPact(answer, operation, strict);
    }
    reply.writeHead(told.status, endToEnd(told.headers)).end(told.body);
  };

  const server = createServer((request, reply) => {
    readBytes(request)
      .then(async (body) => {
        if (request.url !== STATE_PATH) return pass(request, body, reply);
        await states.take(body.toString());
        // The status is 200 even after a failure. The verifier would repeat a failed state change for minutes.
        reply.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      })
      .catch((error: unknown) => refuse(reply, `the provider did not answer: ${String(error)}`));
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

export interface SignedCall {
  readonly target: { readonly url: string };
  readonly key: NonNullable<CallerKeys['principal']>;
  readonly method: string;
  /** Path and query below the address of the provider. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly region: string | undefined;
}

/** Signs a call and sends it. The path of the address comes before that of the call, and is signed with it. */
export function send(
  { target, key, method, path, headers, body, region = ordinaryFacts().region }: SignedCall,
  at: Date,
): Promise<Answered> {
  const { host, origin, pathname } = new URL(target.url);
  const whole = pathname.replace(/\/$/, '') + path;
  const { operation } = operationAt(method, path.split('?')[0] ?? '') ?? { operation: null };
  // A path of no operation is refused before its signature is read.
  const service = (operation ?? BATCH_PUT_CONTACT).service.signingName;
  const unsigned = {
    method,
    target: whole,
    host,
    body,
    contentType: headers['content-type'] ?? '',
  };
  const signed = signedHeaders(unsigned, key, { region, service }, at.getTime());
  return forward(origin, { method, target: whole, headers: { ...headers, ...signed }, body });
}

/** What the signer writes anew, and what belongs to one connection only. */
const NOT_PASSED =
  /^(authorization|host|connection|content-length|transfer-encoding|x-amz-(date|security-token|content-sha256)|x-dialproof-.*)$/;

/** The headers that the pact has; what the verifier adds of its own is left out. */
function ownHeaders(
  headers: IncomingHttpHeaders,
  interaction: HttpInteraction | undefined,
): Record<string, string> {
  const named = interaction ? Object.keys(interaction.headers) : ['content-type'];
  return Object.fromEntries(
    [...new Set([...named, 'content-type'])]
      .filter((name) => !NOT_PASSED.test(name) && headers[name] !== undefined)
      .map((name) => [name, String(headers[name])]),
  );
}

const MOST_TRIES = 5;
const BUCKET_MS = 1_000;

/** Sends again what the quota of the provider refused, as a client does. */
export async function patiently(send: () => Promise<Answered>): Promise<Answered> {
  for (let tries = 1; ; tries += 1) {
    const answer = await send();
    if (answer.status !== 429 || tries === MOST_TRIES) return answer;
    await wait(BUCKET_MS);
  }
}

/** Whether an answer has empty lists where it was chosen that there are none. */
function unchosen(value: string, { body }: Answered): string[] {
  if (value !== 'omitted') return [];
  const lists = Object.entries(Object(jsonOf(body)) as Record<string, unknown>);
  return lists
    .filter(([, list]) => Array.isArray(list) && list.length === 0)
    .map(([name]) => `${name} is sent as [], although empty lists are omitted`);
}

/** Answers with a status that no interaction expects. */
function refuse(reply: ServerResponse, why: string): void {
  reply.writeHead(502, { 'content-type': 'text/plain' }).end(why);
}

/** Returns the headers without those that apply to one connection only, or to the body as it was sent. */
export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const {
    connection: _,
    'keep-alive': __,
    'transfer-encoding': ___,
    'content-length': ____,
    ...rest
  } = headers;
  return rest;
}
