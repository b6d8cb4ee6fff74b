/** Signs a batch with native hashing. The signing key is computed once a day instead of once per request. */

import crypto from 'k6/crypto';
import {
  authorizationOf,
  formatTimestamp,
  type Scope,
  signingKey,
} from '../../operation/aws/sigv4.ts';
import { OPERATION } from '../../operation/connect/address.ts';
import type { Destination } from './env.ts';

export type Sign = (body: ArrayBuffer) => Record<string, string>;

/** Signs requests of one service, whatever their path. */
export type SignAny = (
  method: string,
  path: string,
  body: ArrayBuffer | string,
) => Record<string, string>;

/** @returns a function from a body to the headers of its request, dated when it is called. */
export function signer(destination: Destination, path: string): Sign {
  const sign = serviceSigner(destination, OPERATION.service);
  return (body) => sign(OPERATION.method, path, body);
}

/** @param service its signing name. */
export function serviceSigner(destination: Destination, service: string): SignAny {
  const { region, accessKeyId, secretAccessKey, sessionToken } = destination;
  const host = destination.url.replace(/^https?:\/\//, '');
  const signedHeaders = ['content-type', 'host', 'x-amz-date'];
  if (sessionToken) signedHeaders.push('x-amz-security-token');
  let scope: Scope = { date: '', region, service };
  let key: ArrayBuffer | string = '';
  return (method, path, body) => {
    const timestamp = formatTimestamp(Date.now());
    const date = timestamp.slice(0, 8);
    if (date !== scope.date) {
      scope = { date, region, service };
      key = signingKey<ArrayBuffer | string>(
        secretAccessKey,
        scope,
        (secret, text) => crypto.hmac('sha256', secret, text, 'binary') as ArrayBuffer,
      );
    }
    const headers: Record<string, string> = {
      'content-type': OPERATION.contentType,
      host,
      'x-amz-date': timestamp,
    };
    if (sessionToken) headers['x-amz-security-token'] = sessionToken;
    headers.authorization = authorizationOf(
      {
        method,
        path,
        query: '',
        header: (name) => headers[name],
        signedHeaders,
        payloadHash: crypto.sha256(body, 'hex') as string,
      },
      {
        accessKeyId,
        timestamp,
        scope,
        sha256: (text) => crypto.sha256(text, 'hex') as string,
        sign: (text) => crypto.hmac('sha256', key, text, 'hex') as string,
      },
    );
    return headers;
  };
}
