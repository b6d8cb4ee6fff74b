/** Reads a botocore service-2.json, or an extract of one, as models. */

import type { ModelShape, Reference, ServiceModel } from '../../models/model.ts';
import type { Place } from '../../run/statements/contracts.ts';
import {
  type Model,
  membersOf,
  NO_MEMBERS,
  type Node,
  nodeOfType,
  type Source,
  typeNamed,
} from './model.ts';

interface Botocore extends Pick<ServiceModel, 'operations' | 'shapes'> {
  readonly metadata?: {
    readonly apiVersion?: string;
    readonly endpointPrefix?: string;
    readonly signingName?: string;
    readonly protocol?: string;
  };
}

/** Traits that are true where they are set. */
type Marked = Readonly<Record<string, unknown>>;

const TRAITS = [
  'idempotencyToken',
  'sensitive',
  'deprecated',
  'idempotent',
  'readonly',
  'streaming',
  'jsonvalue',
] as const;

/** The formats of timestamps by their names in botocore. */
const FORMATS: Readonly<Record<string, string>> = {
  iso8601: 'date-time',
  unixTimestamp: 'epoch-seconds',
  rfc822: 'http-date',
};

const PLACES: Readonly<Record<string, Place['in']>> = {
  uri: 'uri',
  querystring: 'query',
  header: 'header',
  headers: 'headers',
  statusCode: 'status',
};

/** @returns null if the JSON is not a botocore model. */
export function botocoreSource(json: unknown, name: string): Source | null {
  const { metadata = {}, operations, shapes } = json as Partial<Botocore>;
  if (!operations || !shapes || !isBotocore(operations)) return null;
  const shapeOf = ({ shape }: Reference): ModelShape => {
    const found = shapes[shape];
    if (!found) throw new Error(`${name} has no shape ${shape}`);
    return found;
  };
  const nodeOf = (reference: Reference): Node => {
    const shape = shapeOf(reference);
    const { min, max, members = {}, member, key, value, timestampFormat } = shape;
    return nodeOfType(
      shape.union ? 'union' : typeNamed(shape.type === 'character' ? 'string' : shape.type),
      {
        bound: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
        pattern: shape.pattern ?? null,
        values: shape.enum ? { enum: reference.shape, values: shape.enum } : null,
        format:
          timestampFormat === undefined ? null : (FORMATS[timestampFormat] ?? timestampFormat),
        traits: traitsOf(shape, reference),
        identity: reference.shape,
        members: () =>
          Object.entries(members).map(([of, part]) => ({
            name: of,
            required: shape.required?.includes(of) ?? false,
            place: {
              in: PLACES[part.location ?? ''] ?? 'body',
              name: part.locationName ?? of,
            },
            node: nodeOf(part),
          })),
        element: member ? () => nodeOf(member) : null,
        entry: key && value ? () => ({ key: nodeOf(key), value: nodeOf(value) }) : null,
      },
    );
  };
  const membersIn = (reference: Reference | undefined) =>
    membersOf(reference ? nodeOf(reference) : NO_MEMBERS);
  return {
    name,
    model(named): Model | null {
      const operation = Object.hasOwn(operations, named) ? operations[named] : undefined;
      if (!operation) return null;
      const { method, requestUri, responseCode = 200 } = operation.http;
      return {
        method,
        uri: requestUri,
        status: responseCode,
        service: namesIn(metadata),
        traits: traitsOf(operation),
        input: membersIn(operation.input),
        output: membersIn(operation.output),
        errors: new Map(
          (operation.errors ?? []).map((one) => [
            one.shape,
            { status: shapeOf(one).error?.httpStatusCode ?? 0, members: membersIn(one) },
          ]),
        ),
        knows: { bounds: true, errorsOfOperation: true, traits: TRAITS },
      };
    },
  };
}

function isBotocore(operations: object): boolean {
  return Object.values(operations).every((one) => typeof one === 'object' && one?.http);
}

/** A service without a signing name of its own signs with its endpoint prefix. */
function namesIn({
  apiVersion,
  endpointPrefix,
  signingName = endpointPrefix,
  protocol,
}: NonNullable<Botocore['metadata']>) {
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(endpointPrefix === undefined ? {} : { endpointPrefix }),
    ...(signingName === undefined ? {} : { signingName }),
    ...(protocol === undefined ? {} : { protocol }),
  };
}

function traitsOf(...of: readonly Marked[]): string[] {
  return TRAITS.filter((trait) => of.some((one) => one[trait] === true));
}
