/** Signs a request for real (AWS Signature Version 4). */

import { createHash, createHmac } from 'node:crypto';
import { OPERATION } from '../operation/address.ts';
import {
  ALGORITHM,
  canonicalRequest,
  scopeText,
  signingKey,
  stringToSign,
} from '../operation/sigv4.ts';

/** The key that a signature is made with. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface Unsigned {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly host: string;
  readonly contentType: string;
  /** Exactly the bytes that will be sent. */
  readonly body: Buffer;
}

/** The headers to send: host, content type, date, session token if any, and the signature. */
export function signedHeaders(
  request: Unsigned,
  key: SigningKey,
  region: string,
  now: Date,
): Record<string, string> {
  const timestamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = { date: timestamp.slice(0, 8), region, service: OPERATION.service };
  const headers: Record<string, string> = {
    'content-type': request.contentType,
    host: request.host,
    'x-amz-date': timestamp,
    ...(key.sessionToken === undefined ? {} : { 'x-amz-security-token': key.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const [path = '', query = ''] = request.target.split('?', 2);
  const canonical = canonicalRequest({
    method: request.method,
    path,
    query,
    header: (name) => headers[name],
    signedHeaders: names,
    payloadHash: sha256(request.body),
  });
  const signature = createHmac('sha256', signingKey<Buffer>(key.secretAccessKey, scope, hmac))
    .update(stringToSign(timestamp, scope, sha256(canonical)))
    .digest('hex');
  headers.authorization =
    `${ALGORITHM} Credential=${key.accessKeyId}/${scopeText(scope)}, ` +
    `SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
