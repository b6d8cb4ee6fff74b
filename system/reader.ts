/** Readers of unknown JSON: each takes a value and where it stands, and gives it typed or refuses. */

/** @throws Mismatch when the value is not what the reader reads. */
export type Reader<T> = (value: unknown, at: string) => T;

/** What was expected, where, and what stands there. */
export class Mismatch extends Error {
  constructor(at: string, expected: string, found: unknown) {
    super(`${at || 'the file'} must be ${expected}, not ${describe(found)}`);
  }
}

export const text: Reader<string> = (value, at) => {
  if (typeof value === 'string') return value;
  throw new Mismatch(at, 'a text', value);
};

export const flag: Reader<boolean> = (value, at) => {
  if (typeof value === 'boolean') return value;
  throw new Mismatch(at, 'true or false', value);
};

/** Any finite number. */
export const number: Reader<number> = (value, at) => {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new Mismatch(at, 'a number', value);
};

/** A finite number from 0 up. */
export const amount: Reader<number> = (value, at) => {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new Mismatch(at, 'a number from 0 up', value);
};

export function word<const W extends string>(...words: readonly W[]): Reader<W> {
  return (value, at) => {
    const found = words.find((one) => one === value);
    if (found !== undefined) return found;
    throw new Mismatch(at, words.join(' | '), value);
  };
}

export function orNull<T>(read: Reader<T>): Reader<T | null> {
  return (value, at) => (value === null ? null : read(value, at));
}

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new Mismatch(at, 'a list', value);
    return value.map((item: unknown, i) => read(item, `${at}[${i}]`));
  };
}

/** An object of any keys whose values `read` reads. */
export function record<T>(read: Reader<T>): Reader<Readonly<Record<string, T>>> {
  return (value, at) =>
    Object.fromEntries(
      Object.entries(objectAt(value, at)).map(([key, member]) => [
        key,
        read(member, join(at, key)),
      ]),
    );
}

/** An object of some of these keys, and no other. */
export function partial<K extends string, T>(
  keys: readonly K[],
  read: Reader<T>,
): Reader<Readonly<Partial<Record<K, T>>>> {
  const known = word(...keys);
  return (value, at) => {
    const found: Partial<Record<K, T>> = {};
    for (const [key, member] of Object.entries(objectAt(value, at))) {
      found[known(key, `a key of ${at}`)] = read(member, join(at, key));
    }
    return found;
  };
}

/** An object of exactly these members; others are left out, so that a later version may add some. */
export function structure<T>(members: { readonly [K in keyof T]-?: Reader<T[K]> }): Reader<T> {
  return (value, at) => {
    const object = objectAt(value, at);
    const names = Object.keys(members) as (keyof T & string)[];
    return Object.fromEntries(
      names.map((name) => [name, members[name](object[name], join(at, name))]),
    ) as T;
  };
}

function objectAt(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new Mismatch(at, 'an object', value);
}

function join(at: string, key: string): string {
  return at === '' ? key : `${at}.${key}`;
}

function describe(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return shown.length > 60 ? `${shown.slice(0, 59)}…` : shown;
}
