/** Writes a value of a shape as the body and the headers of an answer. Pure. */

import type { AnswerShape, Shape } from './shapes.ts';

export interface Written {
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
}

/**
 * Members that the model does not have are left out, and so are members that are undefined. The other members are
 * written in the order of the model. The value is not held to bounds.
 */
export function writeAnswer(shape: AnswerShape, value: object): Written {
  const { headers: named = {} } = shape;
  const members = Object.entries(jsonOf(value, shape) as Record<string, unknown>);
  const headers = members.flatMap(([name, member]) => {
    const header = Object.hasOwn(named, name) ? named[name] : undefined;
    return header === undefined ? [] : [[header, String(member)] as const];
  });
  const body = members.filter(([name]) => !Object.hasOwn(named, name));
  return { headers: Object.fromEntries(headers), body: JSON.stringify(Object.fromEntries(body)) };
}

function jsonOf(value: unknown, shape: Shape): unknown {
  switch (shape.kind) {
    case 'list':
      return (value as readonly unknown[]).map((member) => jsonOf(member, shape.of));
    case 'map':
      // Object.entries and Object.fromEntries keep "__proto__" as an ordinary key.
      return Object.fromEntries(
        Object.entries(value as object).map(([key, member]) => [key, jsonOf(member, shape.value)]),
      );
    case 'structure':
    case 'union':
      return Object.fromEntries(
        Object.entries(shape.members).flatMap(([name, member]) => {
          const given = (value as Record<string, unknown>)[name];
          return given === undefined ? [] : [[name, jsonOf(given, member)]];
        }),
      );
    default:
      return value;
  }
}
