/**
 * The fuzz run: seeded cases, each a connection's worth of messages, against a server and an oracle.
 *
 * A case is a function of (seed, number), so that a finding is replayed by naming both.
 */

import { connect } from 'node:net';
import fc from 'fast-check';
import { Draw } from '../../system/draw.ts';
import { type DueCall, dueCall } from './bodies.ts';
import { attacked, signedMessage } from './messages.ts';
import { type Requests, requestsIn } from './requests.ts';
import { type Response, responsesIn } from './responses.ts';

export interface FuzzOptions {
  /** `host:port` on the loopback. */
  readonly host: string;
  readonly seed: number;
  /** Requests in all; ten a connection. */
  readonly requests: number;
  /** First case to run; the others are passed over. */
  readonly from?: number;
  /** Milliseconds after which a connection that the client has ended and the server has not is a hang. */
  readonly deadline?: number;
  readonly onProgress?: (requests: number) => void;
}

export interface Finding {
  readonly case: number;
  readonly what: string;
  /** What was sent, base64. */
  readonly sent: string;
}

export interface FuzzReport {
  readonly requests: number;
  readonly connections: number;
  /** Responses by status. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

const MESSAGES = 10;
const CONNECTIONS = 16;
export const DEADLINE_MILLISECONDS = 20_000;
/** Of ten cases so many have messages that are attacked as bytes; the others are signed calls only. */
const ATTACKED_CASES = 6;
/** Signed calls before the first attacked message: fewer than this. */
const CALLS_AHEAD = 3;
/** Of ten messages from there on so many are attacked. */
const ATTACKED_MESSAGES = 6;
const FINDINGS = 5;
const ATTACK_STREAM = 5;

interface Message {
  readonly bytes: Buffer;
  /** The call of a message that arrives as it was signed; null for an attacked one. */
  readonly due: DueCall | null;
}

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { requests, from = 0, onProgress } = options;
  const cases = Math.ceil(requests / MESSAGES);
  const statuses: Record<string, number> = {};
  const findings: Finding[] = [];
  let next = from;
  let done = 0;
  const worker = async () => {
    while (next < from + cases && findings.length < FINDINGS) {
      const number = next;
      next += 1;
      const messages = messagesOf(options, number);
      const sent = Buffer.concat(messages.map(({ bytes }) => bytes));
      const received = await exchangeBytes(options, sent, new Draw(options.seed, number, 1));
      const asked = requestsIn(sent);
      const { responses, rest } = responsesIn(received.bytes, asked.requests);
      for (const { status } of responses) statuses[status] = (statuses[status] ?? 0) + 1;
      const what = received.hung
        ? 'the connection was not ended in time'
        : (faultIn(responses, rest) ?? faultInAnswers(messages, asked, responses, received.reset));
      if (what) findings.push({ case: number, what, sent: sent.toString('base64') });
      done += 1;
      if (done % 100 === 0) onProgress?.(done * MESSAGES);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  return { requests: done * MESSAGES, connections: done, statuses, findings };
}

/** The messages of a case: signed calls, and in some cases attacked messages after and between them. */
function messagesOf({ seed, host }: FuzzOptions, number: number): Message[] {
  const draw = new Draw(seed, number, ATTACK_STREAM);
  const attack = draw.below(10) < ATTACKED_CASES;
  const signed = attack ? draw.below(CALLS_AHEAD) : MESSAGES;
  const calls = fc.sample(dueCall, { seed: draw.next() | 0, numRuns: MESSAGES });
  return calls.map((due, i) => {
    const body = spoilt(Buffer.from(due.call.body), draw);
    const bytes = signedMessage({ ...due.call, body, host });
    return i < signed || draw.below(10) >= ATTACKED_MESSAGES
      ? { bytes, due }
      : { bytes: attacked(bytes, draw), due: null };
  });
}

/** Now and then a body that is no UTF-8; it is signed as it is. */
function spoilt(body: Buffer, draw: Draw): Buffer {
  if (body.length > 0 && draw.below(20) === 0) body[draw.below(body.length)] = 0xff;
  return body;
}

interface Received {
  readonly bytes: Buffer;
  readonly hung: boolean;
  /** The connection broke while it was written to, which may take answers with it. */
  readonly reset: boolean;
}

/** Sends in pieces, ends its side, and reads until the other side ends. */
function exchangeBytes(
  { host, deadline = DEADLINE_MILLISECONDS }: FuzzOptions,
  sent: Buffer,
  draw: Draw,
): Promise<Received> {
  return new Promise((resolve) => {
    const [hostname, port] = host.split(':');
    const socket = connect({ host: hostname ?? '', port: Number(port) });
    const chunks: Buffer[] = [];
    let reset = false;
    const timer = setTimeout(() => end(true), deadline);
    const end = (hung: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ bytes: Buffer.concat(chunks), hung, reset });
    };
    socket.on('data', (chunk) => chunks.push(chunk));
    // A server may reset a connection that still sends: that ends it too.
    socket.on('error', () => {
      reset = true;
    });
    socket.on('close', () => end(false));
    socket.on('connect', () => {
      const cut = draw.below(sent.length + 1);
      socket.write(sent.subarray(0, cut));
      setImmediate(() => socket.end(sent.subarray(cut)));
    });
  });
}

function faultIn(responses: readonly Response[], rest: Buffer): string | null {
  for (const { status, head, body } of responses) {
    if (status >= 500) return `a ${status}: ${body.slice(0, 300)}`;
    if (status >= 400 && !/\r\nx-amzn-errortype: \w+/i.test(head)) {
      return `a ${status} without x-amzn-errortype`;
    }
  }
  return rest.length > 0
    ? `what is no response: ${rest.subarray(0, 100).toString('latin1')}`
    : null;
}

/**
 * Every request that is one beyond doubt has an answer of its own, in order, and by its rules where it is a signed
 * call; where more follows that is none, that has a refusal behind them all.
 *
 * @param reset whether the client could not write all: an answer may have been lost to it, if the connection was to end.
 */
function faultInAnswers(
  messages: readonly Message[],
  { requests, behind }: Requests,
  responses: readonly Response[],
  reset: boolean,
): string | null {
  const answers = responses.filter(({ status }) => status !== CONTINUE);
  const least = behind === 'doubt' ? requests.length + 1 : requests.length;
  const lost = answers.length < least && !(reset && behind === 'a closed connection');
  if (lost || (behind !== 'doubt' && answers.length > least)) {
    return `${answers.length} answers to ${requests.length} requests with ${behind} behind them`;
  }
  const refused = answers.findIndex(({ head }) => head.includes('MalformedHttpRequestException'));
  if (refused >= 0 && refused < requests.length) {
    return `a ${answers[refused]?.status} for no HTTP, to request ${refused + 1} of ${requests.length}`;
  }
  if (refused >= 0 && refused < answers.length - 1) return 'an answer after the one for no HTTP';

  let at = 0;
  for (const { bytes, due } of messages) {
    const from = at;
    at += bytes.length;
    const n = requests.findIndex((request) => request.at === from && request.end === at);
    const answer = answers[n];
    const what = due && answer && faultInCall(due, answer);
    if (what) return what;
  }
  return null;
}

const CONTINUE = 100;

/** A signed call is answered by its rules. */
function faultInCall({ call, statuses }: DueCall, { status, body }: Response): string | null {
  if (!statuses.includes(status)) return `a ${status} to a signed call: ${body}`;
  if (status !== 200) return null;
  const asked = itemsOf(call.body);
  const { SuccessfulRequestList: made, FailedRequestList: failed } = JSON.parse(body) as {
    SuccessfulRequestList: { ContactId: string }[];
    FailedRequestList: unknown[];
  };
  if (made.length + failed.length !== asked) {
    return `${made.length} + ${failed.length} results for ${asked} items`;
  }
  if (new Set(made.map(({ ContactId }) => ContactId)).size !== made.length) {
    return 'one ContactId for two items';
  }
  return null;
}

function itemsOf(body: string): number {
  return (JSON.parse(body) as { ContactDataRequestList: unknown[] }).ContactDataRequestList.length;
}
