/**
 * Sends requests over HTTP/1.1 keep-alive connections. Each connection carries one request at a time.
 *
 * The transport does not retry requests or follow redirects. A request takes the idle connection that was used
 * last. If there is no idle connection, it opens one. A request never waits for another request.
 */

import type { LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { guardedLookup, refuseBlocked } from './blocked.ts';
import { Connection, type ConnectionOwner } from './connection.ts';
import { requestErrorOf } from './error-codes.ts';
import { Exchange } from './exchange.ts';
import { type Endpoint, endpointOf } from './hosts.ts';
import { isLoopback } from './loopback.ts';
import type { Outgoing } from './outgoing.ts';
import type { HttpPlan } from './plan.ts';
import { headOf, NO_HEAD, type RequestHead } from './request-head.ts';
import { certificateFor } from './tls.ts';
import type { WireUrl } from './wire-url.ts';

export interface TransportOptions
  extends Pick<
    HttpPlan,
    'hosts' | 'insecureSkipTLSVerify' | 'tls' | 'noConnectionReuse' | 'blocked'
  > {
  /** Whether requests to other machines are refused. */
  readonly loopbackOnly: boolean;
}

export interface Transport {
  /** @throws Error if requests to the target are not allowed. */
  check(target: WireUrl): void;
  /** Sends the request. @param done called once, in a later turn of the event loop. */
  send(outgoing: Outgoing, done: (exchange: Exchange) => void): Exchange;
  /** Bytes on all sockets so far, TLS and headers included. */
  bytes(): { sent: number; received: number };
  /** Closes every connection at once. */
  close(): Promise<void>;
}

export function openTransport(options: TransportOptions): Transport {
  return new PoolingTransport(options);
}

/** One origin, with its address and its idle connections. */
interface Origin {
  readonly endpoint: Endpoint;
  readonly secure: ConnectionOptions | null;
  readonly idle: Connection[];
}

class PoolingTransport implements Transport {
  readonly #options: TransportOptions;
  readonly #origins = new Map<string, Origin>();
  readonly #connections = new Map<Connection, Origin>();
  readonly #closedBytes = { sent: 0, received: 0 };
  #finished: Exchange[] = [];
  #whenClosed: (() => void) | null = null;
  readonly #owner: ConnectionOwner = {
    finished: (exchange, connection) => {
      if (connection.usable()) this.#connections.get(connection)?.idle.push(connection);
      this.#tellLater(exchange);
    },
    closed: (connection) => {
      this.#closedBytes.sent += connection.bytesSent;
      this.#closedBytes.received += connection.bytesReceived;
      this.#connections.delete(connection);
      if (this.#connections.size === 0) this.#whenClosed?.();
    },
  };

  readonly #lookup: LookupFunction | null;

  constructor(options: TransportOptions) {
    this.#options = options;
    const { addresses } = options.blocked;
    this.#lookup = addresses && guardedLookup(addresses);
  }

  check({ origin, host }: WireUrl): void {
    if (!this.#options.loopbackOnly || this.#origins.has(origin)) return;
    if (isLoopback(endpointOf(origin, this.#options.hosts).address)) return;
    throw new Error(
      `${host} is not on this machine, and load goes only to this machine: give --target and --allow-remote for another endpoint`,
    );
  }

  send(outgoing: Outgoing, done: (exchange: Exchange) => void): Exchange {
    let exchange: Exchange;
    try {
      const origin = this.#originOf(outgoing.target);
      exchange = new Exchange(outgoing, this.#headOf(outgoing, origin), done);
      (idling(origin) ?? this.#dial(origin)).carry(exchange);
    } catch (error) {
      // A header, a certificate, or a port in `hosts` is not valid. Nothing was sent.
      exchange = new Exchange(outgoing, NO_HEAD, done);
      exchange.error = requestErrorOf(error as Error);
      exchange.endedAt = performance.now();
      this.#tellLater(exchange);
    }
    return exchange;
  }

  bytes(): { sent: number; received: number } {
    let { sent, received } = this.#closedBytes;
    for (const connection of this.#connections.keys()) {
      sent += connection.bytesSent;
      received += connection.bytesReceived;
    }
    return { sent, received };
  }

  async close(): Promise<void> {
    if (this.#connections.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenClosed = resolve;
      for (const connection of this.#connections.keys()) connection.close();
    });
  }

  #headOf(outgoing: Outgoing, { endpoint }: Origin): RequestHead {
    const { body } = outgoing;
    const length = body === null ? null : Buffer.byteLength(body);
    return headOf(outgoing, endpoint.host, length, !this.#options.noConnectionReuse);
  }

  /** Calls the sender back after the other answers of this poll have their times too. */
  #tellLater(exchange: Exchange): void {
    if (this.#finished.push(exchange) > 1) return;
    setImmediate(() => {
      const told = this.#finished;
      this.#finished = [];
      for (const one of told) one.tell();
    });
  }

  #originOf(target: WireUrl): Origin {
    let origin = this.#origins.get(target.origin);
    if (!origin) {
      const endpoint = endpointOf(target.origin, this.#options.hosts);
      refuseBlocked(this.#options.blocked, endpoint);
      const secure = endpoint.secure ? this.#secureOptions(endpoint) : null;
      origin = { endpoint, secure, idle: [] };
      this.#origins.set(target.origin, origin);
    }
    return origin;
  }

  #secureOptions({ hostname }: Endpoint): ConnectionOptions {
    const { tls, insecureSkipTLSVerify } = this.#options;
    const certificate = certificateFor(tls, hostname);
    // The context is created once per origin, because it holds all trusted authorities.
    const secureContext = createSecureContext({
      ...(tls.minVersion ? { minVersion: tls.minVersion } : {}),
      ...(tls.maxVersion ? { maxVersion: tls.maxVersion } : {}),
      ...(certificate ? { cert: certificate.cert, key: certificate.key } : {}),
      ...(certificate?.passphrase ? { passphrase: certificate.passphrase } : {}),
    });
    return { secureContext, rejectUnauthorized: !insecureSkipTLSVerify };
  }

  #dial(origin: Origin): Connection {
    const { endpoint, secure } = origin;
    const connection = new Connection(endpoint, secure, this.#lookup, this.#owner);
    this.#connections.set(connection, origin);
    return connection;
  }
}

/** Takes the idle connection that was used last, and closes those that are no longer usable. */
function idling({ idle }: Origin): Connection | null {
  for (let last = idle.pop(); last; last = idle.pop()) {
    if (last.usable()) return last;
    last.close();
  }
  return null;
}
