/** The control door: a test's way to set facts and to look inside. Loopback only, JSON over HTTP. */

import http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';
import { pathOf } from '../operation/address.ts';
import { readBody } from '../operation/read-request.ts';
import { instanceAt } from '../operation/refusals.ts';
import { answerBody, answered } from './answer.ts';
import { type Batch, putContacts } from './batch.ts';
import { patchFacts } from './facts-patch.ts';
import { createFaults } from './faults/faults.ts';
import { NO_FAULTS, readFaultPlan } from './faults/plan.ts';
import { tokenKey } from './ledger.ts';
import { contactsIn } from './payload.ts';
import { noStats, type Service } from './service.ts';
import type { BatchRecord } from './store.ts';

/** JSON that answers a control call; undefined answers 204. */
type Route = (service: Service, body: unknown) => Promise<unknown>;

/** Ledger lines are gathered to chunks of about this many characters. */
const LEDGER_CHUNK = 65_536;

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /health': async () => ({ status: 'ok' }),
  'GET /facts': async (service) => service.facts,
  'PUT /facts': async (service, body) => {
    service.facts = patchFacts(service.facts, body);
    return service.facts;
  },
  'GET /faults': async ({ faults }) => ({
    plan: faults?.plan ?? NO_FAULTS,
    requests: faults?.requests ?? 0,
    applied: faults?.applied ?? {},
  }),
  'PUT /faults': async (service, body) => {
    const plan = readFaultPlan(body);
    service.faults = createFaults(plan, service.clock.now());
    return plan;
  },
  'POST /reset': async (service) => {
    service.facts = service.startFacts;
    service.faults = createFaults(service.startFaults, service.clock.now());
    service.stats = noStats();
    service.gate.open();
    service.pauses.release();
    await service.buckets.reset();
    await service.store.clear();
    return undefined;
  },
  'POST /tokens': seedToken,
  'PUT /bucket': async (service, body) => {
    const { tokens, frozen = false } = members(body);
    if (typeof tokens !== 'number' || !(tokens >= 0) || typeof frozen !== 'boolean') {
      throw new UserError('a bucket is {"tokens": a number from 0, "frozen": true or false}');
    }
    await service.buckets.set({ tokens, frozen }, service.clock.now());
    return undefined;
  },
  'PUT /gate': async (service, body) => {
    const { closed } = members(body);
    if (typeof closed !== 'boolean') throw new UserError('a gate is {"closed": true or false}');
    if (closed) service.gate.close();
    else service.gate.open();
    return undefined;
  },
  'GET /stats': async ({ stats, faults, gate, pauses, ledger }) => ({
    ...stats,
    faults: faults?.applied ?? {},
    paused: pauses.waiting,
    heldAtGate: gate.held,
    waitingForDuplicate: ledger.waiting,
  }),
};

export function createControlServer(service: Service): http.Server {
  return http.createServer((req, res) => {
    answer(req, res, service).catch((error: unknown) => {
      if (res.headersSent) {
        res.destroy(error as Error);
        return;
      }
      const mistake = error instanceof UserError;
      const message = error instanceof Error ? error.message : String(error);
      sendJson(res, mistake ? 400 : 500, { message });
    });
  });
}

async function answer(
  req: http.IncomingMessage,
  res: http.ServerResponse,
  service: Service,
): Promise<void> {
  const bytes = await Readable.from(req).reduce<Buffer>(
    (read: Buffer, chunk: Buffer) => Buffer.concat([read, chunk]),
    Buffer.alloc(0),
  );
  const call = `${req.method} ${req.url}`;
  if (call === 'GET /ledger') {
    res.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    await pipeline(Readable.from(inChunks(ledgerLines(service))), res);
    return;
  }
  const route = Object.hasOwn(ROUTES, call) ? ROUTES[call] : undefined;
  if (!route) {
    const calls = [...Object.keys(ROUTES), 'GET /ledger'].join(', ');
    sendJson(res, 404, { message: `the control door has no ${call}; it has ${calls}` });
    return;
  }
  const result = await route(service, bytes.length === 0 ? {} : parse(bytes));
  if (result === undefined) res.writeHead(204).end();
  else sendJson(res, 200, result);
}

/**
 * Commits a batch under a token as if a call had, with nothing checked but the body.
 *
 * Takes `{clientToken, instanceId, contacts, contactIds?}`; the contacts made get `contactIds` in turn.
 */
async function seedToken(service: Service, body: unknown): Promise<unknown> {
  const { clientToken, instanceId, contacts, contactIds = [] } = members(body);
  if (typeof clientToken !== 'string' || clientToken === '' || typeof instanceId !== 'string') {
    throw new UserError('a token is {"clientToken": …, "instanceId": …, "contacts": […]}');
  }
  if (!Array.isArray(contactIds) || !contactIds.every((id) => typeof id === 'string')) {
    throw new UserError('contactIds must be a list of texts');
  }
  const asBody = { ClientToken: clientToken, ContactDataRequestList: contacts };
  const read = readBody(asBody);
  if (!read.ok) throw new UserError(read.message);
  const { facts } = service;
  const instance = instanceAt(pathOf(instanceId), facts);
  if (!instance) throw new UserError(`the facts have no instance ${instanceId}`);

  const list = read.request.ContactDataRequestList;
  const now = service.clock.now() + service.aheadMilliseconds;
  const bytes = Buffer.from(JSON.stringify(asBody));
  const batch: Batch = { instance, contacts: list, body: bytes, facts, now };
  const key = tokenKey(facts.account, facts.region, clientToken);
  const given = contactIds.values();
  const nextId = () => given.next().value ?? service.newContactId();
  const results = await putContacts(service, batch, { key, clientToken }, nextId);
  return JSON.parse(answerBody(answered(list, results), 'present'));
}

async function* ledgerLines({ store }: Service): AsyncGenerator<string> {
  for await (const batch of store.batches()) yield* linesOf(batch);
}

function* linesOf({ body, results, ...batch }: BatchRecord): Generator<string> {
  const { account, region, clientToken, instanceId, requests } = batch;
  const items = answered(contactsIn(body), results);
  if (clientToken !== null) {
    yield `${JSON.stringify({ type: 'token', account, region, clientToken, instanceId, requests, items })}\n`;
  }
  for (const item of items) {
    if (!('contactId' in item)) continue;
    const { contactId, requestIdentifier } = item;
    yield `${JSON.stringify({ type: 'contact', contactId, clientToken, requestIdentifier })}\n`;
  }
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    chunk += line;
    if (chunk.length >= LEDGER_CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new UserError('the body of a control call must be JSON');
  }
}

function members(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  throw new UserError('the body of this control call must be a JSON object');
}

function sendJson(res: http.ServerResponse, status: number, value: unknown): void {
  res.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
