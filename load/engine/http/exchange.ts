/** One request and its answer, stamped as it happens. */

import { performance } from 'node:perf_hooks';
import type { RequestError } from './error-codes.ts';
import type { Outgoing } from './outgoing.ts';
import type { RequestHead } from './request-head.ts';
import { NO_TIMINGS, type Timings } from './timings.ts';

/** What an exchange is on. */
export interface Carrier {
  /** Ends the exchange that it carries. */
  fail(error: RequestError): void;
}

/** What a handshake agreed on, by k6's names and the registered one of the cipher suite. */
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
  /** The answer has a cookie to keep. */
  setsCookies = false;
  remoteIp = '';
  remotePort = 0;
  /** Null before it has one, and once it is over. */
  connection: Carrier | null = null;
  readonly #done: (exchange: Exchange) => void;
  readonly queuedAt = performance.now();
  /** Milliseconds that the dial took, where this exchange waited for one. */
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
    if (startedAt === 0) return { ...NO_TIMINGS, blocked: endedAt - this.queuedAt };
    const answeredAt = this.answeredAt || endedAt;
    const sentAt = this.sentAt || answeredAt;
    return {
      blocked: startedAt - this.queuedAt - connecting - handshaking,
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
