/** Signs a request for real (AWS Signature Version 4). */

import { createHash, createHmac } from 'node:crypto';
import { authorizationOf, formatTimestamp, signingKey } from '../../operation/aws/sigv4.ts';
import { OPERATION } from '../../operation/connect/address.ts';

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
  const timestamp = formatTimestamp(now.getTime());
  const scope = { date: timestamp.slice(0, 8), region, service: OPERATION.service };
  const headers: Record<string, string> = {
    'content-type': request.contentType,
    host: request.host,
    'x-amz-date': timestamp,
    ...(key.sessionToken === undefined ? {} : { 'x-amz-security-token': key.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const [path = '', query = ''] = request.target.split('?', 2);
  const secret = signingKey<Buffer>(key.secretAccessKey, scope, hmac);
  headers.authorization = authorizationOf(
    {
      method: request.method,
      path,
      query,
      header: (name) => headers[name],
      signedHeaders: names,
      payloadHash: sha256(request.body),
    },
    {
      accessKeyId: key.accessKeyId,
      timestamp,
      scope,
      sha256,
      sign: (text) => hmac(secret, text).toString('hex'),
    },
  );
  return headers;
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

const hmac = (key: Buffer | string, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();
