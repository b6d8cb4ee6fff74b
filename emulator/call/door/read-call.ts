/** Reads the labels, query and body bytes of a call as its request, or says what is wrong with them. */

import { isUtf8 } from 'node:buffer';
import type { Members, Metered } from '../../../operation/aws/definition/known.ts';
import { type ReadAs, readRequest } from '../../../operation/aws/shape/read.ts';
import type { Facts } from '../../../operation/connect/facts.ts';
import type { Of } from '../road.ts';

const NOT_JSON = { ok: false, wrong: 'type', message: 'The body is not JSON in UTF-8.' } as const;

/** A body is ignored if the request has no member in it (assumed). */
export function readCall(
  { operation, labels, query, bodyBytes }: Of<Metered>,
  bytes: Buffer,
  facts: Facts,
): ReadAs<Members> {
  const { input, readsBody } = operation;
  const json = readsBody ? parseBody(bytes) : null;
  if (json === undefined) return NOT_JSON;
  const read = readRequest<Members>(input, { labels, query, json }, readsBody);
  if (!read.ok) return read;
  return operation.breach?.(read.request, bodyBytes, facts) ?? read;
}

/** Undefined is no JSON text's value, so it can stand for "not JSON". */
function parseBody(bytes: Buffer): unknown {
  // A decoder would put U+FFFD for broken bytes, and so change what the client said.
  if (!isUtf8(bytes)) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
