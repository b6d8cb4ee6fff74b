/** A request as one text that is equal exactly when two requests say the same. Pure. */

import { CONTACT_SHAPE, type Shape } from './request-shape.ts';
import type { ContactDataRequest } from './shapes.ts';

/** Values in a fixed order: what an absent member leaves is null, and lists and maps begin with their size. */
type Flat = (string | number | null)[];

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

function flattener(shape: Shape): (value: unknown, flat: Flat) => void {
  switch (shape.kind) {
    case 'string':
    case 'integer':
      return (value, flat) => flat.push(value as string | number);
    case 'list': {
      const member = flattener(shape.of);
      return (value, flat) => {
        const members = value as readonly unknown[];
        flat.push(members.length);
        for (const one of members) member(one, flat);
      };
    }
    case 'map':
      return flattenMap;
    case 'structure': {
      const names = Object.keys(shape.members);
      const flatteners = Object.values(shape.members).map(flattener);
      return (value, flat) => {
        // A structure without members is not the same as an absent one.
        flat.push(names.length);
        for (let i = 0; i < names.length; i += 1) {
          const member = (value as Record<string, unknown>)[names[i] as string];
          if (member === undefined) flat.push(null);
          else flatteners[i]?.(member, flat);
        }
      };
    }
  }
}

function flattenMap(value: unknown, flat: Flat): void {
  const map = value as Record<string, string>;
  const keys = Object.keys(map).sort();
  flat.push(keys.length);
  for (const key of keys) flat.push(key, map[key] as string);
}
