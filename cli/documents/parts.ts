/** Schemas of parts of run.json, for the commands that print such a part alone. */

import { current } from '../../run/json.ts';
import { type Schema, schemaOf } from '../../system/schema.ts';

/**
 * The schema of a member of run.json. Lists are passed through, and what may be null is taken as not null.
 *
 * @param path names of members, from the outside in.
 * @throws Error if there is no such member.
 */
export function partOfRun(...path: readonly string[]): Schema {
  let at = schemaOf(current);
  for (const name of path) {
    const members = inside(at).properties as Readonly<Record<string, Schema>> | undefined;
    const member = members?.[name];
    if (!member) throw new Error(`run.json has no member ${path.join('.')}`);
    at = member;
  }
  return present(at);
}

export function listOf(items: Schema): Schema {
  return { type: 'array', items };
}

/** The object that a list has, or that may be null. */
function inside(schema: Schema): Schema {
  const here = present(schema);
  return here.type === 'array' ? inside(here.items as Schema) : here;
}

function present(schema: Schema): Schema {
  const choices = schema.anyOf as readonly Schema[] | undefined;
  const [first, second] = choices ?? [];
  return choices?.length === 2 && first?.type === 'null' && second ? present(second) : schema;
}
