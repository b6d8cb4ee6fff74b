/** A request off the wire -> what the stages of admission read, filled in step by step. */

import type { Arrival } from '../../operation/connect/batch-put-contact/refusals.ts';
import { headersOf } from '../identity/headers.ts';
import type { SignedParts } from '../identity/signature.ts';

/** A request as it came off the wire. */
export interface WireRequest {
  readonly method: string;
  /** Request target as sent: path and query, still encoded. */
  readonly target: string;
  /** Names and values in turn, as sent. */
  readonly headers: readonly string[];
  /** Empty where `bodyBytes` is over the limit. */
  readonly body: Buffer;
  readonly bodyBytes: number;
}

export type MutableArrival = { -readonly [Member in keyof Arrival]: Arrival[Member] };

/** What is known before anything was checked; each stage reads only what was filled in by then. */
export function arrivalOf({ method, target, bodyBytes }: WireRequest): MutableArrival {
  const cut = target.indexOf('?');
  return {
    method,
    path: cut < 0 ? target : target.slice(0, cut),
    bodyBytes,
    signature: {
      ok: false,
      refusal: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    },
    bucketTokens: 0,
    body: { ok: false, refusal: 'SerializationException', message: 'The body was not read.' },
    token: 'none',
  };
}

export function signedParts(
  { method, target, headers, body }: WireRequest,
  { path }: Arrival,
): SignedParts {
  return { method, path, query: target.slice(path.length + 1), headers: headersOf(headers), body };
}
