/** The response that a script sees. It has k6's members. Each one is computed when it is first read. */

import { notSupported } from '../read/refusal.ts';
import { type OwnCookie, setCookiesOf } from './cookies.ts';
import { codeOfStatus, type RequestError } from './error-codes.ts';
import type { TlsState } from './exchange.ts';
import { canonicalName, headersOf } from './headers.ts';
import { readJson } from './json-path.ts';
import type { Outgoing } from './outgoing.ts';
import type { Timings } from './timings.ts';

export type ResponseType = 'text' | 'binary' | 'none';

/** Members that a script may read of a response; used to catch a response that was not awaited. */
export const RESPONSE_MEMBERS = [
  'status',
  'status_text',
  'headers',
  'body',
  'json',
  'timings',
  'error',
  'error_code',
  'url',
  'request',
  'proto',
  'remote_ip',
  'remote_port',
  'cookies',
  'tls_version',
  'tls_cipher_suite',
] as const;

/** k6's other members of a response. */
export const UNSUPPORTED_RESPONSE_MEMBERS = ['ocsp', 'html', 'clickLink', 'submitForm'] as const;

/** The data of a response. It comes from an exchange that is over, or from a request that was never sent. */
export interface Answer {
  readonly outgoing: Outgoing;
  readonly status: number;
  readonly statusText: string;
  readonly proto: string;
  readonly rawHeaders: readonly string[];
  /** The unpacked body: text if the exchange kept it as text, else bytes. */
  readonly body: string | Buffer;
  readonly error: RequestError | null;
  readonly tls: TlsState | null;
  readonly remoteIp: string;
  readonly remotePort: number;
}

/** The request that the script made. */
export interface Asked {
  readonly outgoing: Outgoing;
  readonly cookies: readonly OwnCookie[];
}

/** A cookie of an answer, by k6's names. */
export interface ResponseCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly http_only: boolean;
  readonly secure: boolean;
  /** Seconds; 0 where the answer does not say. */
  readonly max_age: number;
  /** Epoch milliseconds; 0 where the answer does not say. */
  readonly expires: number;
}

export class Response {
  readonly status: number;
  readonly status_text: string;
  readonly timings: Timings;
  readonly error: string;
  readonly error_code: number;
  readonly url: string;
  readonly proto: string;
  readonly remote_ip: string;
  readonly remote_port: number;
  readonly #asked: Asked;
  readonly #answer: Answer;
  readonly #type: ResponseType;
  #headers: Record<string, string> | null = null;
  #body: string | ArrayBuffer | null | undefined;
  #json: { readonly value: unknown } | null = null;

  /** @param asked the request that the script made. Redirects may have followed it. */
  constructor(answer: Answer, timings: Timings, type: ResponseType, asked: Asked) {
    const { error, status } = answer;
    this.status = status;
    this.status_text = status === 0 ? '' : `${status} ${answer.statusText}`;
    this.timings = timings;
    this.error = error?.message ?? '';
    this.error_code = error?.code ?? codeOfStatus(status);
    this.url = answer.outgoing.target.href;
    this.proto = answer.proto;
    this.remote_ip = answer.remoteIp;
    this.remote_port = answer.remotePort;
    this.#asked = asked;
    this.#answer = answer;
    this.#type = type;
  }

  get headers(): Record<string, string> {
    this.#headers ??= headersOf(this.#answer.rawHeaders);
    return this.#headers;
  }

  /** `''` on a plain connection. */
  get tls_version(): string {
    return this.#answer.tls?.version ?? '';
  }

  get tls_cipher_suite(): string {
    return this.#answer.tls?.cipherSuite ?? '';
  }

  /** The cookies that the answer sets, by name. */
  get cookies(): Record<string, ResponseCookie[]> {
    const cookies: Record<string, ResponseCookie[]> = {};
    for (const one of setCookiesOf(this.#answer.rawHeaders)) {
      const { name, value, domain, path, secure, expires } = one;
      const [http_only, max_age] = [one.httpOnly, one.maxAge];
      cookies[name] ??= [];
      cookies[name].push({ name, value, domain, path, http_only, secure, max_age, expires });
    }
    return cookies;
  }

  /** Null after a request that failed, and where the response type is `none`. */
  get body(): string | ArrayBuffer | null {
    if (this.#body === undefined) this.#body = this.#readBody();
    return this.#body;
  }

  get request(): Record<string, unknown> {
    const { method, target, headers, body } = this.#asked.outgoing;
    const sent: Record<string, string[]> = {};
    for (let i = 0; i < headers.length; i += 2) {
      sent[canonicalName(headers[i] ?? '')] = [headers[i + 1] ?? ''];
    }
    return {
      method,
      url: target.href,
      headers: sent,
      body: typeof body === 'string' ? body : body ? Buffer.from(body).toString('utf8') : '',
      cookies: Object.fromEntries(this.#asked.cookies.map((one) => [one.name, [one]])),
    };
  }

  /**
   * The body as JSON, or the part of it at `path` (dots, array indexes, `#` for a length).
   *
   * @throws Error where the body is null or is not JSON.
   */
  json(path?: string): unknown {
    this.#json ??= { value: this.#parse() };
    return path === undefined ? this.#json.value : readJson(this.#json.value, path);
  }

  toJSON(): Record<string, unknown> {
    return Object.fromEntries(
      RESPONSE_MEMBERS.filter((member) => member !== 'json').map((member) => [
        member,
        this[member],
      ]),
    );
  }

  #readBody(): string | ArrayBuffer | null {
    if (this.status === 0 || this.#type === 'none') return null;
    const { body } = this.#answer;
    if (typeof body === 'string') return body;
    return this.#type === 'text' ? body.toString('utf8') : new Uint8Array(body).buffer;
  }

  #parse(): unknown {
    const { body } = this;
    if (body === null) {
      throw new Error(
        "the body is null so we can't transform it to JSON - this likely was because of a request error getting the response",
      );
    }
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Error(`cannot parse json of ${this.url}: ${(error as Error).message}`);
    }
  }
}

for (const member of UNSUPPORTED_RESPONSE_MEMBERS) {
  Object.defineProperty(Response.prototype, member, {
    get() {
      throw new Error(notSupported(`${member} of a response`));
    },
  });
}
