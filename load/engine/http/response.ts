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

/** What a response computes when it is first read. */
interface Late {
  readonly asked: Asked;
  readonly answer: Answer;
}

/**
 * As in k6, the members are the object's own: `{ ...res }` copies them, and a script may set them. A field
 * would be set before the constructor runs, so none is declared as one: the order is that of the constructor.
 */
export class Response {
  declare remote_ip: string;
  declare remote_port: number;
  declare url: string;
  declare status: number;
  declare status_text: string;
  declare proto: string;
  declare headers: Record<string, string>;
  /** The cookies that the answer sets, by name. */
  declare cookies: Record<string, ResponseCookie[]>;
  /** Null after a request that failed, and where the response type is `none`. */
  declare body: string | ArrayBuffer | null;
  declare timings: Timings;
  /** `''` on a plain connection. */
  declare tls_version: string;
  declare tls_cipher_suite: string;
  declare error: string;
  declare error_code: number;
  declare request: Record<string, unknown>;
  readonly #late: Late;
  #json: { readonly of: unknown; readonly value: unknown } | null = null;
  /**
   * The body as JSON, or the part of it at `path` (dots, array indexes, `#` for a length). It works on a copy of the
   * response too.
   *
   * @throws Error where the body is null or is not JSON.
   */
  declare json: (path?: string) => unknown;

  /** @param asked the request that the script made. Redirects may have followed it. */
  constructor(answer: Answer, timings: Timings, type: ResponseType, asked: Asked) {
    const { error, status } = answer;
    this.remote_ip = answer.remoteIp;
    this.remote_port = answer.remotePort;
    this.url = answer.outgoing.target.href;
    this.status = status;
    this.status_text = status === 0 ? '' : `${status} ${answer.statusText}`;
    this.proto = answer.proto;
    Object.defineProperty(this, 'headers', HEADERS);
    Object.defineProperty(this, 'cookies', COOKIES);
    this.body = bodyOf(answer, type);
    this.timings = timings;
    this.tls_version = answer.tls?.version ?? '';
    this.tls_cipher_suite = answer.tls?.cipherSuite ?? '';
    this.error = error?.message ?? '';
    this.error_code = error?.code ?? codeOfStatus(status);
    Object.defineProperty(this, 'request', REQUEST);
    this.#late = { asked, answer };
    this.json = (path) => {
      const { body } = this;
      if (this.#json?.of !== body || !this.#json)
        this.#json = { of: body, value: parsed(body, this.url) };
      return path === undefined ? this.#json.value : readJson(this.#json.value, path);
    };
  }

  static late(response: Response): Late {
    return response.#late;
  }
}

/** A member that is computed when it is first read. From then on, and if a script sets it, it is plain data. */
function computed(name: string, compute: (late: Late) => unknown): PropertyDescriptor {
  const set = (on: object, value: unknown) =>
    Object.defineProperty(on, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  return {
    enumerable: true,
    configurable: true,
    get(this: Response) {
      const value = compute(Response.late(this));
      set(this, value);
      return value;
    },
    set(this: Response, value: unknown) {
      set(this, value);
    },
  };
}

const HEADERS = computed('headers', ({ answer }) => headersOf(answer.rawHeaders));

const COOKIES = computed('cookies', ({ answer }) => {
  const cookies: Record<string, ResponseCookie[]> = {};
  for (const one of setCookiesOf(answer.rawHeaders)) {
    const { name, value, domain, path, secure, expires } = one;
    const [http_only, max_age] = [one.httpOnly, one.maxAge];
    cookies[name] ??= [];
    cookies[name].push({ name, value, domain, path, http_only, secure, max_age, expires });
  }
  return cookies;
});

const REQUEST = computed('request', ({ asked }) => {
  const { method, target, headers, body } = asked.outgoing;
  const sent: Record<string, string[]> = {};
  for (let i = 0; i < headers.length; i += 2) {
    sent[canonicalName(headers[i] ?? '')] = [headers[i + 1] ?? ''];
  }
  return {
    method,
    url: target.href,
    headers: sent,
    body: typeof body === 'string' ? body : body ? Buffer.from(body).toString('utf8') : '',
    cookies: Object.fromEntries(asked.cookies.map((one) => [one.name, [one]])),
  };
});

function bodyOf({ body, status }: Answer, type: ResponseType): string | ArrayBuffer | null {
  if (status === 0 || type === 'none') return null;
  if (typeof body === 'string') return body;
  return type === 'text' ? body.toString('utf8') : new Uint8Array(body).buffer;
}

function parsed(body: unknown, url: string): unknown {
  if (body === null || body === undefined) {
    throw new Error(
      "the body is null so we can't transform it to JSON - this likely was because of a request error getting the response",
    );
  }
  const text = typeof body === 'string' ? body : Buffer.from(body as ArrayBuffer).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`cannot parse json of ${url}: ${(error as Error).message}`);
  }
}

for (const member of UNSUPPORTED_RESPONSE_MEMBERS) {
  Object.defineProperty(Response.prototype, member, {
    get() {
      throw new Error(notSupported(`${member} of a response`));
    },
  });
}
