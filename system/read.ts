/**
 * Readers of unknown JSON. A reader takes a value and its place, and returns the typed value or throws a one-line
 * sentence. A place is a path such as `faults[2].when.share`; the empty path is the whole document.
 */

import { UserError } from './errors.ts';
import { repeatedMember } from './repeated-member.ts';
import { leftOut, type Schema, schemaOf, schemaOfMembers, withSchema } from './schema.ts';
import { suggestion } from './suggestion.ts';

/** @throws Mismatch, or another UserError that begins with the place, for a value that it does not accept. */
export type Reader<T> = (value: unknown, at: string) => T;

/** A reader with a text for the user on the values that it accepts, such as `a number from 0 to 1`. */
export interface Described<T> extends Reader<T> {
  readonly values: string;
}

/** The error for a value of the wrong form: it names the place, what was expected, and what was found. */
export class Mismatch extends UserError {
  readonly at: string;

  constructor(at: string, expected: string, found: unknown) {
    super(`${at || 'the file'} must be ${expected}, not ${describe(found)}`);
    this.at = at;
  }
}

/**
 * A reader that returns a value unchanged if `accepts` is true for it.
 *
 * @param schema the JSON Schema of these values.
 */
export function having<T>(
  values: string,
  accepts: (value: unknown) => boolean,
  schema?: Schema,
): Described<T> {
  const read = described<T>(values, (value, at) => {
    if (accepts(value)) return value as T;
    throw new Mismatch(at, values, value);
  });
  return schema ? withSchema(read, () => schema) : read;
}

export function described<T>(values: string, read: Reader<T>): Described<T> {
  return Object.assign((value: unknown, at: string) => read(value, at), { values });
}

export const anything: Reader<unknown> = withSchema(
  (value) => value,
  () => ({}),
);

export const text = having<string>('a text', (value) => typeof value === 'string', {
  type: 'string',
});

export const filledText = having<string>(
  'a text that is not empty',
  (value) => typeof value === 'string' && value !== '',
  { type: 'string', minLength: 1 },
);

export const flag = having<boolean>('true or false', (value) => typeof value === 'boolean', {
  type: 'boolean',
});

/** Any finite number. */
export const number = having<number>('a number', Number.isFinite, { type: 'number' });

/** A finite number from 0 up. */
export const amount = numberFrom(0);

/** A finite number from `min` to `max`, both included. */
export function numberFrom(min: number, max = Number.POSITIVE_INFINITY): Described<number> {
  return having(`a number ${bounds(min, max)}`, isBetween(min, max), {
    type: 'number',
    ...limits(min, max),
  });
}

export function wholeNumberFrom(min: number, max = Number.POSITIVE_INFINITY): Described<number> {
  const between = isBetween(min, max);
  return having(
    `a whole number ${bounds(min, max)}`,
    (value) => Number.isInteger(value) && between(value),
    { type: 'integer', ...limits(min, max) },
  );
}

function limits(min: number, max: number): Schema {
  return { minimum: min, ...(max === Number.POSITIVE_INFINITY ? {} : { maximum: max }) };
}

function bounds(min: number, max: number): string {
  return max === Number.POSITIVE_INFINITY ? `from ${min} up` : `from ${min} to ${max}`;
}

function isBetween(min: number, max: number): (value: unknown) => boolean {
  return (value) => Number.isFinite(value) && (value as number) >= min && (value as number) <= max;
}

export function oneOf<const V extends string | number>(...among: readonly V[]): Described<V> {
  const values =
    among.length > 4
      ? `one of ${among.join(', ')}`
      : among.map((value) => JSON.stringify(value)).join(' or ');
  return having(values, (value) => among.some((one) => one === value), { enum: among });
}

export function orNull<T>(read: Reader<T> & { readonly values?: string }): Reader<T | null> {
  const { values } = read;
  const whole: Reader<T | null> = (value, at) => {
    if (value === null) return null;
    try {
      return read(value, at);
    } catch (error) {
      const here = error instanceof Mismatch && error.at === at;
      throw here && values !== undefined ? new Mismatch(at, `null or ${values}`, value) : error;
    }
  };
  return withSchema(whole, () => ({ anyOf: [{ type: 'null' }, schemaOf(read)] }));
}

/** A member that may be left out. */
export function optional<T, U>(read: Reader<T>, otherwise: U): Reader<T | U> {
  return leftOut((value, at) => (value === undefined ? otherwise : read(value, at)), read);
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  const whole: Reader<readonly T[]> = (value, at) => {
    if (!Array.isArray(value)) throw new Mismatch(at, 'a list', value);
    return value.map((item: unknown, i) => read(item, `${at}[${i}]`));
  };
  return withSchema(whole, () => ({ type: 'array', items: schemaOf(read) }));
}

export function filledList<T>(read: Described<T>): Described<readonly T[]> {
  return described(`a list, not empty, each ${read.values}`, (value, at) => {
    if (Array.isArray(value) && value.length > 0) return list(read)(value, at);
    throw new Mismatch(at, 'a list that is not empty', value);
  });
}

/**
 * Checks that a value is an object. Its members are not read.
 *
 * @throws Mismatch if the value is not an object.
 */
export const object: Reader<Readonly<Record<string, unknown>>> = (value, at) => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new Mismatch(at, 'an object', value);
};

/** An object with any keys. `read` reads each value. */
export function record<T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> {
  const whole: Reader<Readonly<Record<string, T>>> = (value, at) =>
    Object.fromEntries(
      Object.entries(object(value, at)).map(([key, member]) => [key, read(member, join(at, key))]),
    );
  return withSchema(whole, () => ({ type: 'object', additionalProperties: schemaOf(read) }));
}

/** An object whose keys are all among these. */
export function partial<K extends string, T>(
  keys: readonly K[],
  read: Reader<T>,
): Reader<Readonly<Partial<Record<K, T>>>> {
  const known = oneOf(...keys);
  const whole: Reader<Readonly<Partial<Record<K, T>>>> = (value, at) => {
    const found: Partial<Record<K, T>> = {};
    for (const [key, member] of Object.entries(object(value, at))) {
      found[known(key, `a key of ${at}`)] = read(member, join(at, key));
    }
    return found;
  };
  return withSchema(whole, () => ({
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key, schemaOf(read)])),
    additionalProperties: false,
  }));
}

/** The reader of each member. */
export type Structure<T> = { readonly [K in keyof T]-?: Reader<T[K]> };

/** An object with these members. Other members are ignored, so that a later version may add some. */
export function structure<T>(members: Structure<T>): Reader<T> {
  const whole: Reader<T> = (value, at) => {
    const given = object(value, at);
    const names = Object.keys(members) as (keyof T & string)[];
    return Object.fromEntries(
      names.map((name) => [name, members[name](memberOf(given, name), join(at, name))]),
    ) as T;
  };
  return withSchema(whole, () => schemaOfMembers(members));
}

/**
 * An object with these members. Other members are refused.
 *
 * @param document what the message calls the object if it is the whole document.
 */
export function exactly<T>(members: Structure<T>, document = 'the file'): Reader<T> {
  const read = structure(members);
  const whole: Reader<T> = (value, at) => {
    const where = at || document;
    refuseUnknown(object(value, where), where, Object.keys(members));
    return read(value, at);
  };
  return withSchema(whole, () => ({ ...schemaOfMembers(members), additionalProperties: false }));
}

/** @throws UserError for the first member that is not among the known ones. */
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
  const meant = suggestion(name, known);
  return new UserError(
    `${where} has no member '${name}'; it has ${known.join(', ')}${meant && `.${meant}`}`,
  );
}

/**
 * Parses JSON.
 *
 * @param name the source of the text, for the message.
 * @throws UserError if the text is not JSON.
 */
export function parseJson(json: string, name: string): unknown {
  try {
    // Some editors begin a file with a byte-order mark.
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UserError(`${name} is not JSON (${(error as Error).message})`);
  }
}

/**
 * Parses JSON that a person wrote. A member that stands there twice is refused, for JSON.parse forgets the first.
 *
 * @throws UserError as `parseJson` does.
 */
export function parseWrittenJson(json: string, name: string): unknown {
  const value = parseJson(json, name);
  const repeated = repeatedMember(json);
  if (repeated === null) return value;
  throw new UserError(`${name} has the member ${repeated} twice: leave one out`);
}

/** Reads an object's own member. An inherited name such as `toString` does not count as a member. */
function memberOf(given: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

function join(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  // Of a program, which may have what JSON has not.
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}
