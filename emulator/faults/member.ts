/** The members of a fault and of its selector, as tables: what each means, and how it is read. */

import { UserError } from '../../system/errors.ts';
import { type Described, unknownMember } from '../../system/read.ts';

export interface Member<Value> {
  readonly meaning: string;
  readonly read: Described<Value>;
  /** Without one the member must be given. */
  readonly default?: Value;
}

export type Members = Readonly<Record<string, Member<unknown>>>;

export type ValuesOf<M extends Members> = {
  readonly [Name in keyof M]: M[Name] extends Member<infer Value> ? Value : never;
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
    if (!('default' in member)) {
      throw new UserError(`${where} needs ${name}, ${member.read.values}`);
    }
    read[name] = member.default;
  }
  return read as ValuesOf<M>;
}
