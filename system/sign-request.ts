/** Signs requests in Node (AWS Signature Version 4). Load scripts have a signer of their own. */

import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import {
  authorizationOf,
  formatTimestamp,
  type Scope,
  scopeText,
  signingKey,
} from '../operation/aws/sigv4.ts';

/** The key that a signature is made with. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface UnsignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly host: string;
  /** Empty for a request without a body. */
  readonly contentType: string;
  /** Exactly the bytes that will be sent. */
  readonly body: Buffer;
}

/**
 * The headers to send: host, content type, date, session token if any, and the signature.
 *
 * @param at epoch milliseconds.
 */
export function signedHeaders(
  { method, target, host, contentType, body }: UnsignedRequest,
  key: SigningKey,
  { region, service }: Pick<Scope, 'region' | 'service'>,
  at: number,
): Record<string, string> {
  const timestamp = formatTimestamp(at);
  const headers: Record<string, string> = {
    ...(contentType !== '' && { 'content-type': contentType }),
    host,
    'x-amz-date': timestamp,
  };
  if (key.sessionToken !== undefined) headers['x-amz-security-token'] = key.sessionToken;
  const scope = { date: timestamp.slice(0, 8), region, service };
  headers.authorization = authorizationFor(
    { method, target, headers, body },
    key,
    timestamp,
    scope,
  );
  return headers;
}

export interface Signable {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** The signed headers, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * The value of the Authorization header.
 *
 * @param timestamp YYYYMMDDTHHMMSSZ, as in X-Amz-Date.
 */
export function authorizationFor(
  { method, target, headers, body }: Signable,
  { accessKeyId, secretAccessKey }: SigningKey,
  timestamp: string,
  scope: Scope,
): string {
  const [path = '', query = ''] = target.split('?', 2);
  const request = {
    method,
    path,
    query,
    header: (name: string) => headers[name],
    signedHeaders: Object.keys(headers).sort(),
    payloadHash: sha256(body),
  };
  const key = signingKeyOf(secretAccessKey, scope);
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  return authorizationOf(request, { accessKeyId, timestamp, scope, sha256, sign });
}

const MOST_KEYS = 1_000;

/** Signing keys by secret and scope. Making one takes four HMACs; it is valid for a day. */
const signingKeys = new Map<string, KeyObject>();

function signingKeyOf(secret: string, scope: Scope): KeyObject {
  const id = `${secret}/${scopeText(scope)}`;
  const known = signingKeys.get(id);
  if (known) return known;
  // Keys are KeyObjects: an HMAC whose key is a Buffer takes eight times as long on Node 24.
  const made = signingKey<KeyObject>(secret, scope, (from, text) =>
    createSecretKey(createHmac('sha256', from).update(text).digest()),
  );
  if (signingKeys.size >= MOST_KEYS) signingKeys.clear();
  signingKeys.set(id, made);
  return made;
}

function sha256(data: string | Buffer): string {
  return hash('sha256', data);
}
