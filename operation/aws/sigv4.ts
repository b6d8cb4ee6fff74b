/**
 * AWS Signature Version 4, as pure steps (AWS IAM User Guide, "Create a signed AWS API request").
 *
 * The caller supplies the hash functions, because Node and load scripts have different ones. Header names are
 * lower case. The path is the raw one; it is encoded a second time here, as every service except S3 requires.
 */

import { uriEncode } from './uri.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Last part of every credential scope. */
export const TERMINATOR = 'aws4_request';

export interface SignedRequest {
  readonly method: string;
  /** Path as sent, percent-encoded once. */
  readonly path: string;
  /** Query as sent, without `?`. */
  readonly query: string;
  /** Value of a signed header by lower-case name, repeats joined by commas; undefined if absent. */
  readonly header: (name: string) => string | undefined;
  /** Lower-case names, sorted. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hex SHA-256 of the body. */
  readonly payloadHash: string;
}

export interface Scope {
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

/** @param path the canonical path; another one than the default tells which mistake a signer made. */
export function canonicalRequest(
  request: SignedRequest,
  path = canonicalPath(request.path),
): string {
  let headers = '';
  for (const name of request.signedHeaders) {
    headers += `${name}:${canonicalValue(request.header(name) ?? '')}\n`;
  }
  return (
    `${request.method}\n${path}\n${canonicalQuery(request.query)}\n` +
    `${headers}\n${request.signedHeaders.join(';')}\n${request.payloadHash}`
  );
}

export function scopeText({ date, region, service }: Scope): string {
  return `${date}/${region}/${service}/${TERMINATOR}`;
}

/** @param timestamp YYYYMMDDTHHMMSSZ. */
export function stringToSign(
  timestamp: string,
  scope: Scope,
  canonicalRequestHash: string,
): string {
  return `${ALGORITHM}\n${timestamp}\n${scopeText(scope)}\n${canonicalRequestHash}`;
}

/** A moment as SigV4 writes it: YYYYMMDDTHHMMSSZ. @param at epoch milliseconds. */
export function formatTimestamp(at: number): string {
  const iso = new Date(at).toISOString();
  const date = iso.slice(0, 4) + iso.slice(5, 7) + iso.slice(8, 10);
  return `${date}T${iso.slice(11, 13)}${iso.slice(14, 16)}${iso.slice(17, 19)}Z`;
}

export interface Signer {
  readonly accessKeyId: string;
  readonly timestamp: string;
  readonly scope: Scope;
  /** Lower-case hex SHA-256 of a text. */
  readonly sha256: (text: string) => string;
  /** Lower-case hex HMAC-SHA256 of a text under the signing key of `scope`. */
  readonly sign: (text: string) => string;
}

/** The value of the Authorization header. */
export function authorizationOf(request: SignedRequest, signer: Signer): string {
  const { accessKeyId, timestamp, scope, sha256, sign } = signer;
  const signature = sign(stringToSign(timestamp, scope, sha256(canonicalRequest(request))));
  return `${ALGORITHM} Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${request.signedHeaders.join(';')}, Signature=${signature}`;
}

/** Makes a signing key in four steps. `hmac` takes and returns keys in the caller's own form. */
export function signingKey<Key>(
  secret: string,
  { date, region, service }: Scope,
  hmac: (key: Key | string, text: string) => Key,
): Key {
  return hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), TERMINATOR);
}

/** A path that its canonical form does not change: unreserved characters, no dot or empty segments. */
const CANONICAL_PATH = /^(?:\/[\w~-][\w.~-]*)+$/;

/** Dot segments and empty segments removed, then every segment percent-encoded again. */
export function canonicalPath(path: string): string {
  if (CANONICAL_PATH.test(path)) return path;
  const kept: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') kept.pop();
    else kept.push(uriEncode(segment));
  }
  const trailing = path.endsWith('/') && kept.length > 0 ? '/' : '';
  return `/${kept.join('/')}${trailing}`;
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const cut = pair.indexOf('=');
      return cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
    })
    .sort(([a = '', x = ''], [b = '', y = '']) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Trims a value and replaces each run of spaces by one space. */
function canonicalValue(value: string): string {
  const trimmed = value.trim();
  return trimmed.includes('  ') ? trimmed.replace(/ {2,}/g, ' ') : trimmed;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
