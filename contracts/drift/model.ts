/** A model of an operation, in one form for every source. */

import type { AwsService } from '../../operation/aws/definition/model.ts';

export type MemberType =
  | 'string'
  | 'integer'
  | 'double'
  | 'boolean'
  | 'timestamp'
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
  /** The name and values of the enum of the member or of its items. Null for a member without an enum. */
  readonly values: Values | null;
}

export interface Values {
  readonly enum: string;
  readonly values: readonly string[];
}

/**
 * Members by path, such as `ContactDataRequestList[].Campaign.CampaignId`. The paths in a map are
 * `Attributes{key}` and `Attributes{value}`.
 */
export type Members = ReadonlyMap<string, Member>;

export interface Model {
  /** The source of the model, for the report. */
  readonly source: string;
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  /** The names of the service that the source contains. */
  readonly service: Partial<Pick<AwsService, 'apiVersion' | 'endpointPrefix' | 'signingName'>>;
  readonly input: Members;
  readonly output: Members;
  /** The HTTP status of each error by its name. */
  readonly errors: ReadonlyMap<string, number>;
  /** Says what the source specifies. What it does not specify is not compared. */
  readonly knows: { readonly bounds: boolean; readonly errorsOfOperation: boolean };
}

/** A shape of a source, with the parts that are compared. */
export interface Node {
  readonly type: MemberType;
  readonly bound: Bound;
  readonly pattern: string | null;
  readonly values: Values | null;
  readonly members: readonly {
    readonly name: string;
    readonly required: boolean;
    readonly node: Node;
  }[];
  /** The shape of a list's items. Null for other shapes. */
  readonly element: Node | null;
  /** The shapes of a map's keys and values. Null for other shapes. */
  readonly entry: { readonly key: Node; readonly value: Node } | null;
}

export function leaf(type: MemberType, bound: Bound = {}, values: Values | null = null): Node {
  return { type, bound, pattern: null, values, members: [], element: null, entry: null };
}

/** Returns every member inside a structure by path, at any depth. */
export function membersOf(root: Node): Members {
  const found = new Map<string, Member>();
  const add = (path: string, node: Node, required: boolean): void => {
    const { type, bound, pattern, values, element, entry } = node;
    found.set(path, {
      type,
      required,
      bound: normal(type, bound),
      pattern,
      values: values ?? element?.values ?? null,
    });
    below(path, node);
    if (entry) {
      add(`${path}{key}`, entry.key, false);
      add(`${path}{value}`, entry.value, false);
    }
  };
  const below = (path: string, { members, element }: Node): void => {
    for (const { name, required, node } of members) {
      add(path === '' ? name : `${path}.${name}`, node, required);
    }
    if (element) below(`${path}[]`, element);
  };
  below('', root);
  return found;
}

function normal(type: MemberType, { min, max }: Bound): Bound {
  return {
    ...(min === undefined || (min === 0 && type !== 'integer' && type !== 'double') ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  };
}
