/** A model of an operation, in one form for every source. */

import type { AwsService } from '../../operation/aws/definition/model.ts';
import type { Place } from '../../run/statements/contracts.ts';

export type MemberType =
  | 'string'
  | 'integer'
  | 'double'
  | 'boolean'
  | 'timestamp'
  | 'blob'
  | 'document'
  | 'list'
  | 'map'
  | 'structure'
  | 'union';

/** The bound of a length or number. A minimum length of 0 counts as no bound. A minimum number of 0 is a bound. */
export interface Bound {
  readonly min?: number;
  readonly max?: number;
}

export interface Member {
  readonly type: MemberType;
  readonly required: boolean;
  readonly bound: Bound;
  /** The regular expression that a text must match. Null for a member without one. */
  readonly pattern: string | null;
  /** Null for a member without an enum. */
  readonly values: Values | null;
  /** The part of the message that has the member, and the name there. */
  readonly place: Place;
  /** How a timestamp is written. Null for other members. */
  readonly format: string | null;
  readonly traits: readonly string[];
}

export interface Values {
  readonly enum: string;
  readonly values: readonly string[];
}

/**
 * Members by path, such as `ContactDataRequestList[].Campaign.CampaignId`. The items of a list have a path that
 * ends in `[]`. The paths in a map are `Attributes{key}` and `Attributes{value}`.
 */
export type Members = ReadonlyMap<string, Member>;

export interface ErrorModel {
  readonly status: number;
  readonly members: Members;
}

export interface Model {
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  /** The names of the service that the source contains. */
  readonly service: Partial<
    Pick<AwsService, 'apiVersion' | 'endpointPrefix' | 'signingName'> & {
      readonly protocol: string;
    }
  >;
  readonly traits: readonly string[];
  readonly input: Members;
  readonly output: Members;
  readonly errors: ReadonlyMap<string, ErrorModel>;
  /** Says what the source specifies. What it does not specify is not compared. */
  readonly knows: {
    readonly bounds: boolean;
    readonly errorsOfOperation: boolean;
    /** The traits of members and of operations that the source shows where they are. */
    readonly traits: readonly string[];
  };
}

/** Reads the models of a source, by the names of their operations. */
export interface Source {
  /** The name of the source, for the report. */
  readonly name: string;
  /** Null if the source lacks the operation. */
  model(operation: string): Model | null;
}

/** A shape of a source. Its parts are made when they are asked for, so that a shape can contain itself. */
export interface Node {
  readonly type: MemberType;
  readonly bound: Bound;
  readonly pattern: string | null;
  readonly values: Values | null;
  /** Null for a timestamp in the default format, and for other shapes. */
  readonly format: string | null;
  readonly traits: readonly string[];
  /** What is the same for the same shape. */
  readonly identity: unknown;
  readonly members: () => readonly MemberNode[];
  /** The shape of a list's items. Null for other shapes. */
  readonly element: (() => Node) | null;
  /** The shapes of a map's keys and values. Null for other shapes. */
  readonly entry: (() => { readonly key: Node; readonly value: Node }) | null;
}

export interface MemberNode {
  readonly name: string;
  readonly required: boolean;
  readonly place: Place;
  readonly node: Node;
}

/** The parts of a node are those that are given; the others are those of a shape without parts. */
export function nodeOfType(type: MemberType, parts: Partial<Node> = {}): Node {
  return {
    type,
    bound: {},
    pattern: null,
    values: null,
    format: null,
    traits: [],
    identity: null,
    members: () => [],
    element: null,
    entry: null,
    ...parts,
  };
}

export const NO_MEMBERS = nodeOfType('structure');

/** The format of a timestamp that names none, in each place of a message of restJson1. */
const DEFAULT_FORMATS: Readonly<Record<Place['in'], string>> = {
  body: 'epoch-seconds',
  uri: 'date-time',
  query: 'date-time',
  header: 'http-date',
  headers: 'http-date',
  status: 'epoch-seconds',
};

/**
 * Returns every member inside a structure by path, at any depth. A shape that contains itself is followed until it
 * comes again, and that member has no members.
 */
export function membersOf(root: Node): Members {
  const found = new Map<string, Member>();
  const add = (
    path: string,
    node: Node,
    place: Place,
    required: boolean,
    within: readonly unknown[],
  ): void => {
    const { type, bound, pattern, values, format, traits } = node;
    found.set(path, {
      type,
      required,
      bound: normal(type, bound),
      pattern,
      values,
      place,
      format: type === 'timestamp' ? (format ?? DEFAULT_FORMATS[place.in]) : null,
      traits,
    });
    below(path, node, place, within);
  };
  const below = (
    path: string,
    { identity, members, element, entry }: Node,
    place: Place,
    within: readonly unknown[],
  ): void => {
    if (within.includes(identity)) return;
    const inside = identity === null ? within : [...within, identity];
    for (const { name, required, place: of, node } of members()) {
      add(path === '' ? name : `${path}.${name}`, node, of, required, inside);
    }
    const part = (end: string, node: Node) => add(`${path}${end}`, node, place, false, inside);
    if (element) part('[]', element());
    if (entry) {
      const { key, value } = entry();
      part('{key}', key);
      part('{value}', value);
    }
  };
  below('', root, { in: 'body', name: '' }, []);
  return found;
}

function normal(type: MemberType, { min, max }: Bound): Bound {
  return {
    ...(min === undefined || (min === 0 && type !== 'integer' && type !== 'double') ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}

/** The type of a shape by its name in a botocore model or a Smithy AST. */
export function typeNamed(type: string): MemberType {
  switch (type) {
    case 'list':
    case 'map':
    case 'structure':
    case 'union':
    case 'integer':
    case 'double':
    case 'boolean':
    case 'timestamp':
    case 'blob':
    case 'document':
    case 'string':
      return type;
    case 'enum':
      return 'string';
    case 'set':
      return 'list';
    case 'byte':
    case 'short':
    case 'long':
    case 'biginteger':
    case 'intEnum':
      return 'integer';
    case 'float':
    case 'bigdecimal':
      return 'double';
    default:
      throw new Error(`the type ${type} is not known`);
  }
}
