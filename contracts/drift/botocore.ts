/** A botocore service-2.json as a model. */

import { OPERATION } from '../../operation/connect/address.ts';
import { type Model, membersOf, type Node } from './model.ts';

export interface Botocore {
  readonly metadata: { readonly apiVersion?: string };
  readonly operations: Readonly<Record<string, BotocoreOperation>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

interface BotocoreOperation {
  readonly http: {
    readonly method: string;
    readonly requestUri: string;
    readonly responseCode?: number;
  };
  readonly input: Reference;
  readonly output: Reference;
  readonly errors?: readonly Reference[];
}

interface Reference {
  readonly shape: string;
}

interface BotocoreShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly error?: { readonly httpStatusCode?: number };
}

/** @returns null where the file is no botocore model with the operation. */
export function botocoreModel(json: unknown, file: string): Model | null {
  const { operations, shapes } = json as Partial<Botocore>;
  const operation = operations?.[OPERATION.name];
  if (!operation || !shapes) return null;
  const shapeOf = ({ shape }: Reference): BotocoreShape => {
    const found = shapes[shape];
    if (!found) throw new Error(`${file} has no shape ${shape}`);
    return found;
  };
  const nodeOf = (reference: Reference): Node => {
    const {
      type,
      min,
      max,
      required,
      members = {},
      member,
      key,
      value,
      ...rest
    } = shapeOf(reference);
    return {
      type: typeOf(type),
      bound: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
      values: rest.enum ? { enum: reference.shape, values: rest.enum } : null,
      members: Object.entries(members).map(([name, of]) => ({
        name,
        required: required?.includes(name) ?? false,
        node: nodeOf(of),
      })),
      element: member ? nodeOf(member) : null,
      entry: key && value ? { key: nodeOf(key), value: nodeOf(value) } : null,
    };
  };
  const { method, requestUri, responseCode = 200 } = operation.http;
  return {
    source: file,
    method,
    uri: requestUri,
    status: responseCode,
    input: membersOf(nodeOf(operation.input)),
    output: membersOf(nodeOf(operation.output)),
    errors: new Map(
      (operation.errors ?? []).map((one) => [one.shape, shapeOf(one).error?.httpStatusCode ?? 0]),
    ),
    knows: { bounds: true, errorsOfOperation: true },
  };
}

function typeOf(type: string): Node['type'] {
  switch (type) {
    case 'list':
    case 'map':
    case 'structure':
    case 'integer':
      return type;
    case 'long':
      return 'integer';
    default:
      return 'string';
  }
}
