/** Signed calls of outbound campaigns straight to an endpoint, for the tests that drive it from Node. */

import { SERVICE } from '../../operation/connect-campaigns/model/operations.ts';
import { type DirectAnswer, type DirectTarget, signedPool } from './direct-client.ts';

export interface CampaignsClient {
  /** @param body an object; absent for a call without a body. Rejects where the answer does not arrive completely. */
  call(method: 'GET' | 'PUT' | 'POST', path: string, body?: object): Promise<DirectAnswer>;
  close(): Promise<void>;
}

/** @param connections calls in flight at once; more wait. */
export function campaignsClient(
  target: Omit<DirectTarget, 'instanceId'>,
  connections: number,
): CampaignsClient {
  const { call, close } = signedPool(target, SERVICE.signingName, connections);
  return {
    call: (method, path, json) =>
      call(method, path, Buffer.from(json === undefined ? '' : JSON.stringify(json))),
    close,
  };
}
