/** A model of an operation in one form, whatever it was read from. */

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

/** A bound of 0 from below on a length is none; on a number it is one. */
export interface Bound {
  readonly min?: number;
  readonly max?: number;
}

export interface Member {
  readonly type: MemberType;
  readonly required: boolean;
  readonly bound: Bound;
  /** The regular expression that a text must match; null where there is none. */
  readonly pattern: string | null;
  /** Values by name of the enum; null where the member is none. */
  readonly values: Values | null;
}

export interface Values {
  readonly enum: string;
  readonly values: readonly string[];
}

/** By path: `ContactDataRequestList[].Campaign.CampaignId`; a map's are `Attributes{key}` and `{value}`. */
export type Members = ReadonlyMap<string, Member>;

export interface Model {
  /** What it was read from, for people. */
  readonly source: string;
  readonly method: string;
  readonly uri: string;
  readonly status: number;
  /** As far as the source names the service. */
  readonly service: Partial<Pick<AwsService, 'apiVersion' | 'endpointPrefix' | 'signingName'>>;
  readonly input: Members;
  readonly output: Members;
  /** Name -> HTTP status. */
  readonly errors: ReadonlyMap<string, number>;
  /** What the source has a word on; where it has none there is nothing to compare. */
  readonly knows: { readonly bounds: boolean; readonly errorsOfOperation: boolean };
}

/** A shape of a source, as far as its members are compared. */
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
  /** Of a list. */
  readonly element: Node | null;
  /** Of a map. */
  readonly entry: { readonly key: Node; readonly value: Node } | null;
}

export function leaf(type: MemberType, bound: Bound = {}, values: Values | null = null): Node {
  return { type, bound, pattern: null, values, members: [], element: null, entry: null };
}

/** Every member below a structure, by path. */
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
