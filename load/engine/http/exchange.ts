/** One request and its answer, with the time of each step. */

import { performance } from 'node:perf_hooks';
import type { RequestError } from './error-codes.ts';
import type { Outgoing } from './outgoing.ts';
import type { RequestHead } from './request-head.ts';
import { NO_TIMINGS, type Timings } from './timings.ts';

/** The connection that carries an exchange. */
export interface Carrier {
  /** Ends the exchange that it carries. */
  fail(error: RequestError): void;
}

/** The result of a TLS handshake: the version by k6's name, the cipher suite by its registered name. */
export interface TlsState {
  readonly version: string;
  readonly cipherSuite: string;
}

export class Exchange {
  readonly outgoing: Outgoing;
  readonly head: RequestHead;
  status = 0;
  statusText = '';
  proto = '';
  /** Names and values in turn, as the server wrote them. */
  rawHeaders: readonly string[] = [];
  body: string | Buffer = '';
  error: RequestError | null = null;
  /** Null on a plain connection. */
  tls: TlsState | null = null;
  /** Whether the answer sets a cookie. */
  setsCookies = false;
  remoteIp = '';
  remotePort = 0;
  /** Null before the exchange has a connection, and after the exchange is over. */
  connection: Carrier | null = null;
  readonly #done: (exchange: Exchange) => void;
  readonly queuedAt = performance.now();
  /** Milliseconds that it waited before, because of a limit on requests a second. k6 does not count them. */
  pacedMs = 0;
  /** Milliseconds that connecting took; 0 if the exchange did not wait for a new connection. */
  connecting = 0;
  handshaking = 0;
  /** Milliseconds of performance.now(); 0 for an event that has not happened. */
  startedAt = 0;
  sentAt = 0;
  answeredAt = 0;
  endedAt = 0;

  constructor(outgoing: Outgoing, head: RequestHead, done: (exchange: Exchange) => void) {
    this.outgoing = outgoing;
    this.head = head;
    this.#done = done;
  }

  get timings(): Timings {
    const { startedAt, endedAt, connecting, handshaking } = this;
    const dueAt = this.queuedAt - this.pacedMs;
    if (startedAt === 0) return { ...NO_TIMINGS, blocked: endedAt - dueAt };
    const answeredAt = this.answeredAt || endedAt;
    const sentAt = this.sentAt || answeredAt;
    return {
      blocked: startedAt - dueAt - connecting - handshaking,
      connecting,
      tls_handshaking: handshaking,
      sending: sentAt - startedAt,
      waiting: answeredAt - sentAt,
      receiving: endedAt - answeredAt,
      duration: endedAt - startedAt,
    };
  }

  /** Ends the exchange with `error` unless it is over. */
  cancel(error: RequestError): void {
    this.connection?.fail(error);
  }

  tell(): void {
    this.#done(this);
  }
}
