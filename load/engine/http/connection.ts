/**
 * One HTTP/1.1 connection. It carries one request at a time.
 *
 * It uses sockets directly. With an HTTP client on top of them, an iteration took an eighth more CPU time, and the
 * engine missed its aims (docs/benchmarks.md). AnswerReader parses the answers.
 */

import net from 'node:net';
import { performance } from 'node:perf_hooks';
import tls from 'node:tls';
import { LONGEST_TIMER_MS } from '../read/duration.ts';
import { AnswerReader } from './answer-reader.ts';
import {
  DIAL_TIMEOUT,
  ERROR_CODES,
  REQUEST_TIMEOUT,
  type RequestError,
  requestErrorOf,
} from './error-codes.ts';
import type { Exchange, TlsState } from './exchange.ts';
import type { Endpoint } from './hosts.ts';
import { tlsStateOf } from './tls.ts';

/** What a connection tells its owner. */
export interface ConnectionOwner {
  /** Called when an exchange is over. The connection can take another exchange if it is `usable()`. */
  finished(exchange: Exchange, connection: Connection): void;
  closed(connection: Connection): void;
}

/** How long an idle connection is kept. It is the time of Go's client. A server may announce a shorter one. */
const IDLE_MS = 90_000;
/** An idle connection is given up this long before the server closes it, so that no request is sent on it then. */
const IDLE_MARGIN_MS = 1_000;

/** The receive buffer of all connections. Its bytes are read before the next connection writes to it. */
const incoming = Buffer.allocUnsafeSlow(65_536);
/** The send buffer of all plain connections. It is replaced if a socket does not take the request at once. */
let outgoing = Buffer.allocUnsafeSlow(65_536);

export class Connection {
  readonly #owner: ConnectionOwner;
  readonly #socket: net.Socket;
  readonly #secure: boolean;
  readonly #reader = new AnswerReader();
  #exchange: Exchange | null = null;
  #ready = false;
  readonly #dialledAt = performance.now();
  #connectedAt = 0;
  #tls: TlsState | null = null;
  /** In milliseconds of performance.now(). */
  #idleUntil = Number.POSITIVE_INFINITY;
  /** The timer is kept between requests, because refreshing it is cheaper than creating one. */
  #timer: NodeJS.Timeout | null = null;
  #timerMs = 0;

  /**
   * Starts to connect.
   *
   * @param secure the options of TLS; null for plain TCP.
   * @param lookup null for Node's own.
   */
  constructor(
    endpoint: Endpoint,
    secure: tls.ConnectionOptions | null,
    lookup: net.LookupFunction | null,
    owner: ConnectionOwner,
  ) {
    this.#owner = owner;
    this.#secure = secure !== null;
    const { address, port, servername } = endpoint;
    const where = {
      host: address,
      port,
      ...(lookup ? { lookup } : {}),
      onread: {
        buffer: incoming,
        callback: (length: number) => this.#received(incoming.subarray(0, length)),
      },
    };
    const socket = secure
      ? tls.connect({ ...secure, ...where, servername, ALPNProtocols: ['http/1.1'] })
      : net.connect(where);
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.once('connect', () => {
      this.#connectedAt = performance.now();
      if (!secure) this.#begin();
    });
    if (socket instanceof tls.TLSSocket) {
      socket.once('secureConnect', () => {
        this.#tls = tlsStateOf(socket);
        this.#begin();
      });
    }
    socket.on('error', (error) => this.fail(requestErrorOf(error)));
    socket.once('end', () => this.#ended());
    socket.once('close', () => {
      this.#ended();
      if (this.#timer) clearTimeout(this.#timer);
      this.#owner.closed(this);
    });
  }

  get bytesSent(): number {
    return this.#socket.bytesWritten;
  }

  get bytesReceived(): number {
    return this.#socket.bytesRead;
  }

  /** Whether the connection can take a request now. */
  usable(): boolean {
    return (
      !this.#socket.destroyed && this.#exchange === null && performance.now() < this.#idleUntil
    );
  }

  /** Sends the request as soon as the connection is established. */
  carry(exchange: Exchange): void {
    this.#exchange = exchange;
    exchange.connection = this;
    this.#setTimer(Math.min(exchange.outgoing.timeoutMs, LONGEST_TIMER_MS));
    if (this.#ready) this.#send(exchange);
  }

  /** Ends the exchange, if there is one, and the connection. */
  fail(error: RequestError): void {
    this.#socket.destroy();
    const exchange = this.#exchange;
    if (!exchange) return;
    exchange.error = error;
    this.#conclude(exchange);
  }

  close(): void {
    this.#socket.destroy();
  }

  #begin(): void {
    this.#ready = true;
    const exchange = this.#exchange;
    if (!exchange) return;
    exchange.connecting = this.#connectedAt - this.#dialledAt;
    if (this.#secure) exchange.handshaking = performance.now() - this.#connectedAt;
    this.#send(exchange);
  }

  #send(exchange: Exchange): void {
    const { body, method, keeping } = exchange.outgoing;
    this.#reader.expect(method, keeping);
    const socket = this.#socket;
    exchange.tls = this.#tls;
    exchange.remoteIp = socket.remoteAddress ?? '';
    exchange.remotePort = socket.remotePort ?? 0;
    const { text, bodyLength } = exchange.head;
    // A UTF-16 code unit takes at most three bytes in UTF-8.
    const room = text.length * 3 + bodyLength;
    const shared = room <= outgoing.length && !this.#secure;
    const bytes = shared ? outgoing : Buffer.allocUnsafe(room);
    let end = bytes.write(text);
    if (typeof body === 'string') end += bytes.write(body, end);
    else if (body !== null) {
      bytes.set(body, end);
      end += bodyLength;
    }
    exchange.startedAt = performance.now();
    socket.write(bytes.subarray(0, end), () => {
      // If the answer came before the write was complete, this is not the time at which the request was sent.
      if (exchange.answeredAt === 0) exchange.sentAt ||= performance.now();
    });
    if (socket.writableLength === 0) exchange.sentAt = performance.now();
    // The socket still reads from the shared buffer, so the next request needs a new one.
    else if (shared) outgoing = Buffer.allocUnsafeSlow(outgoing.length);
  }

  /** @returns true, which makes Node continue to read. */
  #received(bytes: Buffer): true {
    const exchange = this.#exchange;
    if (!exchange || exchange.startedAt === 0) {
      // No request is under way on this connection.
      this.fail({ code: ERROR_CODES.generic, message: 'unsolicited response' });
      return true;
    }
    exchange.answeredAt ||= performance.now();
    let complete = false;
    try {
      complete = this.#reader.read(bytes);
    } catch (error) {
      this.fail({ code: ERROR_CODES.generic, message: (error as Error).message });
    }
    if (complete) this.#complete(exchange);
    return true;
  }

  #ended(): void {
    const exchange = this.#exchange;
    if (!exchange) {
      this.#socket.destroy();
      return;
    }
    const message = this.#reader.end();
    if (message === null) this.#complete(exchange);
    else this.fail({ code: ERROR_CODES.generic, message });
  }

  #complete(exchange: Exchange): void {
    const reader = this.#reader;
    const socket = this.#socket;
    exchange.status = reader.status;
    exchange.statusText = reader.statusText;
    exchange.proto = reader.proto;
    exchange.rawHeaders = reader.headers;
    exchange.setsCookies = reader.setsCookies;
    exchange.body = reader.text ?? joined(reader.chunks);
    reader.headers = [];
    reader.chunks = [];
    reader.text = null;
    const hinted = reader.keepAliveSeconds ?? Number.POSITIVE_INFINITY;
    const idleMs = Math.min(IDLE_MS, hinted * 1_000 - IDLE_MARGIN_MS);
    const isKept = reader.reusable && exchange.head.keepsAlive && idleMs > 0;
    // An answer can come before the request has been written completely. Such a connection is not reused.
    if (!isKept || socket.writableLength > 0) socket.destroy();
    this.#idleUntil = performance.now() + idleMs;
    this.#conclude(exchange);
  }

  #conclude(exchange: Exchange): void {
    exchange.endedAt = performance.now();
    exchange.connection = null;
    this.#exchange = null;
    this.#owner.finished(exchange, this);
  }

  /** Polls the sockets once more before it fails the request. If this process was busy, the answer may be unread. */
  #timeIsUp(): void {
    const exchange = this.#exchange;
    if (!exchange) return;
    setImmediate(() => {
      if (this.#exchange === exchange) this.fail(this.#ready ? REQUEST_TIMEOUT : DIAL_TIMEOUT);
    });
  }

  #setTimer(ms: number): void {
    if (this.#timer && this.#timerMs === ms) {
      this.#timer.refresh();
      return;
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#timerMs = ms;
    // The timer does not keep the process alive. The socket does that while a request is under way.
    this.#timer = setTimeout(() => this.#timeIsUp(), ms).unref();
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}
