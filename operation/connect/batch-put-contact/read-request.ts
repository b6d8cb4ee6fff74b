/** A body of BatchPutContact as a request, and the bound that no member of it has by itself. Pure. */

import { breachOf, type ReadAs, readAs } from '../../aws/shape/read.ts';
import { hasOversizeAttributes } from '../attributes.ts';
import type { Facts } from '../facts.ts';
import { LIMITS } from '../limits.ts';
import { BODY_SHAPE } from './request-shape.ts';
import type { BatchPutContactBody } from './shapes.ts';

/** Reads a parsed body against the model. */
export function readBody(json: unknown): ReadAs<BatchPutContactBody> {
  return readAs(json, BODY_SHAPE);
}

/** The first contact with too many bytes of attributes, where that refuses the whole call. */
export function oversizeBreach(
  { ContactDataRequestList: contacts }: BatchPutContactBody,
  bodyBytes: number,
  { choices }: Facts,
): ReadAs<never> | null {
  // No text is longer decoded than it was as JSON, so most bodies need no count.
  if (choices.oversizeAttributes === 'fail-item' || bodyBytes <= LIMITS.attributesBytes.max) {
    return null;
  }
  const at = contacts.findIndex(({ Attributes }) => hasOversizeAttributes(Attributes));
  if (at < 0) return null;
  return breachOf(
    `contactDataRequestList.${at + 1}.member.attributes`,
    `Member must have no more than ${LIMITS.attributesBytes.max} bytes of keys and values`,
  );
}
