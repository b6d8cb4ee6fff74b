/** Body bytes -> the request in them, or the refusal they earn. */

import { isUtf8 } from 'node:buffer';
import {
  hasOversizeAttributes,
  type ReadBody,
  readBody,
} from '../../operation/connect/batch-put-contact/read-request.ts';
import type { Choices } from '../../operation/connect/choices.ts';
import { LIMITS } from '../../operation/connect/limits.ts';

export const NOT_JSON = {
  ok: false,
  refusal: 'SerializationException',
  message: 'The body is not JSON in UTF-8.',
} as const;

export function readBodyBytes(bytes: Buffer, choices: Choices): ReadBody {
  const json = parseBody(bytes);
  if (json === undefined) return NOT_JSON;
  const read = readBody(json);
  if (!read.ok || choices.oversizeAttributes === 'fail-item') return read;
  // No text is longer decoded than it was as JSON, so most bodies need no count.
  if (bytes.length <= LIMITS.attributesBytes.max) return read;
  const at = read.request.ContactDataRequestList.findIndex(hasOversizeAttributes);
  if (at < 0) return read;
  return {
    ok: false,
    refusal: 'InvalidRequestException',
    message: `1 validation error detected: Value at 'contactDataRequestList.${at + 1}.member.attributes' failed to satisfy constraint: Member must have no more than ${LIMITS.attributesBytes.max} bytes of keys and values`,
  };
}

/** Undefined is no JSON text's value, so it can stand for "not JSON". */
export function parseBody(bytes: Buffer): unknown {
  // A decoder would put U+FFFD for broken bytes, and so change what the client said.
  if (!isUtf8(bytes)) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
