/** Statements as data: a union of kinds, declared once as a table, with the reader of its JSON. */

import { Mismatch, oneOf, type Reader, text } from '../../system/read.ts';
import { schemaOfMembers, withSchema } from '../../system/schema.ts';

/** Members of one kind, each by the reader of its value. */
export type Members = Readonly<Record<string, Reader<unknown>>>;

/** Kind -> its members. */
export type Rows = Readonly<Record<string, Members>>;

/** The union that a table declares: `{ kind, …members }`. */
export type StatementOf<Table extends Rows> = {
  readonly [Kind in keyof Table]: { readonly kind: Kind } & {
    readonly [Member in keyof Table[Kind]]: ReturnType<Table[Kind][Member]>;
  };
}[keyof Table];

/**
 * A sentence of a run.json of version 1, which had no kinds. Nothing makes it but the reader of such a file,
 * and nothing may ask what it says.
 */
export const OLD_TEXT = { text: { text } } as const;

export type OldText = StatementOf<typeof OLD_TEXT>;

/** Reads a sentence of version 1. */
export const oldText: Reader<OldText> = (value, at) => ({ kind: 'text', text: text(value, at) });

/** The reader of a table's union. Members that a kind does not declare are left out. */
export function statementOf<const Table extends Rows>(table: Table): Reader<StatementOf<Table>> {
  const kinds = oneOf(...Object.keys(table));
  const read: Reader<StatementOf<Table>> = (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Mismatch(at, 'an object with a kind', value);
    }
    const found = value as Readonly<Record<string, unknown>>;
    const kind = kinds(found.kind, `${at}.kind`);
    const members = Object.entries(table[kind] ?? {}).map(([name, read]) => [
      name,
      read(found[name], `${at}.${name}`),
    ]);
    return { kind, ...Object.fromEntries(members) } as StatementOf<Table>;
  };
  return withSchema(read, () => ({
    anyOf: Object.entries(table).map(([kind, members]) =>
      schemaOfMembers({ kind: oneOf(kind), ...members }),
    ),
  }));
}
