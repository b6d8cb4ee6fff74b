/** The HTTP server: reads whole requests and writes replies. It knows nothing about contacts. */

import { randomUUID } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { type AllowedOrigins, corsHeaders, preflightReply } from './cors.ts';
import { frontDoorReply, type WireReply } from './reply.ts';
import { originForm, type WireRequest } from './request.ts';
import type { TlsPair } from './self-signed.ts';
import { sendFaulty, sendReply } from './send.ts';

export interface WireHandler {
  /** If the promise rejects, the client gets 500 InternalFailure and `defect` gets the error. */
  readonly handle: (request: WireRequest) => Promise<WireReply>;
  /** The largest body in bytes that is kept in memory. The bytes of a larger body are dropped. */
  readonly maxBodyBytes: () => number;
  readonly defect: (error: unknown) => void;
  /** Resolves after this many milliseconds, or earlier if the endpoint closes. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Gets a sentence about a client that does not speak HTTP/1.1, once for each other protocol. Default none. */
  readonly notice?: (sentence: string) => void;
  /** Default plain HTTP. */
  readonly tls?: TlsPair | undefined;
  /** The origins of web pages that may call the endpoint. Default none. */
  readonly cors?: AllowedOrigins | undefined;
  /** Default `DOOR_LIMITS`. */
  readonly limits?: DoorLimits;
}

/** The limits on what clients may use, in addition to `maxBodyBytes`. */
export interface DoorLimits {
  /** The most bytes of request line and headers. A request with more gets a 400. */
  readonly headBytes: number;
  /** Milliseconds in which the request line and headers must arrive. A later request gets a 408. */
  readonly headMilliseconds: number;
  /** Milliseconds in which the whole request must arrive. A later request gets a 408. */
  readonly requestMilliseconds: number;
  /**
   * Milliseconds for which the connection stays open after the answer to an invalid request. An immediate close
   * could reset the connection, and the client would lose the 400.
   */
  readonly lingerMilliseconds: number;
  /** The most connections open at once. A further connection is closed before anything is read from it. */
  readonly connections: number;
}

/** These values are assumed. AWS does not publish its limits. */
export const DOOR_LIMITS: DoorLimits = {
  headBytes: 16_384,
  headMilliseconds: 20_000,
  requestMilliseconds: 60_000,
  lingerMilliseconds: 2_000,
  connections: 10_000,
};

/** The number of times that node checks for late requests within `headMilliseconds`. */
const LOOKS_PER_LIMIT = 4;

/**
 * Bytes beyond the body limit that are read and dropped. Some clients write their whole body before they
 * read the answer. Such a client gets its 413 and can use the connection again. After more bytes than
 * these, the server answers and closes the connection.
 */
const DRAINED_BYTES = 64 * 1024 * 1024;

/** Longer than any client keeps an idle connection, so that the client always closes it first. */
const KEEP_ALIVE_MILLISECONDS = 75_000;

const NO_BYTES = Buffer.alloc(0);

export function createWireServer(handler: WireHandler): http.Server {
  const limits = handler.limits ?? DOOR_LIMITS;
  const upgrades = new WeakSet<http.IncomingMessage>();
  const options: http.ServerOptions = {
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMilliseconds,
    requestTimeout: limits.requestMilliseconds,
    connectionsCheckingInterval: limits.headMilliseconds / LOOKS_PER_LIMIT,
    // Without a Host header the signature is invalid. The signature check answers such a request.
    requireHostHeader: false,
    // Node calls this for a request with an Upgrade header. The server answers it as an ordinary HTTP request.
    shouldUpgradeCallback: (req) => {
      upgrades.add(req);
      return false;
    },
  };
  const { tls } = handler;
  const server = tls ? https.createServer({ ...options, ...tls }) : http.createServer(options);
  // Node gives up such a connection, so the sentence is all that can be said.
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_SSL_HTTP_REQUEST') noticeOnce(handler, PLAIN_ON_TLS);
  });
  server.maxConnections = limits.connections;
  // `headBytes` already limits the headers. By default some versions of Node silently drop headers after a thousand.
  server.maxHeadersCount = 0;
  // A client that closes its sending side still gets its answer. Node's types do not declare this property.
  Object.assign(server, { httpAllowHalfOpen: true });
  const latest: LatestResponses = new WeakMap();
  const refuse = malformedRefuser(latest, limits.lingerMilliseconds, handler);
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
  // Node no longer handles the connection of a CONNECT request, so its errors must be handled here.
  server.on('connect', (req, socket) => {
    socket.on('error', () => socket.destroy()).resume();
    refuse(new Error(`${req.method} asks for a tunnel`), socket);
  });
  return server;
}

/**
 * Closes the connection after the answer to a request with an Upgrade header. Node loses a further request that arrives
 * in the same piece of data. Node also reports no error if the body is invalid or incomplete, so this function does.
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

/** Answers a request with too large a body without reading the rest of it, and closes the connection. */
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
    ...originForm(req.url ?? '', req.rawHeaders),
    body,
    bodyBytes,
    httpVersion: req.httpVersion,
  };
  const { cors = [] } = handler;
  const preflight = cors.length === 0 ? null : preflightReply(request, cors);
  if (preflight) {
    sendReply(res, preflight);
    return;
  }
  handler.handle(request).then(
    (answered) => {
      const more = cors.length === 0 ? [] : corsHeaders(request, cors);
      const reply =
        more.length === 0 ? answered : { ...answered, headers: [...answered.headers, ...more] };
      return reply.wireFault
        ? sendFaulty(res, reply, reply.wireFault, handler.wait)
        : sendReply(res, reply);
    },
    (error: unknown) => {
      handler.defect(error);
      const message = 'The emulator failed; its error output says why.';
      sendReply(res, frontDoorReply(randomUUID(), 500, 'InternalFailure', message));
    },
  );
}

type Refuser = (error: NodeJS.ErrnoException, socket: Duplex) => void;

/**
 * Makes the listener that answers invalid HTTP. Node emits no request for it. The answer has AWS's form. It is
 * sent after the answers to earlier requests, because a client matches answers to requests by their order.
 */
function malformedRefuser(
  latest: LatestResponses,
  lingerMilliseconds: number,
  handler: WireHandler,
): Refuser {
  const refused = new WeakSet<Duplex>();
  return (error, socket) => {
    // Node calls this again for each further piece of invalid data.
    if (refused.has(socket)) return;
    refused.add(socket);
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const other = otherProtocol(error);
    if (other !== null) noticeOnce(handler, other);
    const reply = malformedReply(error, other);
    const last = latest.get(socket);
    if (last && !last.req.complete && !last.writableEnded) {
      // The body of this request was invalid or late. The request gets no other answer.
      last.shouldKeepAlive = false;
      sendReply(last, reply);
    } else if (last && !last.closed) {
      last.once('close', () => endWith(socket, reply, lingerMilliseconds));
    } else {
      endWith(socket, reply, lingerMilliseconds);
    }
  };
}

const PLAIN_ON_TLS =
  'A client spoke plain HTTP, and this port speaks HTTPS: give the client an endpoint that begins with https://.';

/** What each handler was told. */
const noticed = new WeakMap<WireHandler, Set<string>>();

function noticeOnce(handler: WireHandler, sentence: string): void {
  const told = noticed.get(handler) ?? new Set();
  noticed.set(handler, told);
  if (told.has(sentence)) return;
  told.add(sentence);
  handler.notice?.(sentence);
}

/** The bytes with which a record of a TLS handshake begins, and those with which HTTP/2 does. */
const TLS_HANDSHAKE = Buffer.from([0x16, 0x03]);
const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2');

/** A sentence about a client that speaks another protocol; null if its bytes are of none that is known. */
function otherProtocol(error: Error): string | null {
  const bytes = (error as { readonly rawPacket?: Buffer }).rawPacket;
  const begins = (with_: Buffer) => bytes?.subarray(0, with_.length).equals(with_) === true;
  if (begins(TLS_HANDSHAKE)) {
    return 'A client began a TLS handshake, and this port speaks plain HTTP: give the client an endpoint that begins with http://, or start the endpoint with TLS.';
  }
  if (begins(HTTP2_PREFACE)) {
    return 'A client speaks HTTP/2, and this port speaks HTTP/1.1 only: switch HTTP/2 off in the client.';
  }
  return null;
}

function malformedReply({ code }: NodeJS.ErrnoException, other: string | null): WireReply {
  return code === 'ERR_HTTP_REQUEST_TIMEOUT'
    ? frontDoorReply(randomUUID(), 408, 'RequestTimeoutException', 'The request took too long.')
    : frontDoorReply(
        randomUUID(),
        400,
        'MalformedHttpRequestException',
        other ?? 'The request is not well-formed HTTP/1.1.',
      );
}

/** Writes a reply to the socket and ends it. If the client does not close in time, the socket is destroyed. */
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
