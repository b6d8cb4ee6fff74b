/** Converts a request to a text. Two texts are equal exactly if the two requests mean the same. Pure. */

import { type Flat, flattener } from '../../aws/shape/canonical.ts';
import { CONTACT_SHAPE } from './request-shape.ts';
import type { ContactDataRequest } from './shapes.ts';

const flattenContact = flattener(CONTACT_SHAPE);

/** The part of a request that is compared when a ClientToken is used again: everything except the token. */
export function canonicalPayload(
  instanceId: string,
  contacts: readonly ContactDataRequest[],
): string {
  const flat: Flat = [instanceId];
  for (const contact of contacts) flattenContact(contact, flat);
  return JSON.stringify(flat);
}

/** Members are added in the order of the model, attributes in the order of their keys. */
export function canonicalContact(contact: ContactDataRequest): string {
  const flat: Flat = [];
  flattenContact(contact, flat);
  return JSON.stringify(flat);
}
