/** Parsed JSON -> the kind of value that is due there, or one sentence that names the place. */

import { isObject } from '../operation/aws/json.ts';
import { UserError } from './errors.ts';

export function object(value: unknown, where: string): Record<string, unknown> {
  if (isObject(value)) return value;
  throw new UserError(`${where} must be a JSON object`);
}

export function list(value: unknown, where: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new UserError(`${where} must be a JSON list`);
}

export function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new UserError(`${where} must be a text that is not empty`);
}

/** @throws UserError for the first member that is none of those known. */
export function refuseUnknown(
  given: Readonly<Record<string, unknown>>,
  where: string,
  known: readonly string[],
): void {
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) throw unknownMember(where, name, known);
  }
}

export function unknownMember(where: string, name: string, known: readonly string[]): UserError {
  return new UserError(`${where} has no member '${name}'; it has ${known.join(', ')}`);
}
