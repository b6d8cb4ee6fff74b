/** Facts + a partial JSON of them -> new facts, or one sentence on what is wrong with it. */

import type { Outage } from '../../operation/aws/definition/facts.ts';
import { CHOICES, type Choices } from '../../operation/connect/choices.ts';
import { type Facts, INJECTED_NUMBERS, type Instance } from '../../operation/connect/facts.ts';
import { UserError } from '../../system/errors.ts';
import { list, object, refuseUnknown, text, unknownMember } from '../../system/read-json.ts';

const OUTAGES: readonly Outage[] = [
  'InternalServiceException',
  'LimitExceededException',
  'ServiceUnavailable',
];

/**
 * `choices` and `injected` are merged member by member (null takes an injected number out); every
 * other member replaces the one there.
 *
 * @throws UserError for an unknown member or a value that is not one of the member's.
 */
export function patchFacts(facts: Facts, patch: unknown): Facts {
  const changed: Record<string, unknown> = { ...facts };
  for (const [name, value] of Object.entries(object(patch, 'facts'))) {
    switch (name) {
      case 'account':
      case 'region':
        changed[name] = text(value, name);
        break;
      case 'instances':
        changed[name] = apart(list(value, name).map(instance), name);
        break;
      case 'injected':
        changed[name] = injected(facts, object(value, name));
        break;
      case 'pendingRoom':
        changed[name] = pendingRoom(value);
        break;
      case 'outage':
        if (value !== null && !OUTAGES.some((outage) => outage === value)) {
          throw new UserError(`outage must be null or one of ${OUTAGES.join(', ')}`);
        }
        changed[name] = value;
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

function choices(patch: Record<string, unknown>): Partial<Choices> {
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

function injected(facts: Facts, patch: Record<string, unknown>): Facts['injected'] {
  const merged: Record<string, unknown> = { ...facts.injected };
  const codes = Object.keys(INJECTED_NUMBERS);
  for (const [address, code] of Object.entries(patch)) {
    if (code === null) delete merged[address];
    else if (typeof code === 'string' && codes.includes(code)) merged[address] = code;
    else throw new UserError(`injected.${address} must be null or one of ${codes.join(', ')}`);
  }
  return merged as Facts['injected'];
}

function pendingRoom(value: unknown): number | null {
  if (value === null || (Number.isSafeInteger(value) && (value as number) >= 0)) {
    return value as number | null;
  }
  throw new UserError('pendingRoom must be null or a whole number of contacts');
}

function instance(value: unknown, at: number): Instance {
  const where = `instances[${at}]`;
  const given = object(value, where);
  refuseUnknown(given, where, ['id', 'queues', 'numbers', 'campaigns']);
  const { id, queues, numbers, campaigns } = given;
  return {
    id: text(id, `${where}.id`),
    queues: apart(
      list(queues, `${where}.queues`).map((one, i) => queue(one, `${where}.queues[${i}]`)),
      `${where}.queues`,
    ),
    numbers: list(numbers, `${where}.numbers`).map((n, i) => text(n, `${where}.numbers[${i}]`)),
    campaigns:
      campaigns === null || campaigns === undefined
        ? null
        : list(campaigns, `${where}.campaigns`).map((c, i) => text(c, `${where}.campaigns[${i}]`)),
  };
}

function queue(value: unknown, where: string): Instance['queues'][number] {
  const given = object(value, where);
  refuseUnknown(given, where, ['id', 'name', 'enabled']);
  const { id, name, enabled } = given;
  if (typeof enabled !== 'boolean') throw new UserError(`${where}.enabled must be true or false`);
  return { id: text(id, `${where}.id`), name: text(name, `${where}.name`), enabled };
}

/** Of two with one id the second would never be found. */
function apart<One extends { readonly id: string }>(all: readonly One[], where: string): One[] {
  const ids = new Set<string>();
  return all.map((one, i) => {
    if (ids.has(one.id)) throw new UserError(`${where}[${i}].id '${one.id}' is there twice`);
    ids.add(one.id);
    return one;
  });
}
