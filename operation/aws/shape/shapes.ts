/**
 * Shapes: the members of requests and answers as data, with their bounds.
 *
 * The reader (read.ts), the clean test (clean-form.ts), the canonical form (canonical.ts), the cells of the
 * coverage matrix and the drift check are made from them. A new kind does not compile until each handles it.
 */

import type { Enum } from './enums.ts';
import type { Limit } from './limit.ts';

/** Who checks a value's bound and enum if the reader does not: the rules of the item that contains it. */
export type Judge = 'item';

/** A trait of a member that changes neither its type nor its bounds. */
export type Trait = 'sensitive' | 'idempotencyToken' | 'deprecated';

interface Traits {
  readonly traits?: readonly Trait[];
}

export interface TextShape extends Traits {
  readonly kind: 'string';
  /** Bound of the length in Unicode characters. */
  readonly limit?: Limit;
  /** The pattern as the model writes it; it must match the whole text. */
  readonly pattern?: string;
  readonly enum?: Enum;
  /** Absent: the reader. */
  readonly judgedBy?: Judge;
}

export interface NumberShape extends Traits {
  readonly kind: 'integer' | 'double';
  readonly range?: Limit;
  /** Absent: the reader. */
  readonly judgedBy?: Judge;
}

export interface BooleanShape extends Traits {
  readonly kind: 'boolean';
}

/** A moment: RFC 3339 text in UTC or with an offset, or seconds since the epoch as a number. */
export interface TimestampShape extends Traits {
  readonly kind: 'timestamp';
  readonly format: 'date-time' | 'epoch-seconds';
}

export interface ListShape extends Traits {
  readonly kind: 'list';
  readonly of: Shape;
  /** Bound of the number of members. */
  readonly limit?: Limit;
}

/** A map from text to values of one shape. */
export interface MapShape extends Traits {
  readonly kind: 'map';
  readonly key: TextShape;
  readonly value: Shape;
  /** Bound of the number of entries. */
  readonly limit?: Limit;
  /** Most UTF-8 bytes of all keys and values. The operation's own rules check it; the reader does not. */
  readonly bytes?: Limit;
}

export interface StructureShape extends Traits {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** A structure with exactly one member present. */
export interface UnionShape extends Traits {
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

/** A request: it has the members of the path, the query and the body. */
export interface RequestShape extends StructureShape {
  /** Members that are labels of the URI template, by the label's name. */
  readonly path?: readonly string[];
  /** Members that are parameters of the query -> the parameter's name. */
  readonly query?: Readonly<Record<string, string>>;
}

/** An answer or an error: it has the members of its headers and its body. */
export interface AnswerShape extends StructureShape {
  /** Members that are headers -> the header's name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request or an answer without members. */
export const NOTHING = { kind: 'structure', members: {} } as const satisfies AnswerShape;

/** The part of a request that travels in its body. */
export function bodyOf({ members, required = [], path = [], query = {} }: RequestShape) {
  const isInBody = (name: string) => !path.includes(name) && !Object.hasOwn(query, name);
  return {
    kind: 'structure',
    members: Object.fromEntries(Object.entries(members).filter(([name]) => isInBody(name))),
    required: required.filter(isInBody),
  } as const satisfies StructureShape;
}

/** Whether a request has a member in its body. If not, its body is ignored. */
export function hasBody(shape: RequestShape): boolean {
  return Object.keys(bodyOf(shape).members).length > 0;
}
