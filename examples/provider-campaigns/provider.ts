/** The endpoint of outbound campaigns, both versions, with the URL that sets provider states. */

import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { answer, type Call } from './campaigns.ts';
import { Refusal } from './form.ts';
import type { Mistake } from './mistakes.ts';
import { campaignId, OPERATIONS, type Version } from './operations.ts';
import { Day, setState } from './states.ts';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: each operation answers with members of its own.
  body: any;
}

/** @param mistake changes the answers, to see what becomes of a provider that makes it. */
export function createProvider(mistake: Mistake = () => {}): Server {
  let day = new Day();
  return createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    if (request.url === '/_states') {
      const next = setState(day, JSON.parse(body));
      if (next) day = next;
      response.writeHead(next ? 200 : 404).end();
      return;
    }
    const call = callOf(request.method ?? '', request.url ?? '');
    const answered: Answer = { ...answerTo(day, call, body) };
    answered.headers = {
      'Content-Type': 'application/json',
      'x-amzn-RequestId': randomUUID(),
      ...answered.headers,
    };
    mistake(answered, call?.operation ?? '', body);
    response.writeHead(answered.status, answered.headers).end(JSON.stringify(answered.body));
  });
}

type Path = Omit<Call, 'body'> & { readonly check: (body: unknown) => void };

function callOf(method: string, url: string): Path | null {
  const version: Version = url.startsWith('/v2/') ? 2 : 1;
  for (const { name: operation, method: wanted, path, body } of OPERATIONS[version]) {
    const found = method === wanted && path.exec(url);
    if (!found) continue;
    const id = decodeURIComponent(found[1] ?? '');
    const check = (sent: unknown): void => {
      if (found[1] !== undefined) campaignId(version)(id, 'id');
      body(sent, 'the request');
    };
    return { version, operation, id, check };
  }
  return null;
}

function answerTo(day: Day, path: Path | null, sent: string): Answer {
  try {
    if (!path) throw new Refusal(404, 'UnknownOperationException', 'There is no such operation.');
    if (Buffer.byteLength(sent) > day.largestBody) {
      throw new Refusal(413, 'RequestEntityTooLargeException', 'The body is too large.');
    }
    if (day.isThrottled) throw new Refusal(429, 'ThrottlingException', 'Rate exceeded');
    const { check, ...call } = path;
    const body = read(sent);
    check(body);
    if (day.error) throw new Refusal(day.error.status, day.error.error, 'The state asks for it.');
    return { status: 200, headers: {}, body: answer(day, { ...call, body }) };
  } catch (error) {
    const { status, name, message, members } =
      error instanceof Refusal ? error : new Refusal(500, 'InternalServerException', String(error));
    return { status, headers: { 'x-amzn-errortype': name }, body: { message, ...members } };
  }
}

function read(sent: string): unknown {
  try {
    return sent === '' ? {} : JSON.parse(sent);
  } catch {
    throw new Refusal(400, 'SerializationException', 'The body is not JSON.');
  }
}
