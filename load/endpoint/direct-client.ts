/** Signed calls straight to an endpoint, for the tests that drive it from Node rather than by a script. */

import { Pool } from 'undici';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import { signedHeaders } from '../../system/sign-request.ts';

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
  /** Rejects where the answer does not arrive completely. */
  put(body: Buffer): Promise<DirectAnswer>;
  close(): Promise<void>;
}

/** @param connections calls in flight at once; more wait. */
export function directClient(target: DirectTarget, connections: number): DirectClient {
  const { url, region, instanceId, key } = target;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const { host } = new URL(url);
  const path = pathOf(instanceId);
  const { method, contentType, service } = OPERATION;
  const scope = { region, service };

  return {
    async put(body) {
      const request = { method, target: path, host, contentType, body };
      const headers = signedHeaders(request, key, scope, Date.now());
      const answer = await pool.request({ method, path, headers, body });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
}
