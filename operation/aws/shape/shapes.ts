/**
 * Shapes: the members of requests and answers as data, with their bounds.
 *
 * The reader (read.ts), the clean test (clean-form.ts), the canonical form (canonical.ts), the cells of the
 * coverage matrix and the drift check are made from them: a kind more does not compile without each.
 */

import type { Enum } from './enums.ts';
import type { Limit } from './limit.ts';

/**
 * Who holds a value to its bound and its enum where the reader does not: the rules of the item that it stands
 * in, or the look-up of the resource that it names.
 */
export type Judge = 'item' | 'look-up';

export interface TextShape {
  readonly kind: 'string';
  /** Of its length in Unicode characters. */
  readonly limit?: Limit;
  /** As the model writes it; the whole text must match. */
  readonly pattern?: string;
  readonly enum?: Enum;
  /** Absent: the reader. */
  readonly judgedBy?: Judge;
}

export interface NumberShape {
  readonly kind: 'integer' | 'double';
  readonly range?: Limit;
  /** Absent: the reader. */
  readonly judgedBy?: Judge;
}

export interface BooleanShape {
  readonly kind: 'boolean';
}

/** A moment: RFC 3339 text in UTC or with an offset, or seconds since the epoch as a number. */
export interface TimestampShape {
  readonly kind: 'timestamp';
  readonly format: 'date-time' | 'epoch-seconds';
}

export interface ListShape {
  readonly kind: 'list';
  readonly of: Shape;
  /** Of the number of members. */
  readonly limit?: Limit;
}

/** From text to text. */
export interface MapShape {
  readonly kind: 'map';
  readonly key: TextShape;
  readonly value: TextShape;
  /** Of the UTF-8 bytes of all keys and values. The operation's own rules hold a map to it, not the reader. */
  readonly bytes?: Limit;
}

export interface StructureShape {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** A structure of which exactly one member is there. */
export interface UnionShape {
  readonly kind: 'union';
  readonly members: Readonly<Record<string, Shape>>;
}

export type Shape =
  | TextShape
  | NumberShape
  | BooleanShape
  | TimestampShape
  | ListShape
  | MapShape
  | StructureShape
  | UnionShape;

/** A request: members of the path and of the query stand beside those of the body. */
export interface RequestShape extends StructureShape {
  /** Members that are labels of the URI template, by the label's name. */
  readonly path?: readonly string[];
  /** Members that are parameters of the query -> the parameter's name. */
  readonly query?: Readonly<Record<string, string>>;
}

/** The part of a request that travels in its body. */
export function bodyOf({ members, required = [], path = [], query = {} }: RequestShape) {
  const isInBody = (name: string) => !path.includes(name) && !Object.hasOwn(query, name);
  return {
    kind: 'structure',
    members: Object.fromEntries(Object.entries(members).filter(([name]) => isInBody(name))),
    required: required.filter(isInBody),
  } as const satisfies StructureShape;
}

/** Whether a request has a member that travels in its body; the body of any other is not looked at. */
export function hasBody(shape: RequestShape): boolean {
  return Object.keys(bodyOf(shape).members).length > 0;
}
