/** The HTTP server: reads whole requests and writes replies. It knows nothing about contacts. */

import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { Duplex } from 'node:stream';
import { frontDoorReply, type WireReply } from './reply.ts';
import type { WireRequest } from './request.ts';
import { sendFaulty, sendReply } from './send.ts';

export interface WireHandler {
  /** A rejection is answered with 500 InternalFailure and told to `defect`. */
  readonly handle: (request: WireRequest) => Promise<WireReply>;
  /** Body bytes above which a body is no longer kept. */
  readonly maxBodyBytes: () => number;
  readonly defect: (error: unknown) => void;
  /** Resolves after so many milliseconds; after less when the endpoint closes. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Default `DOOR_LIMITS`. */
  readonly limits?: DoorLimits;
}

/** What one client may take of the endpoint, besides `maxBodyBytes`. */
export interface DoorLimits {
  /** Bytes of request line and headers; more gets a 400. */
  readonly headBytes: number;
  /** Milliseconds until the head is whole; after that a 408. */
  readonly headMilliseconds: number;
  /** Milliseconds until the request is whole; after that a 408. */
  readonly requestMilliseconds: number;
  /** Milliseconds for which bytes after invalid HTTP are read and dropped. A reset would destroy the 400. */
  readonly lingerMilliseconds: number;
  /** Connections open at once; one more is closed unread. */
  readonly connections: number;
}

/** Ours (assumed): AWS publishes none of them. */
export const DOOR_LIMITS: DoorLimits = {
  headBytes: 16_384,
  headMilliseconds: 20_000,
  requestMilliseconds: 60_000,
  lingerMilliseconds: 2_000,
  connections: 10_000,
};

/** How often node looks for requests that are late, as a part of the time they have. */
const LOOKS_PER_LIMIT = 4;

/**
 * Bytes past the limit that are read and dropped, so that a client that writes its whole body before
 * it reads gets its 413 on a connection that stays good. Beyond that the connection is closed.
 */
const DRAINED_BYTES = 64 * 1024 * 1024;

/** Longer than any client keeps an idle connection, so that it is the client that lets go. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

const NO_BYTES = Buffer.alloc(0);

export function createWireServer(handler: WireHandler): http.Server {
  const limits = handler.limits ?? DOOR_LIMITS;
  const upgrades = new WeakSet<http.IncomingMessage>();
  const server = http.createServer({
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: limits.headMilliseconds / LOOKS_PER_LIMIT,
    // A request without Host is one without a valid signature, and is told so.
    requireHostHeader: false,
    // Node asks where a request wants another protocol. It gets none, but its answer.
    shouldUpgradeCallback: (req) => {
      upgrades.add(req);
      return false;
    },
  });
  server.maxConnections = limits.connections;
  // The head's bytes bound them. By default some versions of Node drop those past a thousand unseen.
  server.maxHeadersCount = 0;
  // A client that has no more to say may still be told what it asked. (Node's own name, of which its types know nothing.)
  Object.assign(server, { httpAllowHalfOpen: true });
  const latest: LatestResponses = new WeakMap();
  const refuse = malformedRefuser(latest, limits.lingerMilliseconds);
  server.on('request', (req, res) => {
    latest.set(req.socket, res);
    if (upgrades.has(req)) endAfter(req, res, refuse);
    receive(req, res, handler);
  });
  server.on('checkContinue', (req, res) => {
    latest.set(req.socket, res);
    if (Number(req.headers['content-length'] ?? 0) > handler.maxBodyBytes()) {
      refuseUnread(req, res, handler);
    } else {
      res.writeContinue();
      receive(req, res, handler);
    }
  });
  server.on('checkExpectation', (req, res) => {
    latest.set(req.socket, res);
    receive(req, res, handler);
  });
  server.on('clientError', refuse);
  // Node hands such a connection over and forgets it, its errors too.
  server.on('connect', (req, socket) => {
    socket.on('error', () => socket.destroy()).resume();
    refuse(new Error(`${req.method} asks for a tunnel`), socket);
  });
  return server;
}

/**
 * Makes the answer to a request that wants another protocol the last of its connection: node loses what comes behind it
 * in one piece, and says nothing of a body that is no good, or cut off.
 */
function endAfter(req: http.IncomingMessage, res: http.ServerResponse, refuse: Refuser): void {
  res.shouldKeepAlive = false;
  req.socket.prependOnceListener('end', () => {
    if (!req.complete) refuse(new Error('its body is not whole'), req.socket);
  });
}

/** The response to the last request begun on each connection. */
type LatestResponses = WeakMap<Duplex, http.ServerResponse>;

function receive(req: http.IncomingMessage, res: http.ServerResponse, handler: WireHandler): void {
  const max = handler.maxBodyBytes();
  let chunks: Buffer[] = [];
  let bytes = 0;
  let refused = false;
  req.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= max) chunks.push(chunk);
    else chunks = [];
    if (bytes > max + DRAINED_BYTES && !refused) {
      refused = true;
      refuseUnread(req, res, handler, bytes);
    }
  });
  req.on('end', () => {
    if (refused) return;
    const body = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    answer(req, res, handler, body, bytes);
  });
}

/** Answers a body that is too large without reading the rest of it; the connection cannot be kept. */
function refuseUnread(
  req: http.IncomingMessage,
  res: http.ServerResponse,
  handler: WireHandler,
  bytes = Number(req.headers['content-length']),
): void {
  res.shouldKeepAlive = false;
  answer(req, res, handler, NO_BYTES, bytes);
}

function answer(
  req: http.IncomingMessage,
  res: http.ServerResponse,
  handler: WireHandler,
  body: Buffer,
  bodyBytes: number,
): void {
  const request: WireRequest = {
    method: req.method ?? '',
    target: req.url ?? '',
    headers: req.rawHeaders,
    body,
    bodyBytes,
  };
  handler.handle(request).then(
    (reply) =>
      reply.wireFault
        ? sendFaulty(res, reply, reply.wireFault, handler.wait)
        : sendReply(res, reply),
    (error: unknown) => {
      handler.defect(error);
      const message = 'The emulator failed; its error output says why.';
      sendReply(res, frontDoorReply(randomUUID(), 500, 'InternalFailure', message));
    },
  );
}

type Refuser = (error: NodeJS.ErrnoException, socket: Duplex) => void;

/**
 * What node's parser refuses never becomes a request; it still gets an answer in AWS's form, after those
 * of the requests before it: a client takes answers by their order.
 */
function malformedRefuser(latest: LatestResponses, lingerMilliseconds: number): Refuser {
  const refused = new WeakSet<Duplex>();
  return (error, socket) => {
    // Each further piece of what is no HTTP comes here again.
    if (refused.has(socket)) return;
    refused.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const reply = malformedReply(error);
    const last = latest.get(socket);
    if (last && !last.req.complete && !last.writableEnded) {
      // It was the body of this request that was wrong, or late: no other answer to it will come.
      last.shouldKeepAlive = false;
      sendReply(last, reply);
    } else if (last && !last.closed) {
      last.once('close', () => endWith(socket, reply, lingerMilliseconds));
    } else {
      endWith(socket, reply, lingerMilliseconds);
    }
  };
}

function malformedReply({ code }: NodeJS.ErrnoException): WireReply {
  return code === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? frontDoorReply(randomUUID(), 408, 'RequestTimeoutException', 'The request took too long.')
    : frontDoorReply(
        randomUUID(),
        400,
        'MalformedHttpRequestException',
        'The request is not well-formed HTTP/1.1.',
      );
}

/** Writes a reply that no request was read for, and closes the connection, at last without the client. */
function endWith(
  socket: Duplex,
  { status, headers, body }: WireReply,
  lingerMilliseconds: number,
): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  let head = `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\n`;
  const fields = [...headers, 'Date', new Date().toUTCString(), 'Connection', 'close'];
  for (let i = 0; i < fields.length; i += 2) head += `${fields[i]}: ${fields[i + 1]}\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  const lingering = setTimeout(() => socket.destroy(), lingerMilliseconds);
  socket.once('close', () => clearTimeout(lingering));
}
