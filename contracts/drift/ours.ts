/** Converts a definition in operation/ to a model. */

import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import type { Enum } from '../../operation/aws/shape/enums.ts';
import type {
  AnswerShape,
  RequestShape,
  Shape,
  StructureShape,
  UnionShape,
} from '../../operation/aws/shape/shapes.ts';
import type { Place } from '../../run/statements/contracts.ts';
import { type Model, membersOf, type Node, nodeOfType, type Values } from './model.ts';

export function ourModel(operation: ModelledOperation): Model {
  const { method, uri, status, service, errors, traits = [], input, output } = operation;
  return {
    method,
    uri,
    status,
    service,
    traits,
    input: membersOf(nodeOf(input)),
    output: membersOf(nodeOf(output)),
    errors: new Map(
      Object.entries(errors).map(([name, code]) => {
        const shape = service.errors[name];
        if (!shape) throw new Error(`the definition of the service has no members of ${name}`);
        return [name, { status: code, members: membersOf(nodeOf(shape)) }];
      }),
    ),
    knows: {
      bounds: true,
      errorsOfOperation: true,
      traits: ['idempotencyToken', 'sensitive', 'deprecated', 'idempotent', 'readonly'],
    },
  };
}

function nodeOf(shape: Shape): Node {
  const node = (parts: Partial<Node> = {}) =>
    nodeOfType(shape.kind, { traits: shape.traits ?? [], ...parts });
  switch (shape.kind) {
    case 'string':
      return node({
        bound: shape.limit ?? {},
        pattern: shape.pattern ?? null,
        values: valuesOf(shape.enum),
      });
    case 'integer':
    case 'double':
      return node({ bound: shape.range ?? {} });
    case 'boolean':
      return node();
    case 'timestamp':
      return node({ format: shape.format });
    case 'list':
      return node({ bound: shape.limit ?? {}, element: () => nodeOf(shape.of) });
    case 'map':
      return node({
        bound: shape.limit ?? {},
        entry: () => ({ key: nodeOf(shape.key), value: nodeOf(shape.value) }),
      });
    case 'structure':
      return node({ members: () => membersIn(shape, shape.required) });
    case 'union':
      return node({ members: () => membersIn(shape) });
  }
}

function membersIn(shape: StructureShape | UnionShape, required: readonly string[] = []) {
  return Object.entries(shape.members).map(([name, member]) => ({
    name,
    required: required.includes(name),
    place: placeOf(name, shape),
    node: nodeOf(member),
  }));
}

/** A member of a body has the same name there. */
function placeOf(name: string, shape: RequestShape | AnswerShape | UnionShape): Place {
  const path = 'path' in shape ? shape.path : undefined;
  const query = 'query' in shape ? shape.query : undefined;
  const headers = 'headers' in shape ? shape.headers : undefined;
  if (path?.includes(name)) return { in: 'uri', name };
  if (query && Object.hasOwn(query, name)) return { in: 'query', name: query[name] as string };
  if (headers && Object.hasOwn(headers, name)) {
    return { in: 'header', name: headers[name] as string };
  }
  return { in: 'body', name };
}

function valuesOf(listed: Enum | undefined): Values | null {
  return listed ? { enum: listed.name, values: listed.values.map(({ value }) => value) } : null;
}
