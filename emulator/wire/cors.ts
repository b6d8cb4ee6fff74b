/** Cross-origin requests of web pages (the Fetch standard, "CORS protocol"), for the endpoint that AWS clients call. */

import type { WireReply } from './reply.ts';
import { requestHeader, type WireRequest } from './request.ts';

/** Origins such as `http://localhost:3000`, or `*` for any. */
export type AllowedOrigins = readonly string[];

/** An origin in the form that browsers send, or `*`; null for any other text. */
export function readOrigin(text: string): string | null {
  if (text === '*') return text;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return null;
  return new URL(text).origin;
}

export const ORIGIN_WANTED = 'an origin such as http://localhost:3000, or *';

const EXPOSED =
  'x-amzn-RequestId, x-amzn-errortype, Date, Retry-After, x-amz-retry-after, Content-Length';

/** For how many seconds a browser may remember the answer to a preflight. */
const MAX_AGE = '600';

/** The answer to a preflight request of an allowed origin; null for any other request. */
export function preflightReply(request: WireRequest, allowed: AllowedOrigins): WireReply | null {
  const method = requestHeader(request, 'access-control-request-method');
  if (request.method !== 'OPTIONS' || method === null) return null;
  const headers = corsHeaders(request, allowed);
  if (headers.length === 0) return null;
  const asked = requestHeader(request, 'access-control-request-headers');
  const more = asked === null ? [] : ['Access-Control-Allow-Headers', asked];
  return {
    status: 200,
    headers: [
      ...headers,
      ...['Access-Control-Allow-Methods', method, 'Access-Control-Max-Age', MAX_AGE],
      ...more,
    ],
    body: '',
  };
}

/** The headers with which the page of an allowed origin may read an answer; none for others. */
export function corsHeaders(request: WireRequest, allowed: AllowedOrigins): readonly string[] {
  const origin = requestHeader(request, 'origin');
  if (origin === null || !(allowed.includes('*') || allowed.includes(origin))) return [];
  return [
    ...['Access-Control-Allow-Origin', origin, 'Vary', 'Origin'],
    ...['Access-Control-Expose-Headers', EXPOSED],
  ];
}
