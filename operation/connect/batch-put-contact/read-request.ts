/** Reads a body of BatchPutContact as a request, and checks the bound of all attributes together. Pure. */

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

/** Finds the first contact with too many bytes of attributes, if the chosen option refuses the whole call for it. */
export function oversizeBreach(
  { ContactDataRequestList: contacts }: BatchPutContactBody,
  bodyBytes: number,
  { choices }: Facts,
): ReadAs<never> | null {
  // A decoded text is never longer than its JSON, so most bodies need no count.
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
