/** Makes an extract of a botocore model: some operations, with all shapes that they reach. */

import type { Extract, ModelOperation, ModelShape, Reference, ServiceModel } from './model.ts';

/** Texts for readers, and names that no request or answer contains. An extract leaves them out. */
const LEFT_OUT = [
  'documentation',
  'documentationUrl',
  'deprecatedMessage',
  'deprecatedSince',
  'serviceFullName',
  'serviceAbbreviation',
  'uid',
];

/** What an extract keeps. A member in neither list is an error, so that no new trait is lost. */
const KEPT = {
  metadata: [
    'apiVersion',
    'auth',
    'endpointPrefix',
    'jsonVersion',
    'protocol',
    'protocols',
    'serviceId',
    'signatureVersion',
    'signingName',
  ],
  operation: ['name', 'http', 'input', 'output', 'errors', 'idempotent', 'readonly', 'deprecated'],
  http: ['method', 'requestUri', 'responseCode'],
  shape: [
    'type',
    'required',
    'members',
    'member',
    'key',
    'value',
    'union',
    'min',
    'max',
    'pattern',
    'enum',
    'timestampFormat',
    'sensitive',
    'deprecated',
    'box',
    'error',
    'exception',
    'fault',
    'retryable',
  ],
  reference: ['shape', 'location', 'locationName', 'idempotencyToken', 'deprecated', 'box'],
} as const;

/**
 * @param names the operations; all of the service if absent.
 * @throws Error that names an operation that the model lacks, or a member that is not known here.
 */
export function extractOf(
  model: ServiceModel,
  source: Extract['source'],
  names: readonly string[] = Object.keys(model.operations),
): Extract {
  const operations = names.toSorted().map((name): [string, ModelOperation] => {
    const operation = model.operations[name];
    if (!operation) throw new Error(`${source.file} has no operation ${name}`);
    return [name, keptOperation(operation, `${source.file}: ${name}`)];
  });
  const shapes = new Map<string, ModelShape>();
  const add = ({ shape: name }: Reference): void => {
    if (shapes.has(name)) return;
    const shape = model.shapes[name];
    if (!shape) throw new Error(`${source.file} has no shape ${name}`);
    shapes.set(name, keptShape(shape, `${source.file}: ${name}`));
    for (const part of partsOf(shape)) add(part);
  };
  for (const [, { input, output, errors = [] }] of operations) {
    for (const reference of [input, output, ...errors]) if (reference) add(reference);
  }
  return {
    source,
    metadata: kept(model.metadata, 'metadata', `${source.file}: metadata`),
    operations: Object.fromEntries(operations),
    shapes: Object.fromEntries([...shapes].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** The shapes that a shape contains directly. */
export function partsOf({ members = {}, member, key, value }: ModelShape): Reference[] {
  return [...Object.values(members), member, key, value].filter((part) => part !== undefined);
}

function keptOperation(operation: ModelOperation, at: string): ModelOperation {
  const reference = (given: Reference): Reference => kept(given, 'reference', at);
  const { http, input, output, errors } = operation;
  return {
    ...kept(operation, 'operation', at),
    http: kept(http, 'http', at),
    ...(input && { input: reference(input) }),
    ...(output && { output: reference(output) }),
    ...(errors && { errors: errors.map(reference) }),
  };
}

function keptShape(shape: ModelShape, at: string): ModelShape {
  const reference = (given: Reference): Reference => kept(given, 'reference', at);
  const { members, member, key, value } = shape;
  return {
    ...kept(shape, 'shape', at),
    ...(members && {
      members: Object.fromEntries(
        Object.entries(members).map(([name, given]) => [name, reference(given)]),
      ),
    }),
    ...(member && { member: reference(member) }),
    ...(key && { key: reference(key) }),
    ...(value && { value: reference(value) }),
  };
}

function kept<T extends object>(given: T, kind: keyof typeof KEPT, at: string): T {
  const known: readonly string[] = KEPT[kind];
  const members = Object.entries(given).filter(([name]) => !LEFT_OUT.includes(name));
  const strange = members.find(([name]) => !known.includes(name));
  if (strange) {
    throw new Error(`${at} has ${strange[0]}: say in models/extract.ts whether to keep it`);
  }
  return Object.fromEntries(members) as T;
}
