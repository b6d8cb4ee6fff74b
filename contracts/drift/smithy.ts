/** Converts a Smithy JSON AST to a model. */

import type { OperationModel } from '../../operation/aws/definition/model.ts';
import { type Bound, leaf, type Model, membersOf, type Node, type Values } from './model.ts';

interface SmithyShape {
  readonly type: string;
  readonly traits?: Traits;
  readonly members?: Readonly<Record<string, SmithyMember>>;
  readonly member?: SmithyMember;
  readonly key?: SmithyMember;
  readonly value?: SmithyMember;
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
}

interface Reference {
  readonly target: string;
}

interface SmithyMember extends Reference {
  readonly traits?: Traits;
}

interface Traits {
  readonly 'smithy.api#required'?: object;
  readonly 'smithy.api#length'?: Bound;
  readonly 'smithy.api#range'?: Bound;
  readonly 'smithy.api#pattern'?: string;
  readonly 'smithy.api#http'?: {
    readonly method: string;
    readonly uri: string;
    readonly code?: number;
  };
  readonly 'smithy.api#httpError'?: number;
  readonly 'smithy.api#error'?: 'client' | 'server';
  readonly 'smithy.api#enumValue'?: string;
}

/** @returns null if the file is not a Smithy AST or lacks the operation. */
export function smithyModel(json: unknown, file: string, { name }: OperationModel): Model | null {
  const { shapes } = json as { shapes?: Readonly<Record<string, SmithyShape>> };
  const [, operation] =
    Object.entries(shapes ?? {}).find(
      ([id, { type }]) => type === 'operation' && nameIn(id) === name,
    ) ?? [];
  const http = operation?.traits?.['smithy.api#http'];
  if (!shapes || !operation?.input || !operation.output || !http) return null;
  const shapeOf = (target: string): SmithyShape => {
    const found = shapes[target] ?? prelude(target);
    if (!found) throw new Error(`${file} has no shape ${target}`);
    return found;
  };
  const nodeOf = ({ target, traits }: SmithyMember, within: readonly string[] = []): Node => {
    const shape = shapeOf(target);
    const { members = {}, member, key, value } = shape;
    const of = { ...shape.traits, ...traits };
    const values = valuesOf(target, shape);
    // The recursion ends at a structure that contains itself.
    const inside = within.includes(target) ? null : [...within, target];
    return {
      ...leaf(typeOf(shape.type), of['smithy.api#length'] ?? of['smithy.api#range'], values),
      pattern: of['smithy.api#pattern'] ?? null,
      members:
        values || !inside
          ? []
          : Object.entries(members).map(([name, one]) => ({
              name,
              required: one.traits?.['smithy.api#required'] !== undefined,
              node: nodeOf(one, inside),
            })),
      element: member && inside ? nodeOf(member, inside) : null,
      entry: key && value && inside ? { key: nodeOf(key), value: nodeOf(value, inside) } : null,
    };
  };
  return {
    source: file,
    method: http.method,
    uri: http.uri,
    status: http.code ?? 200,
    service: {},
    input: membersOf(nodeOf(operation.input)),
    output: membersOf(nodeOf(operation.output)),
    errors: new Map(
      (operation.errors ?? []).map(({ target }) => [nameIn(target), statusOf(shapeOf(target))]),
    ),
    knows: { bounds: true, errorsOfOperation: true },
  };
}

function nameIn(id: string): string {
  return id.slice(id.indexOf('#') + 1);
}

/** Returns a shape of Smithy's own, such as smithy.api#String. The AST contains only its name. */
function prelude(target: string): SmithyShape | null {
  const name = /^smithy\.api#(\w+)$/.exec(target)?.[1];
  return name === undefined ? null : { type: name.toLowerCase() };
}

function statusOf({ traits = {} }: SmithyShape): number {
  return traits['smithy.api#httpError'] ?? (traits['smithy.api#error'] === 'server' ? 500 : 400);
}

function valuesOf(target: string, { type, members = {} }: SmithyShape): Values | null {
  if (type !== 'enum') return null;
  return {
    enum: nameIn(target),
    values: Object.entries(members).map(
      ([name, { traits }]) => traits?.['smithy.api#enumValue'] ?? name,
    ),
  };
}

function typeOf(type: string): Node['type'] {
  switch (type) {
    case 'list':
    case 'map':
    case 'structure':
    case 'union':
    case 'integer':
    case 'double':
    case 'boolean':
    case 'timestamp':
      return type;
    case 'long':
      return 'integer';
    case 'float':
      return 'double';
    default:
      return 'string';
  }
}
