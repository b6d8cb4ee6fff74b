/** The control door, through which tests set facts and read the state. It serves JSON over HTTP, on loopback unless it is opened. */

import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../../system/errors.ts';
import { isPrivateHost } from '../../system/private-host.ts';
import { amount, flag, numberFrom, optional } from '../../system/read.ts';
import { advanceClock, setClockAhead } from '../call/changes/move-clock.ts';
import { resetService } from '../call/changes/reset.ts';
import type { Service } from '../call/service.ts';
import { createFaults } from '../faults/faults.ts';
import { NO_FAULTS, readFaultPlan } from '../faults/plan.ts';
import { type Headers, headersOf } from '../identity/headers.ts';
import { journalLines } from '../recording/feeder-recorder.ts';
import { originForm } from '../wire/request.ts';
import { bodyOf } from './body.ts';
import { campaignsTold, dialRequestLines } from './campaigns.ts';
import { eventStream } from './event-stream.ts';
import { EXPOSITION_TYPE } from './exposition.ts';
import { patchFacts } from './facts-patch.ts';
import { healthOf } from './health.ts';
import { contactLines, ledgerLines } from './ledger-lines.ts';
import { metricsText } from './metrics.ts';
import type { ProcessWatch } from './process-watch.ts';
import { setProviderState } from './provider-states.ts';
import { addCampaigns, addDialRequest } from './seed-campaigns.ts';
import { seedToken } from './seed-token.ts';

/** An answer that is not plain JSON of status 200. */
class Answer {
  readonly status: number;
  readonly type: string;
  readonly chunks: Iterable<string> | AsyncIterable<string>;

  constructor(status: number, type: string, chunks: Answer['chunks']) {
    this.status = status;
    this.type = type;
    this.chunks = chunks;
  }
}

/** Returns the JSON for a 200, undefined for a 204, or an Answer. */
type Route = (
  service: Service,
  body: unknown,
  watch: ProcessWatch,
  reader: Reader,
) => Promise<unknown>;

/** Who reads an answer that has no end of its own. */
interface Reader {
  readonly headers: http.IncomingHttpHeaders;
  /** Aborted when the reader is gone. */
  readonly gone: AbortSignal;
}

const JSON_TYPE = 'application/json';
const NDJSON_TYPE = 'application/x-ndjson';
const EVENT_STREAM_TYPE = 'text/event-stream';

/** A hundred years, which is longer than any period that depends on the clock. */
const MAX_AHEAD_SECONDS = 100 * 365 * 86_400;

const readBucket = bodyOf({ tokens: amount, frozen: optional(flag, false) });
const readGate = bodyOf({ closed: flag });
/** `ahead` is in seconds. */
const readClock = bodyOf({ ahead: numberFrom(0, MAX_AHEAD_SECONDS) });
const readAdvance = bodyOf({ seconds: numberFrom(0, MAX_AHEAD_SECONDS) });

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /health': async (service) => {
    const health = await healthOf(service);
    return new Answer(health.status === 'ok' ? 200 : 503, JSON_TYPE, [JSON.stringify(health)]);
  },
  'GET /metrics': async (service, _, watch) =>
    new Answer(200, EXPOSITION_TYPE, [metricsText(service, watch.figures())]),
  'GET /facts': async (service) => service.facts,
  'PUT /facts': async (service, body) => {
    service.facts = patchFacts(service.facts, body);
    return service.facts;
  },
  'PUT /instances': async (service, body) => {
    service.facts = patchFacts(service.facts, { instances: body });
    return service.facts.instances;
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
    await resetService(service);
    return undefined;
  },
  'POST /tokens': seedToken,
  'PUT /bucket': async (service, body) => {
    await service.buckets.set(readBucket(body), service.virtualClock.now());
    return undefined;
  },
  'PUT /gate': async (service, body) => {
    if (readGate(body).closed) service.gate.close();
    else service.gate.open();
    return undefined;
  },
  'GET /clock': async (service) => clockOf(service),
  'PUT /clock': async (service, body) => {
    await setClockAhead(service, Math.round(readClock(body).ahead * 1000));
    return clockOf(service);
  },
  // Relative, so that what two clients ask for at once adds up.
  'POST /clock/advance': async (service, body) => {
    await advanceClock(service, Math.round(readAdvance(body).seconds * 1000));
    return clockOf(service);
  },
  'GET /stats': async ({ stats, faults, gate, pauses, tokens }, _, watch) => ({
    ...stats,
    faults: faults?.applied ?? {},
    paused: pauses.waiting,
    heldAtGate: gate.held,
    waitingForDuplicate: tokens.waiting,
    process: watch.figures(),
  }),
  'GET /campaigns': async ({ campaigns, campaignChoices }) =>
    campaignsTold(campaigns, campaignChoices),
  'POST /campaigns': addCampaigns,
  'POST /dial-requests': addDialRequest,
  'POST /provider-states': setProviderState,
  'GET /dial-requests': async ({ campaigns }) =>
    new Answer(200, NDJSON_TYPE, await dialRequestLines(campaigns)),
  'GET /events': async ({ events }, _body, _watch, { headers, gone }) => {
    const lastId = headers['last-event-id'];
    const last = Array.isArray(lastId) ? lastId[0] : lastId;
    return new Answer(200, EVENT_STREAM_TYPE, eventStream(events, last, gone));
  },
  'GET /feeder-journal': async ({ recorder, clock }) => {
    if (!recorder) {
      throw new UserError('nothing is recorded: start the emulator with --feeder-journal');
    }
    return new Answer(200, NDJSON_TYPE, journalLines(recorder.journal(clock.now())));
  },
  'GET /ledger': async ({ store }) => new Answer(200, NDJSON_TYPE, ledgerLines(store)),
  'GET /contacts': async ({ store }) => new Answer(200, NDJSON_TYPE, contactLines(store)),
};

/** The facts take a few kilobytes. A seeded token has at most 25 contacts. */
const MAX_BODY_BYTES = 8 * 2 ** 20;

/** Every call of the control door, as `METHOD /path`. */
export const CONTROL_CALLS: readonly string[] = Object.keys(ROUTES);

function clockOf(service: Service) {
  const now = new Date(service.virtualClock.now()).toISOString();
  const { ahead, speed } = service.virtualClock;
  return { ahead: ahead / 1000, speed, now };
}

/** @param open whether programs on other machines may call it. Default false. */
export function createControlServer(
  service: Service,
  watch: ProcessWatch,
  open = false,
): http.Server {
  return http.createServer((req, res) => {
    answer(req, res, service, watch, open).catch((error: unknown) => {
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
  watch: ProcessWatch,
  open: boolean,
): Promise<void> {
  const { target, headers } = originForm(req.url ?? '', req.rawHeaders);
  if (!isOurs(headersOf(headers), open)) {
    sendJson(res, 403, {
      message: open
        ? 'the control door accepts no web pages, and as Host only an IP address, a name without a dot, or one that ends in .localhost, .local, .internal or .svc'
        : 'the control door accepts only programs on this machine: not web pages, and no Host but 127.0.0.1 or localhost',
    });
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) {
      throw new UserError(`the body of a control call is at most ${MAX_BODY_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const call = `${req.method} ${target}`;
  const route = Object.hasOwn(ROUTES, call) ? ROUTES[call] : undefined;
  if (!route) {
    const calls = CONTROL_CALLS.join(', ');
    sendJson(res, 404, { message: `the control door has no ${call}; it has ${calls}` });
    return;
  }
  const gone = new AbortController();
  res.on('close', () => gone.abort());
  const reader = { headers: req.headers, gone: gone.signal };
  const given = bytes.length === 0 ? undefined : parse(bytes);
  const result = await route(service, given, watch, reader);
  if (result instanceof Answer) {
    const chunks = Readable.from(result.chunks);
    // The head is sent after the first chunk is read. If the store cannot be read, the client still gets an error status.
    await once(chunks, 'readable');
    res.writeHead(result.status, { 'Content-Type': result.type });
    await pipeline(chunks, res).catch((error: unknown) => {
      // A reader who left before the end is no error of the door.
      if (!gone.signal.aborted) throw error;
    });
  } else if (result === undefined) res.writeHead(204).end();
  else sendJson(res, 200, result);
}

/**
 * Whether the request comes from a program and not from a web page: from this machine, unless the door is open. A page
 * in a browser sends an Origin header. A page whose own name resolves to the door (DNS rebinding) sends that name as Host.
 */
function isOurs(headers: Headers, open: boolean): boolean {
  const host = headers.get('host') ?? '';
  if (headers.has('origin')) return false;
  return open
    ? isPrivateHost(host.replace(/:\d+$/, ''))
    : /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host);
}

function parse(bytes: Buffer): unknown {
  try {
    if (isUtf8(bytes)) return JSON.parse(bytes.toString('utf8'));
  } catch {
    // The error below covers this case.
  }
  throw new UserError('the body of a control call must be JSON in UTF-8');
}

function sendJson(res: http.ServerResponse, status: number, value: unknown): void {
  res.writeHead(status, { 'Content-Type': JSON_TYPE }).end(JSON.stringify(value));
}
