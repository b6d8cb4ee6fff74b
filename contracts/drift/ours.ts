/** Converts a definition in operation/ to a model. */

import type { OperationModel } from '../../operation/aws/definition/model.ts';
import type { Enum } from '../../operation/aws/shape/enums.ts';
import type { Shape, StructureShape, UnionShape } from '../../operation/aws/shape/shapes.ts';
import { leaf, type Model, membersOf, type Node, type Values } from './model.ts';

export function ourModel(operation: OperationModel): Model {
  const { method, uri, status, service, errors, input, output } = operation;
  return {
    source: 'operation/',
    method,
    uri,
    status,
    service,
    input: membersOf(nodeOf(input)),
    output: membersOf(nodeOf(output)),
    errors: new Map(Object.entries(errors)),
    knows: { bounds: true, errorsOfOperation: true },
  };
}

function nodeOf(shape: Shape): Node {
  switch (shape.kind) {
    case 'string':
      return {
        ...leaf('string', shape.limit, valuesOf(shape.enum)),
        pattern: shape.pattern ?? null,
      };
    case 'integer':
    case 'double':
      return leaf(shape.kind, shape.range);
    case 'boolean':
    case 'timestamp':
      return leaf(shape.kind);
    case 'list':
      return { ...leaf('list', shape.limit), element: nodeOf(shape.of) };
    case 'map':
      return { ...leaf('map'), entry: { key: nodeOf(shape.key), value: nodeOf(shape.value) } };
    case 'structure':
      return structureNode(shape, shape.required);
    case 'union':
      return structureNode(shape);
  }
}

function structureNode(
  { kind, members }: StructureShape | UnionShape,
  required: readonly string[] = [],
): Node {
  return {
    ...leaf(kind),
    members: Object.entries(members).map(([name, member]) => ({
      name,
      required: required.includes(name),
      node: nodeOf(member),
    })),
  };
}

function valuesOf(listed: Enum | undefined): Values | null {
  return listed ? { enum: listed.name, values: listed.values.map(({ value }) => value) } : null;
}
