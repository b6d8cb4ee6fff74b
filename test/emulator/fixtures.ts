/** Good contacts, signed requests, and the two ways to send one: over the wire and as a value. */

import { request as httpRequest } from 'node:http';
import { exchange } from '../../emulator/call/door/exchange.ts';
import type { Service } from '../../emulator/call/service.ts';
import type { ProcessFigures } from '../../emulator/control/process-watch.ts';
import {
  type EmulatorOptions,
  type RunningEmulator,
  startEmulator,
} from '../../emulator/emulator.ts';
import { type AccessKey, ORDINARY_KEYS } from '../../emulator/identity/keys.ts';
import type { WireRequest } from '../../emulator/wire/request.ts';
import { formatTimestamp } from '../../operation/aws/sigv4.ts';
import { pathOf } from '../../operation/connect/address.ts';
import type {
  BatchPutContactResponse,
  ContactDataRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { type Choices, choose } from '../../operation/connect/choices.ts';
import { type Facts, ORDINARY_INSTANCE, ordinaryFacts } from '../../operation/connect/facts.ts';
import { authorizationFor } from '../../system/sign-request.ts';

export const INSTANCE_PATH = pathOf(ORDINARY_INSTANCE.id);
export const [PRINCIPAL, SESSION, EXPIRED, OUTSIDER] = ORDINARY_KEYS as [
  AccessKey,
  AccessKey,
  AccessKey,
  AccessKey,
];

export function contact(n = 0, change: Partial<ContactDataRequest> = {}): ContactDataRequest {
  return {
    RequestIdentifier: `item-${n}`,
    CustomerEndpoint: {
      Type: 'TELEPHONE_NUMBER',
      Address: `+1206555${String(100 + (n % 90)).padStart(4, '0')}`,
    },
    Campaign: { CampaignId: 'campaign-1' },
    QueueId: ORDINARY_INSTANCE.queues[0].id,
    ...change,
  };
}

export function contacts(count: number): ContactDataRequest[] {
  return Array.from({ length: count }, (_, n) => contact(n));
}

/** The body of a call; without a token it has none. */
export function body(items: readonly unknown[], clientToken?: string): string {
  return JSON.stringify({
    ...(clientToken === undefined ? {} : { ClientToken: clientToken }),
    ContactDataRequestList: items,
  });
}

/** What differs from an ordinary call. */
export interface Call {
  readonly method?: string;
  /** Path and query. */
  readonly target?: string;
  readonly host?: string;
  readonly body: string | Buffer;
  readonly key?: AccessKey;
  /** Signed with this secret instead of the key's. */
  readonly secret?: string;
  /** Epoch milliseconds of X-Amz-Date; the present if absent. */
  readonly at?: number;
  readonly region?: string;
  readonly service?: string;
  readonly scopeDate?: string;
  /** More headers, signed too. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Headers that are not sent nor signed. */
  readonly omit?: readonly string[];
  /** Headers added after signing, in place of signed ones of that name. */
  readonly unsigned?: Readonly<Record<string, string>>;
}

/** The headers of a call, Authorization included; names in lower case. */
export function signedHeadersOf(call: Call): Record<string, string> {
  const { method = 'PUT', target = INSTANCE_PATH, key = PRINCIPAL, at = Date.now() } = call;
  const timestamp = formatTimestamp(at);
  const scope = {
    date: call.scopeDate ?? timestamp.slice(0, 8),
    region: call.region ?? 'us-east-1',
    service: call.service ?? 'connect',
  };
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    host: call.host ?? '127.0.0.1:8080',
    'x-amz-date': timestamp,
    ...(key.sessionToken ? { 'x-amz-security-token': key.sessionToken } : {}),
    ...call.headers,
  };
  for (const name of call.omit ?? []) delete headers[name];
  headers.authorization = authorizationFor(
    { method, target, headers, body: call.body },
    { ...key, secretAccessKey: call.secret ?? key.secretAccessKey },
    headers['x-amz-date'] ?? timestamp,
    scope,
  );
  return { ...headers, ...call.unsigned };
}

/** An answer, wherever it came from. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
  /** x-amzn-errortype. */
  readonly error: string | undefined;
  /** The error's text, whichever member holds it. */
  readonly message: string | undefined;
  readonly lists: Required<BatchPutContactResponse>;
  /** ContactIds of the answer, in order. */
  readonly contactIds: readonly string[];
  /** Failure codes of the answer, in order. */
  readonly codes: readonly string[];
}

function answerOf(
  status: number,
  headers: Readonly<Record<string, string | undefined>>,
  text: string,
): Answer {
  // A fault's reply can be a page, or none.
  const isJson = headers['content-type'] === 'application/json';
  const json = JSON.parse(isJson ? text : '{}') as BatchPutContactResponse & {
    Message?: string;
    message?: string;
  };
  const lists = {
    SuccessfulRequestList: json.SuccessfulRequestList ?? [],
    FailedRequestList: json.FailedRequestList ?? [],
  };
  return {
    status,
    headers,
    text,
    error: headers['x-amzn-errortype'],
    message: json.Message ?? json.message,
    lists,
    contactIds: lists.SuccessfulRequestList.map((one) => one.ContactId),
    codes: lists.FailedRequestList.map((one) => one.FailureReasonCode),
  };
}

/** Sends a call over a connection of its own. */
export function send(emulator: RunningEmulator, call: Call): Promise<Answer> {
  const { host } = new URL(emulator.url);
  return sendUnsigned(emulator, call, signedHeadersOf({ host, ...call }));
}

export function sendUnsigned(
  emulator: RunningEmulator,
  call: Call,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(emulator.url);
    const { method = 'PUT', target: path = INSTANCE_PATH } = call;
    const length = String(Buffer.byteLength(call.body));
    const req = httpRequest(
      {
        hostname,
        port,
        method,
        path,
        headers: { ...headers, 'content-length': length },
        agent: false,
      },
      (res) => {
        let text = '';
        res.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        res.on('error', reject).on('end', () => {
          const flat = Object.entries(res.headers).map(([name, value]) => [name, String(value)]);
          resolve(answerOf(res.statusCode ?? 0, Object.fromEntries(flat), text));
        });
      },
    );
    req.on('error', reject).end(call.body);
  });
}

/** Runs a call against a service without any socket. */
export async function run(service: Service, call: Call): Promise<Answer> {
  const bytes = Buffer.from(call.body);
  const request: WireRequest = {
    method: call.method ?? 'PUT',
    target: call.target ?? INSTANCE_PATH,
    headers: Object.entries(signedHeadersOf({ at: service.clock.now(), ...call })).flat(),
    body: bytes,
    bodyBytes: bytes.length,
  };
  const { status, headers, body: text } = await exchange(request, service);
  const byName: Record<string, string> = {};
  for (let i = 0; i < headers.length; i += 2) {
    byName[String(headers[i]).toLowerCase()] = String(headers[i + 1]);
  }
  return answerOf(status, byName, text);
}

/** Starts an emulator without quota for one piece of work, and stops it whatever comes of it. */
export async function withEmulator<T>(
  options: EmulatorOptions,
  work: (emulator: RunningEmulator) => Promise<T>,
): Promise<T> {
  const emulator = await startEmulator({ profile: 'stress', ...options });
  try {
    return await work(emulator);
  } finally {
    await emulator.close();
  }
}

export function factsWith(choices: Partial<Choices>, facts: Partial<Facts> = {}): Facts {
  return ordinaryFacts({ ...facts, choices: choose(choices) });
}

/** A clock that stands still until it is moved. */
export function stoppedClock(start = Date.UTC(2026, 0, 1)) {
  let at = start;
  return {
    now: () => at,
    forward: (milliseconds: number) => {
      at += milliseconds;
    },
  };
}

/** Calls the control door; rejects unless the answer is a success. */
export async function control(
  emulator: RunningEmulator,
  method: string,
  path: string,
  value?: unknown,
): Promise<string> {
  const response = await fetch(`${emulator.controlUrl}${path}`, {
    method,
    body: value === undefined ? null : JSON.stringify(value),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text;
}

export interface LedgerLine {
  readonly type: 'token' | 'contact';
  readonly clientToken: string | null;
  readonly contactId?: string;
  readonly requestIdentifier?: string;
  readonly requests?: number;
  readonly items?: readonly { requestIdentifier?: string; contactId?: string; code?: string }[];
}

export async function ledger(emulator: RunningEmulator): Promise<LedgerLine[]> {
  const text = await control(emulator, 'GET', '/ledger');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine);
}

/** Longer than any test may take. A loop without an end would keep the process of jest. */
const PATIENCE_MILLISECONDS = 150_000;

/** Asks until the answer is true: for a state that another call is about to reach. */
export async function until(reached: () => Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await reached())) {
    if (performance.now() - began > PATIENCE_MILLISECONDS) throw new Error(`never: ${reached}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function stats(emulator: RunningEmulator) {
  return JSON.parse(await control(emulator, 'GET', '/stats')) as {
    requests: number;
    replays: number;
    contacts: number;
    refusals: Record<string, number>;
    faults: Record<string, number>;
    paused: number;
    heldAtGate: number;
    waitingForDuplicate: number;
    process: ProcessFigures;
  };
}
