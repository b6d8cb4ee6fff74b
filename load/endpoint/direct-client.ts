/** Signed calls straight to an endpoint, for the tests that drive it from Node rather than by a script. */

import { createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Pool } from 'undici';
import { authorizationOf, formatTimestamp, signingKey } from '../../operation/aws/sigv4.ts';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';

export interface DirectTarget {
  readonly url: string;
  readonly region: string;
  readonly instanceId: string;
  readonly key: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface DirectAnswer {
  readonly status: number;
  readonly text: string;
}

export interface DirectClient {
  /** Rejects where no whole answer comes. */
  put(body: Buffer): Promise<DirectAnswer>;
  close(): Promise<void>;
}

/** @param connections calls in flight at once; more wait. */
export function directClient(target: DirectTarget, connections: number): DirectClient {
  const { url, region, instanceId, key } = target;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const { host } = new URL(url);
  const path = pathOf(instanceId);
  const signWith = signerOf(key.secretAccessKey);

  return {
    async put(body) {
      const timestamp = formatTimestamp(Date.now());
      const scope = { date: timestamp.slice(0, 8), region, service: OPERATION.service };
      const headers: Record<string, string> = {
        'content-type': OPERATION.contentType,
        host,
        'x-amz-date': timestamp,
      };
      const request = {
        method: OPERATION.method,
        path,
        query: '',
        header: (name: string) => headers[name],
        signedHeaders: Object.keys(headers),
        payloadHash: sha256(body),
      };
      const { accessKeyId } = key;
      const sign = signWith(scope);
      const signer = { accessKeyId, timestamp, scope, sha256, sign };
      const authorization = authorizationOf(request, signer);
      const answer = await pool.request({
        method: OPERATION.method,
        path,
        headers: { ...headers, authorization },
        body,
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
}

/** A signing key per day, as a KeyObject: an HMAC with a Buffer key takes eight times as long on Node 24. */
function signerOf(secret: string) {
  let last: { readonly date: string; readonly key: KeyObject } | null = null;
  return (scope: { date: string; region: string; service: string }) => {
    if (last?.date !== scope.date) {
      const key = signingKey<KeyObject>(secret, scope, (from, text) =>
        createSecretKey(createHmac('sha256', from).update(text).digest()),
      );
      last = { date: scope.date, key };
    }
    const { key } = last;
    return (text: string) => createHmac('sha256', key).update(text).digest('hex');
  };
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
