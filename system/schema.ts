/** JSON Schemas (2020-12) of readers. A reader gets its schema where it is made, so that the two cannot differ. */

export type Schema = Readonly<Record<string, unknown>>;

/** A schema is made when it is asked for: most programs never ask. */
const SCHEMAS = new WeakMap<object, () => Schema>();
const OPTIONAL = new WeakSet<object>();

type AnyReader = (value: unknown, at: string) => unknown;

/** Gives a reader the schema of the values that it accepts. */
export function withSchema<R extends AnyReader>(read: R, schema: () => Schema): R {
  SCHEMAS.set(read, schema);
  return read;
}

/** Gives a reader the schema of another, for a member that may be left out. */
export function leftOut<R extends AnyReader>(read: R, of: AnyReader): R {
  OPTIONAL.add(read);
  return withSchema(read, () => schemaOf(of));
}

/**
 * The schema of the values that a reader accepts.
 *
 * @throws Error for a reader that was made without one.
 */
export function schemaOf(read: AnyReader): Schema {
  const schema = SCHEMAS.get(read);
  if (!schema) throw new Error(`a reader has no schema: ${read.toString().slice(0, 200)}`);
  return schema();
}

/** The schema of an object with these members. Other members are allowed, as for its reader. */
export function schemaOfMembers(members: Readonly<Record<string, AnyReader>>): Schema {
  const entries = Object.entries(members);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, read]) => [name, schemaOf(read)])),
    required: entries.filter(([, read]) => !OPTIONAL.has(read)).map(([name]) => name),
  };
}

/** A whole document: with its dialect, title and address. */
export function schemaDocument(schema: Schema, id: string, title: string): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: id,
    title,
    ...withDefinitions(schema),
  };
}

/** Shorter schemas are not worth a definition. */
const SHORT = 200;

/** Moves what occurs several times into `$defs`, under the name of the member that has it first. */
function withDefinitions(schema: Schema): Schema {
  const times = new Map<string, number>();
  const count = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const text = JSON.stringify(node);
    const isSchema = !Array.isArray(node) && ('type' in node || 'anyOf' in node);
    if (isSchema) times.set(text, (times.get(text) ?? 0) + 1);
    // What is inside a repeated schema counts once.
    if (isSchema && times.get(text) !== 1) return;
    for (const member of Object.values(node)) count(member);
  };
  count(schema);
  const names = new Map<string, string>();
  const definitions: Record<string, Schema> = {};
  const place = (node: unknown, name: string): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) return node.map((one: unknown) => place(one, name));
    const text = JSON.stringify(node);
    const inside = (): Schema =>
      Object.fromEntries(
        Object.entries(node).map(([key, member]) => [
          key,
          key === 'properties' ? placeAll(member) : place(member, name),
        ]),
      );
    if (text.length < SHORT || (times.get(text) ?? 0) < 2) return inside();
    let known = names.get(text);
    if (known === undefined) {
      known = name;
      for (let n = 2; Object.hasOwn(definitions, known); n += 1) known = `${name}${n}`;
      names.set(text, known);
      // The name is taken before what is inside looks for one.
      definitions[known] = {};
      definitions[known] = inside();
    }
    return { $ref: `#/$defs/${known}` };
  };
  const placeAll = (members: object): Schema =>
    Object.fromEntries(Object.entries(members).map(([name, one]) => [name, place(one, name)]));
  const placed = Object.fromEntries(
    Object.entries(schema).map(([key, member]) => [
      key,
      key === 'properties' ? placeAll(member as object) : place(member, 'item'),
    ]),
  );
  return Object.keys(definitions).length === 0 ? placed : { ...placed, $defs: definitions };
}
