/** Signed calls straight to an endpoint, for the tests that drive it from Node rather than by a script. */

import type * as Undici from 'undici';
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

/** Signed calls of one service. */
export interface SignedPool {
  /** Rejects where the answer does not arrive completely. */
  call(method: 'GET' | 'PUT' | 'POST', path: string, body: Buffer): Promise<DirectAnswer>;
  close(): Promise<void>;
}

/**
 * @param service its signing name.
 * @param connections calls in flight at once; more wait.
 */
export function signedPool(
  { url, region, key }: Omit<DirectTarget, 'instanceId'>,
  service: string,
  connections: number,
): SignedPool {
  // Loaded on use, with its hundred modules: commands that drive nothing import this one too.
  const { Pool } = require('undici') as typeof Undici;
  const pool = new Pool(url, { connections, pipelining: 1 });
  const { host } = new URL(url);
  const { contentType } = OPERATION;
  const scope = { region, service };
  return {
    async call(method, path, body) {
      const request = { method, target: path, host, contentType, body };
      const headers = signedHeaders(request, key, scope, Date.now());
      const answer = await pool.request({ method, path, headers, body });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
}

/** @param connections calls in flight at once; more wait. */
export function directClient(target: DirectTarget, connections: number): DirectClient {
  const { method, service } = OPERATION;
  const { call, close } = signedPool(target, service, connections);
  const path = pathOf(target.instanceId);
  return { put: (body) => call(method, path, body), close };
}
