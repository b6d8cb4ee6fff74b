/** The payload that a ClientToken stands for, and the test whether two payloads mean the same. */

import { hash } from 'node:crypto';
import { canonicalPayload } from '../../operation/connect/batch-put-contact/canonical.ts';
import { readBody } from '../../operation/connect/batch-put-contact/read-request.ts';
import type {
  BatchPutContactBody,
  ContactDataRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';

/** A request without its token. */
export interface Payload {
  /** The bare id, because the ARN and the id of an instance name the same instance. */
  readonly instanceId: string;
  /** The body as received. */
  readonly body: Uint8Array;
}

/** Compares the bytes first: a client that retries sends the same bytes, and they need no parsing. */
export function samePayload(a: Payload, b: Payload): boolean {
  if (a.instanceId !== b.instanceId) return false;
  return Buffer.compare(a.body, b.body) === 0 || canonical(a) === canonical(b);
}

/** A hash in lower-case hex. It is equal exactly for payloads that mean the same. */
export function payloadHash(payload: Payload): string {
  return hash('sha256', canonical(payload));
}

/** The contacts in a body that was already admitted. */
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
