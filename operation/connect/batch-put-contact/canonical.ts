/** A request as one text that is equal exactly when two requests say the same. Pure. */

import { type Flat, flattener } from '../../aws/shape/canonical.ts';
import { CONTACT_SHAPE } from './request-shape.ts';
import type { ContactDataRequest } from './shapes.ts';

const flattenContact = flattener(CONTACT_SHAPE);

/** What is compared when a ClientToken comes again: everything but the token. */
export function canonicalPayload(
  instanceId: string,
  contacts: readonly ContactDataRequest[],
): string {
  const flat: Flat = [instanceId];
  for (const contact of contacts) flattenContact(contact, flat);
  return JSON.stringify(flat);
}

/** Members count in the model's order and attributes by key, whatever order they came in. */
export function canonicalContact(contact: ContactDataRequest): string {
  const flat: Flat = [];
  flattenContact(contact, flat);
  return JSON.stringify(flat);
}
