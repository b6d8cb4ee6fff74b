/** Takes a token from the rate bucket of an account, and creates nothing. */

import http from 'k6/http';
import { OPERATION, pathOf } from '../../operation/connect/address.ts';
import type { Destination } from './env.ts';
import { signer } from './sign.ts';

/** Statuses of a call without contacts: refused behind the bucket, or by it. */
const EXPECTED = http.expectedStatuses(400, 429);

/** @returns a function that sends a call without contacts. It leaves no line in the history. */
export function tokenSpender(destination: Destination): () => void {
  const path = pathOf(destination.instanceId);
  const sign = signer(destination, path);
  const body = new Uint8Array([0x7b, 0x7d]).buffer;
  return () => {
    http.put(destination.url + path, body, {
      headers: sign(body),
      tags: { name: OPERATION.name },
      responseCallback: EXPECTED,
    });
  };
}
