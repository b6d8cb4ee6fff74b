/** Signed calls of outbound campaigns straight to an endpoint, for the tests that drive it from Node. */

import { Pool } from 'undici';
import { SERVICE } from '../../operation/connect-campaigns/model/operations.ts';
import { signedHeaders } from '../../system/sign-request.ts';
import type { DirectAnswer, DirectTarget } from './direct-client.ts';

export interface CampaignsClient {
  /** @param body an object; absent for a call without a body. Rejects where the answer does not arrive completely. */
  call(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<DirectAnswer>;
  close(): Promise<void>;
}

/** @param connections calls in flight at once; more wait. */
export function campaignsClient(
  { url, region, key }: Omit<DirectTarget, 'instanceId'>,
  connections: number,
): CampaignsClient {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const { host } = new URL(url);
  const scope = { region, service: SERVICE.signingName };
  return {
    async call(method, path, json) {
      const body = Buffer.from(json === undefined ? '' : JSON.stringify(json));
      const unsigned = { method, target: path, host, contentType: 'application/json', body };
      const headers = signedHeaders(unsigned, key, scope, Date.now());
      const answer = await pool.request({ method, path, headers, body });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
    close: () => pool.destroy(),
  };
}
