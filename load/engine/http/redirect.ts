/** The request that follows a redirect, built as Go's client builds it. */

import { isIP } from 'node:net';
import { headerIn } from './headers.ts';
import type { Outgoing } from './outgoing.ts';
import { redirectedUrl, type WireUrl } from './wire-url.ts';

/** Headers that describe the body. They are sent only with the body. */
const OF_THE_BODY = ['content-encoding', 'content-language', 'content-location', 'content-type'];
/** Headers that are not sent on to another host. */
const CONFIDENTIAL = [
  'authorization',
  'www-authenticate',
  'cookie2',
  'proxy-authorization',
  'proxy-authenticate',
];

/**
 * After 307 and 308 the same request is sent again. After 301, 302 and 303 a GET (or HEAD) without body is sent.
 *
 * @param first the request that the script made.
 * @param last the request that got the redirect as its answer.
 * @returns null if the answer is not a redirect that can be followed.
 */
export function redirected(
  first: Outgoing,
  last: Outgoing,
  status: number,
  headers: readonly string[],
): Outgoing | null {
  if (![301, 302, 303, 307, 308].includes(status)) return null;
  const location = headerIn(headers, 'location');
  const target = location === undefined ? null : redirectedUrl(last.target, location);
  if (!target) return null;
  const isSame = status === 307 || status === 308;
  const isRead = last.method === 'GET' || last.method === 'HEAD';
  const isOwnReferer = headerIn(first.headers, 'referer') !== undefined;
  const dropped = [
    // The cookies are computed again for the new URL.
    'cookie',
    ...(isOwnReferer ? [] : ['referer']),
    ...(/^https?:/i.test(location ?? '') ? ['host'] : []),
    ...(isSame ? [] : OF_THE_BODY),
    ...(isFamiliar(first.target, target) ? [] : CONFIDENTIAL),
  ];
  const kept: string[] = [];
  for (let i = 0; i + 1 < last.headers.length; i += 2) {
    const [name, value] = last.headers.slice(i, i + 2) as [string, string];
    if (!dropped.includes(name.toLowerCase())) kept.push(name, value);
  }
  const isDowngrade = last.target.origin.startsWith('https') && target.origin.startsWith('http:');
  if (!isDowngrade && !isOwnReferer) {
    kept.push('referer', last.target.origin + last.target.path);
  }
  return {
    ...last,
    target,
    method: isSame || isRead ? last.method : 'GET',
    headers: kept,
    body: isSame ? last.body : null,
  };
}

/** Whether the next host is the first one or a subdomain of it. */
function isFamiliar(first: WireUrl, next: WireUrl): boolean {
  const [from, to] = [first, next].map(({ origin }) => new URL(origin).hostname) as [
    string,
    string,
  ];
  return from === to || (isIP(to) === 0 && to.endsWith(`.${from}`));
}
