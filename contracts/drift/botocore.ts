/** Converts a botocore service-2.json to a model. */

import type { OperationModel } from '../../operation/aws/definition/model.ts';
import { leaf, type Model, membersOf, type Node } from './model.ts';

export interface Botocore {
  readonly metadata?: {
    readonly apiVersion?: string;
    readonly endpointPrefix?: string;
    readonly signingName?: string;
  };
  readonly operations: Readonly<Record<string, BotocoreOperation>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

type Metadata = NonNullable<Botocore['metadata']>;

interface BotocoreOperation {
  readonly http: {
    readonly method: string;
    readonly requestUri: string;
    readonly responseCode?: number;
  };
  /** Absent if the operation has no input. `output` and `errors` are absent in the same way. */
  readonly input?: Reference;
  readonly output?: Reference;
  readonly errors?: readonly Reference[];
}

interface Reference {
  readonly shape: string;
}

interface BotocoreShape {
  readonly type: string;
  readonly union?: boolean;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
  readonly error?: { readonly httpStatusCode?: number };
}

const NOTHING = leaf('structure');

/** @returns null if the file is not a botocore model or lacks the operation. */
export function botocoreModel(json: unknown, file: string, { name }: OperationModel): Model | null {
  const { metadata = {}, operations, shapes } = json as Partial<Botocore>;
  const operation = operations?.[name];
  if (!operation || !shapes) return null;
  const shapeOf = ({ shape }: Reference): BotocoreShape => {
    const found = shapes[shape];
    if (!found) throw new Error(`${file} has no shape ${shape}`);
    return found;
  };
  const nodeOf = ({ shape }: Reference, within: readonly string[] = []): Node => {
    const {
      type,
      union,
      min,
      max,
      required,
      members = {},
      member,
      key,
      value,
      ...rest
    } = shapeOf({ shape });
    // The recursion ends at a structure that contains itself.
    const inside = within.includes(shape) ? null : [...within, shape];
    return {
      type: union ? 'union' : typeOf(type),
      bound: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
      pattern: rest.pattern ?? null,
      values: rest.enum ? { enum: shape, values: rest.enum } : null,
      members: Object.entries(inside ? members : {}).map(([name, of]) => ({
        name,
        required: required?.includes(name) ?? false,
        node: nodeOf(of, inside ?? []),
      })),
      element: member && inside ? nodeOf(member, inside) : null,
      entry: key && value && inside ? { key: nodeOf(key), value: nodeOf(value, inside) } : null,
    };
  };
  const { method, requestUri, responseCode = 200 } = operation.http;
  return {
    source: file,
    method,
    uri: requestUri,
    status: responseCode,
    service: namesIn(metadata),
    input: membersOf(operation.input ? nodeOf(operation.input) : NOTHING),
    output: membersOf(operation.output ? nodeOf(operation.output) : NOTHING),
    errors: new Map(
      (operation.errors ?? []).map((one) => [one.shape, shapeOf(one).error?.httpStatusCode ?? 0]),
    ),
    knows: { bounds: true, errorsOfOperation: true },
  };
}

/** A service without a signing name of its own signs with its endpoint prefix. */
function namesIn({ apiVersion, endpointPrefix, signingName = endpointPrefix }: Metadata) {
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(endpointPrefix === undefined ? {} : { endpointPrefix }),
    ...(signingName === undefined ? {} : { signingName }),
  };
}

function typeOf(type: string): Node['type'] {
  switch (type) {
    case 'list':
    case 'map':
    case 'structure':
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
