/** The members of a fault and of its selector: how each is read from JSON. */

import { UserError } from '../../system/errors.ts';
import { text, unknownMember } from '../../system/read-json.ts';

export interface Member<Value> {
  readonly meaning: string;
  /** The values that `read` accepts, for people. */
  readonly values: string;
  /** @throws UserError that begins with `where`, a path in the plan. */
  readonly read: (value: unknown, where: string) => Value;
  /** Without one the member must be given. */
  readonly default?: Value;
}

export type Members = Readonly<Record<string, Member<unknown>>>;

export type ValuesOf<M extends Members> = {
  readonly [Name in keyof M]: M[Name] extends Member<infer Value> ? Value : never;
};

function having<Value>(values: string, accepts: (value: unknown) => boolean) {
  return {
    values,
    read: (value: unknown, where: string): Value => {
      if (accepts(value)) return value as Value;
      throw new UserError(`${where} must be ${values}`);
    },
  };
}

const isBetween = (value: unknown, min: number, max: number) =>
  typeof value === 'number' && value >= min && value <= max;

export function numberFrom(min: number, max: number) {
  return having<number>(`a number from ${min} to ${max}`, (value) => isBetween(value, min, max));
}

export function wholeNumberFrom(min: number, max: number) {
  return having<number>(
    `a whole number from ${min} to ${max}`,
    (value) => Number.isInteger(value) && isBetween(value, min, max),
  );
}

export function oneOf<const V extends string | number>(...values: V[]) {
  return having<V>(values.map((value) => JSON.stringify(value)).join(' or '), (value) =>
    values.some((one) => one === value),
  );
}

export function listOf<Value>({ values, read }: Pick<Member<Value>, 'values' | 'read'>) {
  return {
    values: `a list, not empty, each ${values}`,
    read: (value: unknown, where: string): readonly Value[] => {
      if (Array.isArray(value) && value.length > 0) {
        return value.map((one, i) => read(one, `${where}[${i}]`));
      }
      throw new UserError(`${where} must be a list that is not empty`);
    },
  };
}

export const REGULAR_EXPRESSION = {
  values: 'a regular expression as text',
  read: (value: unknown, where: string): string => {
    const pattern = text(value, where);
    try {
      new RegExp(pattern);
    } catch {
      throw new UserError(`${where} must be a regular expression, which '${pattern}' is not`);
    }
    return pattern;
  },
};

/** Reads the members that are there; an unknown one is refused. */
export function readGiven<M extends Members>(
  members: M,
  given: Readonly<Record<string, unknown>>,
  where: string,
): Partial<ValuesOf<M>> {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const member = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!member) throw unknownMember(where, name, Object.keys(members));
    read[name] = member.read(value, `${where}.${name}`);
  }
  return read as Partial<ValuesOf<M>>;
}

/** Reads all members, those that are left out at their defaults. */
export function readAll<M extends Members>(
  members: M,
  given: Readonly<Record<string, unknown>>,
  where: string,
): ValuesOf<M> {
  const read: Record<string, unknown> = readGiven(members, given, where);
  for (const [name, member] of Object.entries(members)) {
    if (Object.hasOwn(read, name)) continue;
    if (!('default' in member)) throw new UserError(`${where} needs ${name}, ${member.values}`);
    read[name] = member.default;
  }
  return read as ValuesOf<M>;
}
