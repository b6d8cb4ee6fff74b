/**
 * One connection of HTTP/1.1, and one request at a time on it.
 *
 * Plain sockets: with an HTTP client between, an iteration took an eighth more CPU, and the engine missed
 * its aims (docs/benchmarks.md). What comes back is read by AnswerReader.
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
  /** An exchange is over; `connection` takes another one where it is `usable`. */
  finished(exchange: Exchange, connection: Connection): void;
  closed(connection: Connection): void;
}

/** Keeps idle connections as long as Go's client does, unless the server hints less. */
const IDLE_MS = 90_000;
/** Before the server's own time is up, lest a request meet the closing connection. */
const IDLE_MARGIN_MS = 1_000;

/** Bytes of all connections come in here: each is read before the next can write over it. */
const incoming = Buffer.allocUnsafeSlow(65_536);
/** Requests are put together in here where the system takes them at once. */
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
  /** Of performance.now(). */
  #idleUntil = Number.POSITIVE_INFINITY;
  /** Kept from one request to the next: to make one costs more than to set it again. */
  #timer: NodeJS.Timeout | null = null;
  #timerMs = 0;

  /**
   * Dials.
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

  /** Whether it can take a request now. */
  usable(): boolean {
    return (
      !this.#socket.destroyed && this.#exchange === null && performance.now() < this.#idleUntil
    );
  }

  /** Sends the request, as soon as it is connected. */
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
    // A character takes three bytes at most.
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
      // What is written behind an early answer was not sent before it.
      if (exchange.answeredAt === 0) exchange.sentAt ||= performance.now();
    });
    if (socket.writableLength === 0) exchange.sentAt = performance.now();
    // It is still being read from.
    else if (shared) outgoing = Buffer.allocUnsafeSlow(outgoing.length);
  }

  /** @returns true: read on. */
  #received(bytes: Buffer): true {
    const exchange = this.#exchange;
    if (!exchange || exchange.startedAt === 0) {
      // Nobody asked for it.
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
    // An early answer does not prove that the request was written.
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

  /** Where this process was busy the answer may be here, unread: the sockets are looked at once more. */
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
    // The socket keeps the process alive while a request is under way; an idle one need not.
    this.#timer = setTimeout(() => this.#timeIsUp(), ms).unref();
  }
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only ? only : Buffer.concat(chunks);
}
