/** Converts a script's arguments to the request that is sent. */

import { durationMs } from '../read/duration.ts';
import { notSupported } from '../read/refusal.ts';
import type { Keeping } from './answer-reader.ts';
import { payloadOf } from './body.ts';
import { codingsOf, pack } from './compression.ts';
import { CookieJar, type OwnCookie } from './cookies.ts';
import type { RequestError } from './error-codes.ts';
import { StatusJudge } from './expected-statuses.ts';
import type { Outgoing } from './outgoing.ts';
import type { HttpPlan } from './plan.ts';
import type { ResponseType } from './response.ts';
import { urlErrorOf, type WireUrl, wireUrlOf } from './wire-url.ts';

export interface Prepared {
  readonly outgoing: Outgoing;
  /** Why the URL is not valid; null where it is valid. */
  readonly urlError: RequestError | null;
  readonly type: ResponseType;
  readonly tags: Readonly<Record<string, string>> | null;
  /** The `name` tag that http.url gives; null if the tag is the URL. */
  readonly name: string | null;
  /** Judges the status. Null: no status is judged. Undefined: the judge of the VU is used. */
  readonly judge: StatusJudge | null | undefined;
  readonly redirects: number;
  /** Null if the jar of the VU is used. */
  readonly jar: CookieJar | null;
  readonly cookies: readonly OwnCookie[];
  /** Whether the request throws if it gets no answer. */
  readonly throws: boolean;
  /** Names of form fields that are sent empty, because a form cannot carry their values. */
  readonly emptied: readonly string[];
}

/** A URL from http.url. Its `name` tag keeps the placeholders. */
export class HttpUrl {
  readonly url: string;
  readonly name: string;

  constructor(url: string, name: string) {
    this.url = url;
    this.name = name;
  }

  toString(): string {
    return this.url;
  }
}

const KEPT: Readonly<Record<ResponseType, Keeping>> = {
  text: 'text',
  binary: 'bytes',
  none: 'nothing',
};

const DEFAULT_TIMEOUT_MS = 60_000;
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const NO_COOKIES: readonly OwnCookie[] = [];

/**
 * @throws Error where an argument is wrong or not supported. An invalid URL does not throw here: the request
 * fails then, as in k6.
 */
export function prepare(
  plan: HttpPlan,
  method: string,
  url: unknown,
  body: unknown,
  params: unknown,
): Prepared {
  const text = String(url);
  const target = wireUrlOf(text);
  const read = readParams(plan, params);
  const headers: string[] = [];
  const { agent, type, encoding } = addHeaders(headers, read.headers);
  const { bytes, contentType, emptied } = payloadOf(body);
  if (contentType !== null && !type) headers.push('content-type', contentType);
  if (bytes !== null && read.codings.length > 0 && !encoding) {
    headers.push('content-encoding', read.codings.join(', '));
  }
  if (!agent && plan.userAgent !== '') headers.push('user-agent', plan.userAgent);
  if (typeof method !== 'string' || !METHOD.test(method)) {
    throw new Error(`${String(method)} is not an HTTP method`);
  }
  return {
    outgoing: {
      method: method.toUpperCase(),
      target: target ?? nowhere(text),
      headers,
      body: packed(bytes, read.codings),
      timeoutMs: read.timeoutMs,
      keeping: KEPT[read.type],
    },
    urlError: target ? null : urlErrorOf(text),
    type: read.type,
    tags: read.tags,
    name: url instanceof HttpUrl ? url.name : null,
    judge: read.judge,
    redirects: read.redirects,
    jar: read.jar,
    cookies: read.cookies,
    throws: read.throws,
    emptied,
  };
}

interface Params {
  headers: Readonly<Record<string, unknown>> | null;
  tags: Readonly<Record<string, string>> | null;
  timeoutMs: number;
  type: ResponseType;
  judge: StatusJudge | null | undefined;
  redirects: number;
  /** The codings that are applied to the body, in this order. */
  codings: readonly string[];
  jar: CookieJar | null;
  cookies: readonly OwnCookie[];
  throws: boolean;
}

function readParams(plan: HttpPlan, params: unknown): Params {
  const read: Params = {
    headers: null,
    tags: null,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    type: plan.discardResponseBodies ? 'none' : 'text',
    judge: undefined,
    redirects: plan.maxRedirects,
    codings: [],
    jar: null,
    cookies: NO_COOKIES,
    throws: plan.throws,
  };
  if (params === undefined || params === null) return read;
  if (typeof params !== 'object') throw new Error('the parameters of a request must be an object');
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    switch (name) {
      case 'headers':
        read.headers = value as Params['headers'];
        break;
      case 'tags':
        read.tags = value as Params['tags'];
        break;
      case 'timeout':
        read.timeoutMs = timeoutOf(value);
        break;
      case 'responseType':
        read.type = typeOf(value);
        break;
      case 'responseCallback':
        read.judge = judgeOf(value);
        break;
      case 'compression':
        read.codings = codingsOf(String(value));
        break;
      case 'redirects':
        read.redirects = redirectsOf(value);
        break;
      case 'jar':
        read.jar = jarOf(value);
        break;
      case 'cookies':
        read.cookies = cookiesOf(value);
        break;
      case 'auth':
        refuseAuth(value);
        break;
      case 'throw':
        read.throws = Boolean(value);
        break;
      default:
        throw new Error(notSupported(`the request parameter ${name}`));
    }
  }
  return read;
}

function timeoutOf(value: unknown): number {
  const ms = durationMs(value);
  if (ms === null || ms <= 0) {
    throw new Error(`timeout ${JSON.stringify(value)} is not a duration such as '10s'`);
  }
  return ms;
}

function typeOf(value: unknown): ResponseType {
  if (value === 'text' || value === 'binary' || value === 'none') return value;
  throw new Error(`responseType ${JSON.stringify(value)} must be text, binary or none`);
}

function judgeOf(value: unknown): StatusJudge | null {
  if (value === null || value instanceof StatusJudge) return value;
  throw new Error('responseCallback must be the result of expectedStatuses(), or null');
}

function redirectsOf(value: unknown): number {
  const most = Number(value);
  if (Number.isInteger(most)) return most;
  throw new Error(`redirects ${JSON.stringify(value)} is not a number of redirects`);
}

function jarOf(value: unknown): CookieJar | null {
  const jar = (value as { readonly jar?: unknown } | null)?.jar ?? null;
  if (value === null || jar instanceof CookieJar) return jar as CookieJar | null;
  throw new Error('jar must be an http.CookieJar');
}

/** `{ name: 'value' }` or `{ name: { value, replace } }`. */
function cookiesOf(value: unknown): readonly OwnCookie[] {
  return Object.entries(value ?? {}).flatMap(([name, one]): OwnCookie[] => {
    if (one === undefined || one === null) return [];
    if (typeof one !== 'object') return [{ name, value: String(one), replace: false }];
    const { value: text = '', replace } = one as { value?: unknown; replace?: unknown };
    return [{ name, value: String(text), replace: Boolean(replace) }];
  });
}

/** A user name in the URL already selects Basic. */
function refuseAuth(value: unknown): void {
  if (value !== 'basic' && value !== '') {
    throw new Error(notSupported(`the authentication ${String(value)}`));
  }
}

function addHeaders(to: string[], headers: Params['headers']) {
  const found = { agent: false, type: false, encoding: false };
  for (const name in headers) {
    const lower = name.toLowerCase();
    // The transport computes the Content-Length itself.
    if (lower === 'content-length') continue;
    if (lower === 'user-agent') found.agent = true;
    if (lower === 'content-type') found.type = true;
    if (lower === 'content-encoding') found.encoding = true;
    to.push(name, String(headers[name]));
  }
  return found;
}

function packed(
  body: string | Uint8Array | null,
  codings: readonly string[],
): string | Uint8Array | null {
  if (body === null || codings.length === 0) return body;
  return pack(typeof body === 'string' ? Buffer.from(body) : body, codings);
}

function nowhere(text: string): WireUrl {
  return { href: text, clean: text, origin: '', host: '', path: '', credentials: null };
}
