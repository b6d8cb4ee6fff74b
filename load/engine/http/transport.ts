/**
 * Puts requests on the wire: HTTP/1.1 on keep-alive connections, one request at a time on each.
 *
 * Nothing is retried and no redirect is followed. A connection is taken from those that idle, the
 * latest first, or made: a request never waits for another one.
 */

import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { buildConnector, Client, type Dispatcher } from 'undici';
import { DIAL_TIMEOUT, REQUEST_TIMEOUT, type RequestError, requestErrorOf } from './error-codes.ts';
import type { Target } from './target.ts';
import { type ClientCertificate, certificateFor, type TlsPlan } from './tls.ts';

export interface TransportOptions {
  /** Host, host:port or *.domain -> address, with or without port. */
  readonly hosts: Readonly<Record<string, string>>;
  readonly insecureSkipTLSVerify: boolean;
  readonly tls: TlsPlan;
  readonly noConnectionReuse: boolean;
}

export interface Outgoing {
  readonly method: string;
  readonly target: Target;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: string | Uint8Array | null;
  /** Milliseconds until the whole exchange must be over, connecting included. */
  readonly timeoutMs: number;
  /** The answer's body is read and thrown away. */
  readonly discardBody: boolean;
}

/** Milliseconds, by k6's names; `duration` is sending + waiting + receiving. */
export interface Timings {
  readonly blocked: number;
  readonly connecting: number;
  readonly tls_handshaking: number;
  readonly sending: number;
  readonly waiting: number;
  readonly receiving: number;
  readonly duration: number;
}

export interface Transport {
  /** @param done called once, in a later turn of the event loop. */
  send(outgoing: Outgoing, done: (exchange: Exchange) => void): Exchange;
  /** Bytes on all sockets so far, TLS and headers included. */
  bytes(): { sent: number; received: number };
  /** Cuts every connection. */
  close(): Promise<void>;
}

/** Keeps idle connections as long as Go's client does, unless the server hints less. */
const IDLE_MS = 90_000;

export function openTransport(options: TransportOptions): Transport {
  return new UndiciTransport(options);
}

class UndiciTransport implements Transport {
  readonly #options: TransportOptions;
  /** By the client certificate that they present. */
  readonly #connectors = new Map<ClientCertificate | null, buildConnector.connector>();
  readonly #idle = new Map<string, Lane[]>();
  readonly #lanes = new Set<Lane>();
  #finished: Exchange[] = [];
  readonly #closedBytes = { sent: 0, received: 0 };

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  send(outgoing: Outgoing, done: (exchange: Exchange) => void): Exchange {
    const { target, body } = outgoing;
    const lane = this.#idle.get(target.origin)?.pop() ?? this.#newLane(target);
    const exchange = new Exchange(this, lane, outgoing, done);
    try {
      lane.client.dispatch(
        {
          path: target.path,
          method: outgoing.method as Dispatcher.HttpMethod,
          headers: outgoing.headers,
          body,
          idempotent: false,
          reset: this.#options.noConnectionReuse,
        },
        exchange,
      );
    } catch (error) {
      exchange.onResponseError(null, error as Error);
    }
    return exchange;
  }

  /** Takes the lane back, and tells the sender once this poll's other answers are stamped too. */
  finish(exchange: Exchange): void {
    const { lane } = exchange;
    if (!lane.client.destroyed) this.#idle.get(lane.origin)?.push(lane);
    if (this.#finished.push(exchange) === 1) setImmediate(() => this.#tell());
  }

  bytes(): { sent: number; received: number } {
    let { sent, received } = this.#closedBytes;
    for (const { socket } of this.#lanes) {
      sent += socket?.bytesWritten ?? 0;
      received += socket?.bytesRead ?? 0;
    }
    return { sent, received };
  }

  async close(): Promise<void> {
    const lanes = [...this.#lanes];
    await Promise.all(lanes.map((lane) => lane.client.destroy()));
    for (const { socket } of lanes) socket?.destroy();
  }

  #tell(): void {
    const told = this.#finished;
    this.#finished = [];
    for (const exchange of told) exchange.tell();
  }

  #newLane({ origin }: Target): Lane {
    if (!this.#idle.has(origin)) this.#idle.set(origin, []);
    const lane: Lane = {
      origin,
      client: null as never,
      socket: null,
      dialledAt: 0,
      connectedAt: 0,
    };
    (lane as { client: Client }).client = new Client(origin, {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_MS,
      keepAliveMaxTimeout: IDLE_MS,
      connect: (asked, callback) => this.#dial(lane, asked, callback),
    });
    this.#lanes.add(lane);
    return lane;
  }

  #connectorFor(hostname: string): buildConnector.connector {
    const { tls, insecureSkipTLSVerify } = this.#options;
    const certificate = certificateFor(tls, hostname);
    let connector = this.#connectors.get(certificate);
    if (!connector) {
      connector = buildConnector({
        allowH2: false,
        timeout: 0,
        rejectUnauthorized: !insecureSkipTLSVerify,
        ...(tls.minVersion ? { minVersion: tls.minVersion } : {}),
        ...(tls.maxVersion ? { maxVersion: tls.maxVersion } : {}),
        ...(certificate ? { cert: certificate.cert, key: certificate.key } : {}),
        ...(certificate?.passphrase ? { passphrase: certificate.passphrase } : {}),
      });
      this.#connectors.set(certificate, connector);
    }
    return connector;
  }

  #dial(lane: Lane, asked: buildConnector.Options, callback: buildConnector.Callback): void {
    const place = mapped(this.#options.hosts, asked.hostname, asked.port);
    lane.dialledAt = performance.now();
    lane.connectedAt = 0;
    // It returns the socket, though its type does not say so.
    const connect = this.#connectorFor(asked.hostname);
    const socket = connect({ ...asked, ...place }, callback) as unknown as Socket;
    lane.socket = socket;
    socket.once('connect', () => {
      lane.connectedAt = performance.now();
    });
    socket.once('close', () => {
      this.#closedBytes.sent += socket.bytesWritten;
      this.#closedBytes.received += socket.bytesRead;
      if (lane.socket === socket) lane.socket = null;
      if (lane.client.destroyed) this.#lanes.delete(lane);
    });
  }
}

/** One connection and what is known of its latest dial. */
interface Lane {
  readonly origin: string;
  readonly client: Client;
  socket: Socket | null;
  /** 0 once an exchange has taken the dial into its timings. */
  dialledAt: number;
  connectedAt: number;
}

/** One request and its answer, stamped as it happens: it is undici's handler itself. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly outgoing: Outgoing;
  readonly lane: Lane;
  status = 0;
  statusText = '';
  /** Names and values in turn, as the server wrote them. */
  rawHeaders: readonly (Buffer | string)[] = [];
  chunks: Buffer[] = [];
  error: RequestError | null = null;
  remoteIp = '';
  remotePort = 0;
  readonly #transport: UndiciTransport;
  readonly #done: (exchange: Exchange) => void;
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | null = null;
  readonly #queuedAt = performance.now();
  #connecting = 0;
  #handshaking = 0;
  #startedAt = 0;
  #sentAt = 0;
  #answeredAt = 0;
  #endedAt = 0;
  #over = false;

  constructor(
    transport: UndiciTransport,
    lane: Lane,
    outgoing: Outgoing,
    done: (exchange: Exchange) => void,
  ) {
    this.#transport = transport;
    this.lane = lane;
    this.outgoing = outgoing;
    this.#done = done;
    this.#timer = setTimeout(
      () => this.cancel(this.#startedAt > 0 ? REQUEST_TIMEOUT : DIAL_TIMEOUT),
      outgoing.timeoutMs,
    );
  }

  get timings(): Timings {
    if (this.#startedAt === 0) {
      const blocked = this.#endedAt - this.#queuedAt;
      return { ...NO_TIMINGS, blocked };
    }
    const sentAt = this.#sentAt || this.#endedAt;
    const answeredAt = this.#answeredAt || this.#endedAt;
    return {
      blocked: this.#startedAt - this.#queuedAt - this.#connecting - this.#handshaking,
      connecting: this.#connecting,
      tls_handshaking: this.#handshaking,
      sending: sentAt - this.#startedAt,
      waiting: answeredAt - sentAt,
      receiving: this.#endedAt - answeredAt,
      duration: this.#endedAt - this.#startedAt,
    };
  }

  get body(): Buffer {
    const [only] = this.chunks;
    return this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks);
  }

  /** Ends the exchange with `error` unless it is over. */
  cancel(error: RequestError): void {
    if (this.#over) return;
    const { lane } = this;
    if (this.#endedAt > 0) {
      // Answered, and the rest of the request was never taken: that is an answer all the same.
      lane.socket?.destroy();
      return;
    }
    this.error = error;
    const reason = new Error(error.message);
    if (this.#controller) {
      this.#controller.abort(reason);
    } else {
      // Still connecting: nothing else can be on this lane, and nobody else would end the dial.
      void lane.client.destroy(reason);
      lane.socket?.destroy();
    }
  }

  tell(): void {
    this.#done(this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    const { lane } = this;
    const { socket } = lane;
    this.remoteIp = socket?.remoteAddress ?? '';
    this.remotePort = socket?.remotePort ?? 0;
    if (lane.dialledAt > 0) {
      const connectedAt = lane.connectedAt || performance.now();
      this.#connecting = connectedAt - lane.dialledAt;
      if (lane.origin.startsWith('https')) this.#handshaking = performance.now() - connectedAt;
      lane.dialledAt = 0;
    }
    this.#startedAt = performance.now();
  }

  onRequestSent(): void {
    this.#sentAt = performance.now();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    _headers: unknown,
    statusText?: string,
  ): void {
    if (status < 200) return;
    this.#answeredAt = performance.now();
    this.status = status;
    this.statusText = statusText ?? '';
    this.rawHeaders = (controller.rawHeaders ?? []) as readonly (Buffer | string)[];
  }

  onResponseData(_controller: unknown, chunk: Buffer): void {
    if (!this.outgoing.discardBody) this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#endedAt = performance.now();
    const { socket } = this.lane;
    // An early answer does not prove that the request was written: its buffer is still in use then.
    if (!socket || socket.writableLength === 0) {
      this.#conclude();
      return;
    }
    const written = () => {
      socket.off('drain', written).off('close', written);
      this.#conclude();
    };
    socket.on('drain', written).on('close', written);
  }

  onResponseError(_controller: unknown, error: Error): void {
    if (this.#over) return;
    this.#endedAt = performance.now();
    this.error ??= requestErrorOf(error);
    this.status = 0;
    this.statusText = '';
    this.rawHeaders = [];
    this.chunks = [];
    this.#conclude();
  }

  #conclude(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#transport.finish(this);
  }
}

export const NO_TIMINGS: Timings = {
  blocked: 0,
  connecting: 0,
  tls_handshaking: 0,
  sending: 0,
  waiting: 0,
  receiving: 0,
  duration: 0,
};

/** Where `hosts` sends a name: its address, and its port where one is given. */
function mapped(
  hosts: TransportOptions['hosts'],
  hostname: string,
  port: string,
): { hostname?: string; port?: string } {
  const to = hosts[`${hostname}:${port}`] ?? hosts[hostname] ?? hosts[wildcardFor(hosts, hostname)];
  if (to === undefined) return {};
  const [, address = to, mappedPort] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(to) ?? [];
  return mappedPort === undefined ? { hostname: address } : { hostname: address, port: mappedPort };
}

function wildcardFor(hosts: TransportOptions['hosts'], hostname: string): string {
  const fits = (name: string) => name.startsWith('*.') && hostname.endsWith(name.slice(1));
  return Object.keys(hosts).find(fits) ?? '';
}
