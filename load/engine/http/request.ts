/** A script's arguments -> the request that goes out. */

import { isAnyArrayBuffer, isUint8Array } from 'node:util/types';
import { durationMs } from '../duration.ts';
import type { HttpPlan } from '../options.ts';
import { notSupported } from '../refusal.ts';
import type { Keeping } from './answer-reader.ts';
import { codingsOf, pack } from './compression.ts';
import type { StatusJudge } from './expected-statuses.ts';
import type { Outgoing } from './outgoing.ts';
import type { ResponseType } from './response.ts';
import { type Target, targetOf } from './target.ts';

export interface Prepared {
  readonly outgoing: Outgoing;
  readonly type: ResponseType;
  readonly tags: Readonly<Record<string, string>> | null;
  /** The `name` tag, from http.url; null where it is the URL. */
  readonly name: string | null;
  /** Judges the status; null judges none. Undefined leaves it to the VU's. */
  readonly judge: StatusJudge | null | undefined;
  readonly redirects: number;
}

/** A URL from http.url: its `name` tag has the placeholders in it. */
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

/**
 * @throws Error where an argument is wrong or not supported. A URL that is none is no such error:
 * the target is null then, and the request fails with code 1020, as in k6.
 */
export function prepare(
  plan: HttpPlan,
  method: string,
  url: unknown,
  body: unknown,
  params: unknown,
): Prepared & { readonly valid: boolean } {
  const text = String(url);
  const target = targetOf(text);
  const read = readParams(plan, params);
  const headers: string[] = [];
  const { agent, type, encoding } = addHeaders(headers, read.headers);
  const payload = payloadOf(body);
  if (payload.form && !type) headers.push('content-type', 'application/x-www-form-urlencoded');
  if (payload.bytes !== null && read.codings.length > 0 && !encoding) {
    headers.push('content-encoding', read.codings.join(', '));
  }
  if (!agent && plan.userAgent !== '') headers.push('user-agent', plan.userAgent);
  if (typeof method !== 'string' || !METHOD.test(method)) {
    throw new Error(`${String(method)} is not an HTTP method`);
  }
  return {
    valid: target !== null,
    outgoing: {
      method: method.toUpperCase(),
      target: target ?? nowhere(text),
      headers,
      body: packed(payload.bytes, read.codings),
      timeoutMs: read.timeoutMs,
      keeping: KEPT[read.type],
    },
    type: read.type,
    tags: read.tags,
    name: url instanceof HttpUrl ? url.name : null,
    judge: read.judge,
    redirects: read.redirects,
  };
}

interface Params {
  headers: Readonly<Record<string, unknown>> | null;
  tags: Readonly<Record<string, string>> | null;
  timeoutMs: number;
  type: ResponseType;
  judge: StatusJudge | null | undefined;
  redirects: number;
  /** Codings that the body is packed in, in turn. */
  codings: readonly string[];
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
        read.judge = value as StatusJudge | null;
        break;
      case 'compression':
        read.codings = codingsOf(String(value));
        break;
      case 'redirects':
        read.redirects = Number(value);
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

function addHeaders(to: string[], headers: Params['headers']) {
  const found = { agent: false, type: false, encoding: false };
  for (const name in headers) {
    const lower = name.toLowerCase();
    // The transport counts the body itself.
    if (lower === 'content-length') continue;
    if (lower === 'user-agent') found.agent = true;
    if (lower === 'content-type') found.type = true;
    if (lower === 'content-encoding') found.encoding = true;
    to.push(name, String(headers[name]));
  }
  return found;
}

function payloadOf(body: unknown): { bytes: string | Uint8Array | null; form: boolean } {
  if (body === undefined || body === null) return { bytes: null, form: false };
  if (typeof body === 'string') return { bytes: body, form: false };
  if (isAnyArrayBuffer(body)) return { bytes: Buffer.from(body as ArrayBuffer), form: false };
  if (isUint8Array(body)) {
    return { bytes: Buffer.from(body.buffer, body.byteOffset, body.byteLength), form: false };
  }
  if (typeof body !== 'object' || ArrayBuffer.isView(body)) {
    throw new Error('a request body must be a string, an ArrayBuffer or an object of form fields');
  }
  return { bytes: formOf(body as Record<string, unknown>), form: true };
}

function packed(
  body: string | Uint8Array | null,
  codings: readonly string[],
): string | Uint8Array | null {
  if (body === null || codings.length === 0) return body;
  return pack(typeof body === 'string' ? Buffer.from(body) : body, codings);
}

function formOf(fields: Readonly<Record<string, unknown>>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) form.append(name, String(one));
  }
  return form.toString();
}

function nowhere(text: string): Target {
  return { href: text, origin: '', host: '', path: '' };
}
