/** Sends the requests of one VU, follows redirects, and records the metrics. */

import { performance } from 'node:perf_hooks';
import { unpack } from '../http/compression.ts';
import { cookieHeader, setCookiesOf } from '../http/cookies.ts';
import { codeOfStatus, ERROR_CODES, type RequestError } from '../http/error-codes.ts';
import type { Exchange } from '../http/exchange.ts';
import { DEFAULT_JUDGE, type StatusJudge } from '../http/expected-statuses.ts';
import { headerIn } from '../http/headers.ts';
import type { Outgoing } from '../http/outgoing.ts';
import { redirected } from '../http/redirect.ts';
import type { Prepared } from '../http/request.ts';
import { type Answer, type Asked, Response } from '../http/response.ts';
import { NO_TIMINGS, type Timings } from '../http/timings.ts';
import { later } from './open-tasks.ts';
import type { Vu } from './vu.ts';

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

  /** Sends a request and follows its redirects. The settler is called once, in a later turn of the event loop. */
  send(prepared: Prepared, settler: Settler): void {
    const { urlError, emptied } = prepared;
    for (const name of emptied) {
      this.#vu.run.warn(
        `The form field "${name}" is sent empty, as by k6: a form has no place for an object. Give its text, such as JSON.stringify(…).`,
      );
    }
    if (urlError) {
      later(this.#vu, () => this.#fail(prepared, urlError, settler));
      return;
    }
    try {
      this.#vu.run.transport.check(prepared.outgoing.target);
    } catch (error) {
      later(this.#vu, () => settler.reject(error as Error));
      return;
    }
    new Task(this.#vu, this, prepared, settler);
  }

  /** Answers a request that was not sent. As in k6, the metrics do not count a request whose URL is invalid. */
  #fail(prepared: Prepared, error: RequestError, settler: Settler): void {
    const answer = neverSent(prepared, error);
    const response =
      error.code === ERROR_CODES.invalidUrl
        ? new Response(answer, NO_TIMINGS, prepared.type, prepared)
        : measured(this.#vu, this.judge, prepared, answer, NO_TIMINGS, prepared);
    conclude(prepared, response, settler);
  }
}

/** A request that is under way. It keeps the iteration open until it ends or an interruption cuts it. */
class Task {
  readonly #vu: Vu;
  readonly #client: HttpClient;
  readonly #settler: Settler;
  readonly #prepared: Prepared;
  #redirects: number;
  /** The request that the script made. `#last` is the one that was sent last. */
  #asked: Asked;
  #last: Outgoing;
  /** In milliseconds of performance.now(). It also limits the redirects that follow the request. */
  #deadline: number | null = null;
  /** Null until the request is sent. */
  #exchange: Exchange | null = null;
  #waiting: NodeJS.Timeout | null = null;
  #cut = false;

  constructor(vu: Vu, client: HttpClient, prepared: Prepared, settler: Settler) {
    this.#vu = vu;
    this.#client = client;
    this.#prepared = prepared;
    this.#settler = settler;
    this.#redirects = prepared.redirects;
    this.#last = this.#withCookies(prepared.outgoing);
    this.#asked =
      this.#last === prepared.outgoing ? prepared : { ...prepared, outgoing: this.#last };
    vu.begin(this);
    this.#send();
  }

  cancel(): void {
    this.#cut = true;
    if (this.#waiting) clearTimeout(this.#waiting);
    this.#exchange?.cancel({ code: ERROR_CODES.generic, message: 'the iteration was interrupted' });
  }

  #send(): void {
    const { pacer, transport } = this.#vu.run;
    const outgoing = withCredentials(this.#last);
    const dueAt = performance.now();
    const go = () => {
      this.#waiting = null;
      this.#exchange = transport.send(outgoing, (one) => this.#over(one));
      this.#exchange.pacedMs = this.#exchange.queuedAt - dueAt;
    };
    const wait = pacer?.take(dueAt) ?? 0;
    if (wait <= 0) go();
    else this.#waiting = setTimeout(go, wait);
  }

  #over(exchange: Exchange): void {
    if (this.#cut) return;
    if (exchange.setsCookies) this.#keepCookies(exchange);
    if (typeof exchange.body !== 'string') unpackBody(exchange);
    const { judge } = this.#client;
    const response = measured(
      this.#vu,
      judge,
      this.#prepared,
      exchange,
      exchange.timings,
      this.#asked,
    );
    const next =
      this.#redirects > 0 &&
      redirected(this.#asked.outgoing, this.#last, exchange.status, exchange.rawHeaders);
    if (next) {
      try {
        this.#vu.run.transport.check(next.target);
      } catch (error) {
        this.#vu.end(this);
        this.#settler.reject(error as Error);
        return;
      }
      this.#redirects -= 1;
      this.#deadline ??= exchange.queuedAt + this.#last.timeoutMs;
      const timeoutMs = Math.max(1, this.#deadline - performance.now());
      this.#last = this.#withCookies({ ...next, timeoutMs });
      this.#send();
      return;
    }
    this.#vu.end(this);
    conclude(this.#prepared, response, this.#settler);
  }

  #keepCookies({ rawHeaders }: Exchange): void {
    const jar = this.#prepared.jar ?? this.#vu.cookieJar();
    jar.take(new URL(this.#last.target.href), setCookiesOf(rawHeaders), Date.now());
  }

  #withCookies(outgoing: Outgoing): Outgoing {
    const { cookies } = this.#prepared;
    const jar = this.#prepared.jar ?? this.#vu.cookies;
    if (cookies.length === 0 && (jar === null || jar.size === 0)) return outgoing;
    const more = cookieHeader(jar, cookies, outgoing.target.href, Date.now());
    if (more === '') return outgoing;
    const own = headerIn(outgoing.headers, 'cookie');
    const others: string[] = [];
    for (let i = 0; i + 1 < outgoing.headers.length; i += 2) {
      const [name, value] = outgoing.headers.slice(i, i + 2) as [string, string];
      if (name.toLowerCase() !== 'cookie') others.push(name, value);
    }
    const cookie = own === undefined ? more : `${own}; ${more}`;
    return { ...outgoing, headers: [...others, 'cookie', cookie] };
  }
}

/** Uses the user name in the URL for basic authentication, unless the script gives an Authorization header. */
function withCredentials(outgoing: Outgoing): Outgoing {
  const { credentials } = outgoing.target;
  if (credentials === null || headerIn(outgoing.headers, 'authorization') !== undefined) {
    return outgoing;
  }
  const basic = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return { ...outgoing, headers: [...outgoing.headers, 'authorization', basic] };
}

/** Unpacks the body. As in k6, a body that cannot be unpacked makes the request fail. */
function unpackBody(exchange: Exchange): void {
  const encoding = headerIn(exchange.rawHeaders, 'content-encoding');
  if (encoding === undefined || typeof exchange.body === 'string') return;
  try {
    exchange.body = unpack(exchange.body, encoding);
  } catch (error) {
    const message = `error decompressing response body (${(error as Error).message})`;
    exchange.error = { code: ERROR_CODES.decompression, message };
    exchange.status = 0;
    exchange.proto = '';
    exchange.rawHeaders = [];
  }
}

function conclude({ throws }: Prepared, response: Response, settler: Settler): void {
  if (throws && response.status === 0) settler.reject(new Error(response.error));
  else settler.resolve(response);
}

/** Records one answer in the metrics. */
function measured(
  vu: Vu,
  vuJudge: StatusJudge | null,
  prepared: Prepared,
  answer: Answer,
  timings: Timings,
  asked: Asked,
): Response {
  const judge = prepared.judge === undefined ? vuJudge : prepared.judge;
  const expected = judge === null ? null : judge.expects(answer.status);
  vu.run.failedAnswers.see(answer);
  vu.run.http.record(timings, expected, vu, () => ({
    ...prepared.tags,
    ...systemTags(vu, prepared, answer, expected),
  }));
  return new Response(answer, timings, prepared.type, asked);
}

function systemTags(
  vu: Vu,
  { tags: own, name }: Prepared,
  { outgoing, status, error, proto, tls, remoteIp }: Answer,
  expected: boolean | null,
): Record<string, string> {
  const code = error?.code ?? codeOfStatus(status);
  // A name that the script gives also replaces the `url` tag, because there may be many different URLs.
  const named = own?.name ?? vu.tags.name ?? name;
  const tags: Record<string, string> = {
    method: outgoing.method,
    url: named ?? outgoing.target.clean,
    name: named ?? outgoing.target.clean,
    status: String(status),
    proto,
    ip: remoteIp,
  };
  if (expected !== null) tags.expected_response = String(expected);
  if (error) tags.error = error.message;
  if (code !== 0) tags.error_code = String(code);
  if (tls) tags.tls_version = tls.version;
  const { systemTags: wanted } = vu.run.plan;
  return Object.fromEntries(
    Object.entries(tags).filter(([tag]) => wanted.has(tag) || (tag === 'name' && named !== null)),
  );
}

function neverSent({ outgoing }: Prepared, error: RequestError): Answer {
  return {
    outgoing,
    status: 0,
    statusText: '',
    proto: '',
    rawHeaders: [],
    body: '',
    error,
    tls: null,
    remoteIp: '',
    remotePort: 0,
  };
}
