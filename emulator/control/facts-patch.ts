/** Applies a partial JSON to the facts, or says in one sentence what is wrong with it. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import { FAILURE_CODES } from '../../operation/connect/batch-put-contact/failures.ts';
import { CHOICES, type Choices } from '../../operation/connect/choices.ts';
import type { Facts, Instance } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import {
  exactly,
  filledText,
  flag,
  list,
  object,
  oneOf,
  optional,
  orNull,
  unknownMember,
  wholeNumberFrom,
} from '../../system/read.ts';

const OUTAGE = orNull(
  oneOf<Outage>('InternalServiceException', 'LimitExceededException', 'ServiceUnavailable'),
);

const PENDING_ROOM = orNull(wholeNumberFrom(0));

const INJECTED = orNull(oneOf(...FAILURE_CODES));

/**
 * Merges `choices` and `injected` member by member. A null removes an injected number. Every other member
 * replaces the present one.
 *
 * @throws UserError for an unknown member or an invalid value.
 */
export function patchFacts(facts: Facts, patch: unknown): Facts {
  const changed: Record<string, unknown> = { ...facts };
  for (const [name, value] of Object.entries(object(patch, 'facts'))) {
    switch (name) {
      case 'account':
      case 'region':
        changed[name] = filledText(value, name);
        break;
      case 'instances':
        changed[name] = apart(list(instance)(value, name), name);
        break;
      case 'injected':
        changed[name] = injected(facts, object(value, name));
        break;
      case 'pendingRoom':
        changed[name] = PENDING_ROOM(value, name);
        break;
      case 'outage':
        changed[name] = OUTAGE(value, name);
        break;
      case 'choices':
        changed[name] = { ...facts.choices, ...choices(object(value, name)) };
        break;
      default:
        throw unknownMember('facts', name, Object.keys(facts));
    }
  }
  return changed as unknown as Facts;
}

function choices(patch: Readonly<Record<string, unknown>>): Partial<Choices> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(patch)) {
    if (!Object.hasOwn(CHOICES, name)) throw unknownMember('choices', name, Object.keys(CHOICES));
    const row = CHOICES[name as keyof Choices];
    const parts = Array.isArray(value) ? value : [value];
    const plain = parts.every((part) => typeof part !== 'object');
    const chosen = plain ? row.read(parts.join(',')) : null;
    if (chosen === null) throw new UserError(`choices.${name} must be ${row.values}`);
    read[name] = chosen;
  }
  return read;
}

function injected(facts: Facts, patch: Readonly<Record<string, unknown>>): Facts['injected'] {
  const merged: Record<string, unknown> = { ...facts.injected };
  for (const [address, given] of Object.entries(patch)) {
    const code = INJECTED(given, `injected.${address}`);
    if (code === null) delete merged[address];
    else merged[address] = code;
  }
  return merged as Facts['injected'];
}

/** The form of a queue. */
export const queue = exactly<Instance['queues'][number]>({
  id: filledText,
  name: filledText,
  enabled: flag,
});

const anInstance = exactly<Instance>({
  id: filledText,
  queues: list(queue),
  numbers: list(filledText),
  campaigns: optional(orNull(list(filledText)), null),
});

function instance(value: unknown, at: string): Instance {
  const read = anInstance(value, at);
  return { ...read, queues: apart(read.queues, `${at}.queues`) };
}

/** Checks that the ids are unique. A look-up by id would never find the second of two equal ids. */
function apart<One extends { readonly id: string }>(all: readonly One[], where: string): One[] {
  const ids = new Set<string>();
  return all.map((one, i) => {
    if (ids.has(one.id)) throw new UserError(`${where}[${i}].id '${one.id}' is there twice`);
    ids.add(one.id);
    return one;
  });
}
