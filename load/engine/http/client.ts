/** One VU's requests: sent, measured, redirected, answered. */

import type { Interruption, Vu } from '../vu.ts';
import { codeOfStatus, ERROR_CODES } from './error-codes.ts';
import type { Exchange } from './exchange.ts';
import { DEFAULT_JUDGE, type StatusJudge } from './expected-statuses.ts';
import type { Prepared } from './request.ts';
import { type Answer, Response } from './response.ts';
import { redirectTarget } from './target.ts';
import { NO_TIMINGS, type Timings } from './timings.ts';

/** How a request ended for its caller. */
export interface Settler {
  resolve(response: Response): void;
  reject(reason: Error): void;
}

export class HttpClient {
  readonly #vu: Vu;
  judge: StatusJudge | null = DEFAULT_JUDGE;

  constructor(vu: Vu) {
    this.#vu = vu;
  }

  /** Sends and follows; the settler is called once, later. */
  send(prepared: Prepared & { readonly valid: boolean }, settler: Settler): void {
    if (!prepared.valid) {
      const answer = neverSent(prepared);
      const response = measured(this.#vu, this.judge, prepared, answer, NO_TIMINGS);
      queueMicrotask(() => settler.resolve(response));
      return;
    }
    this.#vu.run.transport.check(prepared.outgoing.target);
    new Task(this.#vu, this, prepared, settler);
  }
}

/** A request on its way: what holds the iteration open, and what an interruption cuts. */
class Task {
  readonly #vu: Vu;
  readonly #client: HttpClient;
  readonly #settler: Settler;
  #prepared: Prepared;
  /** Null while it waits for its place. */
  #exchange: Exchange | null = null;
  #waiting: NodeJS.Timeout | null = null;
  #cut: Interruption | null = null;

  constructor(vu: Vu, client: HttpClient, prepared: Prepared, settler: Settler) {
    this.#vu = vu;
    this.#client = client;
    this.#prepared = prepared;
    this.#settler = settler;
    vu.begin(this);
    this.#send();
  }

  cancel(reason: Interruption): void {
    this.#cut = reason;
    if (this.#waiting) {
      clearTimeout(this.#waiting);
      this.#vu.end(this);
      this.#settler.reject(reason);
    } else {
      this.#exchange?.cancel({ code: ERROR_CODES.generic, message: reason.message });
    }
  }

  #send(): void {
    const { pacer, transport } = this.#vu.run;
    const go = () => {
      this.#waiting = null;
      this.#exchange = transport.send(this.#prepared.outgoing, (one) => this.#over(one));
    };
    const wait = pacer?.take(performance.now()) ?? 0;
    if (wait <= 0) go();
    else this.#waiting = setTimeout(go, wait);
  }

  #over(exchange: Exchange): void {
    if (this.#cut) {
      this.#vu.end(this);
      this.#settler.reject(this.#cut);
      return;
    }
    const response = measured(
      this.#vu,
      this.#client.judge,
      this.#prepared,
      exchange,
      exchange.timings,
    );
    const next = redirected(this.#prepared, response);
    if (next) {
      try {
        this.#vu.run.transport.check(next.outgoing.target);
      } catch (error) {
        this.#vu.end(this);
        this.#settler.reject(error as Error);
        return;
      }
      this.#prepared = next;
      this.#send();
      return;
    }
    this.#vu.end(this);
    this.#settler.resolve(response);
  }
}

/** Feeds the metrics with one answer. */
function measured(
  vu: Vu,
  vuJudge: StatusJudge | null,
  prepared: Prepared,
  answer: Answer,
  timings: Timings,
): Response {
  const judge = prepared.judge === undefined ? vuJudge : prepared.judge;
  const expected = judge === null ? null : judge.expects(answer.status);
  vu.run.http.record(timings, expected, vu, () => ({
    ...systemTags(prepared, answer, expected),
    ...prepared.tags,
  }));
  return new Response(answer, timings, prepared.type);
}

function systemTags(
  { outgoing, name }: Prepared,
  { status, error }: Answer,
  expected: boolean | null,
): Record<string, string> {
  const { href } = outgoing.target;
  const code = error?.code ?? codeOfStatus(status);
  const tags: Record<string, string> = {
    method: outgoing.method,
    url: name ?? href,
    name: name ?? href,
    status: String(status),
    proto: status === 0 ? '' : 'HTTP/1.1',
  };
  if (expected !== null) tags.expected_response = String(expected);
  if (error) tags.error = error.message;
  if (code !== 0) tags.error_code = String(code);
  return tags;
}

/** Only reads are followed: a PUT or POST must never be sent again unasked. */
function redirected(prepared: Prepared, response: Response): Prepared | null {
  const { outgoing, redirects } = prepared;
  const { method } = outgoing;
  if (redirects <= 0 || (method !== 'GET' && method !== 'HEAD')) return null;
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = response.headers.Location;
  const target = location === undefined ? null : redirectTarget(outgoing.target, location);
  if (!target) return null;
  return { ...prepared, outgoing: { ...outgoing, target }, redirects: redirects - 1 };
}

function neverSent({ outgoing }: Prepared): Answer {
  return {
    outgoing,
    status: 0,
    statusText: '',
    rawHeaders: [],
    body: '',
    error: { code: ERROR_CODES.invalidUrl, message: `invalid URL: ${outgoing.target.href}` },
    remoteIp: '',
    remotePort: 0,
  };
}
