/** Tables of the members of a fault and of its selector: the meaning of each, and how it is read. */

import { UserError } from '../../system/errors.ts';
import { type Described, unknownMember } from '../../system/read.ts';

export interface Member<Value> {
  readonly meaning: string;
  readonly read: Described<Value>;
  /** A member without a default must be given. */
  readonly default?: Value;
}

export type Members = Readonly<Record<string, Member<unknown>>>;

export type ValuesOf<M extends Members> = {
  readonly [Name in keyof M]: M[Name] extends Member<infer Value> ? Value : never;
};

/**
 * Reads the members that `given` has.
 *
 * @throws UserError for a member that is not in the table, or whose value cannot be read.
 */
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

/**
 * Reads all members of the table. A member that was left out gets its default.
 *
 * @throws UserError for an unknown member, a value that cannot be read, or a missing member without a default.
 */
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
