/** What a ClientToken stands for, and whether two requests say the same. */

import { hash } from 'node:crypto';
import { canonicalPayload } from '../../operation/connect/batch-put-contact/canonical.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import type {
  BatchPutContactBody,
  ContactDataRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';

/** Everything of a request but its token. */
export interface Payload {
  /** Bare: an instance's ARN and its id are the same instance. */
  readonly instanceId: string;
  /** As it came. */
  readonly body: Uint8Array;
}

/** Bytes first: a client that retries sends the same ones, and they cost no parsing. */
export function samePayload(a: Payload, b: Payload): boolean {
  if (a.instanceId !== b.instanceId) return false;
  return Buffer.compare(a.body, b.body) === 0 || canonical(a) === canonical(b);
}

/** Equal exactly for payloads that say the same; lower-case hex. */
export function payloadHash(payload: Payload): string {
  return hash('sha256', canonical(payload));
}

/** The contacts in a body that was admitted before. */
export function contactsIn(body: Uint8Array): readonly ContactDataRequest[] {
  return bodyIn(body).ContactDataRequestList;
}

function canonical({ instanceId, body }: Payload): string {
  return canonicalPayload(instanceId, contactsIn(body));
}

function bodyIn(body: Uint8Array): BatchPutContactBody {
  const read = readBody(JSON.parse(Buffer.from(body).toString('utf8')));
  if (!read.ok) throw new Error(`an admitted body is no longer good: ${read.message}`);
  return read.request;
}
