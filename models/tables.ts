/** Writes the tables of a definition, as TypeScript, from an extract: shapes, types and operations. */

import { partsOf } from './extract.ts';
import type { Extract, ModelOperation, ModelShape, Reference } from './model.ts';

/** The text of each file by its name. */
export type Tables = Readonly<Record<'shapes.ts' | 'types.ts' | 'operations.ts', string>>;

/** @throws Error for what the definition's shapes cannot say, such as a shape that contains itself. */
export function tablesOf(extract: Extract, name: string): Tables {
  return {
    'shapes.ts': shapesFile(extract, name),
    'types.ts': typesFile(extract, name),
    'operations.ts': operationsFile(extract, name),
  };
}

function header(what: string, name: string, { source, metadata }: Extract): string {
  return [
    '/**',
    ` * ${what} of ${name} ${metadata.apiVersion}.`,
    ' *',
    ' * `npm run models` writes this file. Do not edit it.',
    ` * Source: ${source.package} ${source.version} (${source.licence}), ${source.file}.`,
    ' */',
    '',
  ].join('\n');
}

// shapes.ts

/** The interface of operation/aws/shape/shapes.ts for each type of a model. */
const INTERFACES: Readonly<Record<string, string>> = {
  string: 'TextShape',
  integer: 'NumberShape',
  long: 'NumberShape',
  double: 'NumberShape',
  float: 'NumberShape',
  boolean: 'BooleanShape',
  timestamp: 'TimestampShape',
  list: 'ListShape',
  map: 'MapShape',
  structure: 'StructureShape',
};

function shapesFile(extract: Extract, name: string): string {
  const requests = new Set(operationsOf(extract).map(({ input }) => input?.shape));
  const answers = new Set([
    ...operationsOf(extract).map(({ output }) => output?.shape),
    ...errorNames(extract),
  ]);
  const constants = inOrder(extract).map((shape) => {
    const described = shapeOf(shape, extract);
    const type = requests.has(shape)
      ? 'RequestShape'
      : answers.has(shape)
        ? 'AnswerShape'
        : described.union
          ? 'UnionShape'
          : interfaceOf(described, shape);
    return { type, text: `export const ${constant(shape)}: ${type} = ${literal(shape, extract)};` };
  });
  const hasEnums = Object.values(extract.shapes).some((shape) => shape.enum);
  return [
    header('The shapes', name, extract),
    `import { documented } from '../../aws/provenance.ts';`,
    ...(hasEnums ? [`import type { Enum } from '../../aws/shape/enums.ts';`] : []),
    `import type { Limit } from '../../aws/shape/limit.ts';`,
    'import type {',
    ...[...new Set(constants.map(({ type }) => type))].sort().map((type) => `  ${type},`),
    `} from '../../aws/shape/shapes.ts';`,
    '',
    `export const PROVENANCE = documented(${quoted(`botocore service model ${sourceFolder(extract)}`)});`,
    '',
    "const bound = (limit: Omit<Limit, 'provenance'>): Limit => ({ ...limit, provenance: PROVENANCE });",
    ...(hasEnums
      ? [
          '',
          'const listed = (name: string, ...values: string[]): Enum => ({',
          '  name,',
          '  values: values.map((value) => ({ value })),',
          '});',
        ]
      : []),
    ...constants.map(({ text }) => `\n${text}`),
    '',
  ].join('\n');
}

function interfaceOf({ type }: ModelShape, name: string): string {
  const found = INTERFACES[type];
  if (!found) throw new Error(`${name} is a ${type}, for which the definition has no shape`);
  return found;
}

function literal(name: string, extract: Extract): string {
  const shape = shapeOf(name, extract);
  const traits = traitsText(shape);
  switch (shape.type) {
    case 'string':
      return block([
        `kind: 'string'`,
        ...boundOf('limit', shape),
        ...(shape.pattern === undefined ? [] : [`pattern: ${quoted(shape.pattern)}`]),
        ...(shape.enum ? [`enum: listed(${[name, ...shape.enum].map(quoted).join(', ')})`] : []),
        ...traits,
      ]);
    case 'integer':
    case 'long':
      return block([`kind: 'integer'`, ...boundOf('range', shape), ...traits]);
    case 'double':
    case 'float':
      return block([`kind: 'double'`, ...boundOf('range', shape), ...traits]);
    case 'boolean':
      return block([`kind: 'boolean'`, ...traits]);
    case 'timestamp':
      return block([`kind: 'timestamp'`, `format: ${quoted(formatOf(shape, name))}`, ...traits]);
    case 'list':
      return block([
        `kind: 'list'`,
        `of: ${referred(shape.member as Reference)}`,
        ...boundOf('limit', shape),
        ...traits,
      ]);
    case 'map':
      return block([
        `kind: 'map'`,
        `key: ${referred(shape.key as Reference)}`,
        `value: ${referred(shape.value as Reference)}`,
        ...boundOf('limit', shape),
        ...traits,
      ]);
    default:
      return structure(name, shape);
  }
}

function structure(name: string, shape: ModelShape): string {
  const members = Object.entries(shape.members ?? {});
  const at = (location: Reference['location']) =>
    members.filter(([, reference]) => reference.location === location);
  const strange = members.find(
    ([member, { location, locationName = member }]) =>
      location === 'headers' ||
      location === 'statusCode' ||
      ((location === undefined || location === 'uri') && locationName !== member),
  );
  if (strange) throw new Error(`${name}.${strange[0]} is bound in a way that has no table`);
  const named = (list: typeof members) =>
    `{ ${list.map(([member, { locationName }]) => `${member}: ${quoted(locationName ?? member)}`).join(', ')} }`;
  return lines([
    `kind: '${shape.union ? 'union' : 'structure'}'`,
    members.length === 0
      ? 'members: {}'
      : `members: ${lines(members.map(([member, reference]) => `${member}: ${referred(reference)}`)).replaceAll('\n', '\n  ')}`,
    ...(shape.required?.length ? [`required: [${shape.required.map(quoted).join(', ')}]`] : []),
    ...(at('uri').length
      ? [
          `path: [${at('uri')
            .map(([member]) => quoted(member))
            .join(', ')}]`,
        ]
      : []),
    ...(at('querystring').length ? [`query: ${named(at('querystring'))}`] : []),
    ...(at('header').length ? [`headers: ${named(at('header'))}`] : []),
    ...traitsText(shape),
  ]);
}

/** A reference to the constant of a shape. A trait of the member alone is added to a copy. */
function referred(reference: Reference): string {
  const traits = traitsText(reference);
  return traits.length === 0
    ? constant(reference.shape)
    : `{ ...${constant(reference.shape)}, ${traits.join(', ')} }`;
}

function traitsText(of: ModelShape | Reference): string[] {
  const traits = (['sensitive', 'idempotencyToken', 'deprecated'] as const).filter(
    (trait) => of[trait] === true,
  );
  return traits.length === 0 ? [] : [`traits: [${traits.map(quoted).join(', ')}]`];
}

function boundOf(as: 'limit' | 'range', { min, max }: ModelShape): string[] {
  const sides = [
    ...(min === undefined ? [] : [`min: ${number(min)}`]),
    ...(max === undefined ? [] : [`max: ${number(max)}`]),
  ];
  return sides.length === 0 ? [] : [`${as}: bound({ ${sides.join(', ')} })`];
}

/** Bodies of restJson1 have seconds if the model names no format. */
function formatOf({ timestampFormat = 'unixTimestamp' }: ModelShape, name: string) {
  switch (timestampFormat) {
    case 'iso8601':
      return 'date-time';
    case 'unixTimestamp':
      return 'epoch-seconds';
    default:
      throw new Error(`${name} has the format ${timestampFormat}, for which there is no shape`);
  }
}

/** All shapes, each after those that it contains. */
function inOrder(extract: Extract): string[] {
  const done = new Set<string>();
  const add = (name: string, within: readonly string[]): void => {
    if (within.includes(name)) throw new Error(`${name} contains itself, which has no table`);
    if (done.has(name)) return;
    for (const part of partsOf(shapeOf(name, extract))) add(part.shape, [...within, name]);
    done.add(name);
  };
  for (const name of Object.keys(extract.shapes)) add(name, []);
  return [...done];
}

// types.ts

function typesFile(extract: Extract, name: string): string {
  const types = Object.entries(extract.shapes).flatMap(([shape, described]) => {
    if (described.enum) {
      return [
        `export type ${shape} =\n${described.enum.map((value) => `  | ${quoted(value)}`).join('\n')};`,
      ];
    }
    if (described.type !== 'structure' || described.exception) return [];
    const members = Object.entries(described.members ?? {}).map(([member, reference]) => {
      const optional = described.union || described.required?.includes(member) ? '' : '?';
      return `readonly ${member}${optional}: ${typeOf(reference, extract)};`;
    });
    if (described.union) {
      return [
        `/** Exactly one member. */\nexport type ${shape} =\n${members.map((member) => `  | { ${member.slice(0, -1)} }`).join('\n')};`,
      ];
    }
    if (members.length === 0) return [`export type ${shape} = Readonly<Record<string, never>>;`];
    return [`export interface ${shape} {\n${members.map((member) => `  ${member}`).join('\n')}\n}`];
  });
  return [
    header('The types of the requests and answers', name, extract),
    ...types.flatMap((type) => [type, '']),
  ].join('\n');
}

function typeOf({ shape: name }: Reference, extract: Extract): string {
  const shape = shapeOf(name, extract);
  switch (shape.type) {
    case 'string':
      return shape.enum ? name : 'string';
    case 'boolean':
      return 'boolean';
    case 'timestamp':
      // As it is sent.
      return formatOf(shape, name) === 'date-time' ? 'string' : 'number';
    case 'list':
      return `readonly ${typeOf(shape.member as Reference, extract)}[]`;
    case 'map': {
      const [key, value] = [shape.key, shape.value].map((part) =>
        typeOf(part as Reference, extract),
      );
      const record = `Record<${key}, ${value}>`;
      return `Readonly<${key === 'string' ? record : `Partial<${record}>`}>`;
    }
    case 'structure':
      return name;
    default:
      return 'number';
  }
}

// operations.ts

function operationsFile(extract: Extract, name: string): string {
  const operations = operationsOf(extract);
  const { metadata } = extract;
  const errors = errorNames(extract);
  const shapes = operations.flatMap(({ input, output }) => [input?.shape, output?.shape]);
  const imported = new Set([...shapes, ...errors].filter((shape) => shape !== undefined));
  const types = [...new Set(shapes.filter((shape) => shape !== undefined))].sort();
  return [
    header('The operations', name, extract),
    `import type { AwsService, ModelledOperation } from '../../aws/definition/model.ts';`,
    `import { NOTHING } from '../../aws/shape/shapes.ts';`,
    'import {',
    ...['PROVENANCE', ...[...imported].map(constant)].sort().map((one) => `  ${one},`),
    `} from './shapes.ts';`,
    `import type {\n${types.map((type) => `  ${type},`).join('\n')}\n} from './types.ts';`,
    '',
    `export const SERVICE: AwsService = ${lines([
      `signingName: ${quoted(String(metadata.signingName ?? metadata.endpointPrefix))}`,
      `endpointPrefix: ${quoted(String(metadata.endpointPrefix))}`,
      `apiVersion: ${quoted(String(metadata.apiVersion))}`,
      `protocol: ${quoted(String(metadata.protocol))}`,
      `errorText: ${quoted(errorText(extract))}`,
      `errors: ${lines(errors.map((error) => `${error}: ${constant(error)}`)).replaceAll('\n', '\n  ')}`,
    ])};`,
    '',
    'export const MODEL = {',
    ...operations.map((operation) => `  ${operation.name}: ${operationText(operation, extract)},`),
    '} as const satisfies Readonly<Record<string, ModelledOperation>>;',
    '',
    'export type OperationName = keyof typeof MODEL;',
    '',
    '/** The type of the request of each operation. */',
    `export interface Requests ${lines(
      operations.map(
        ({ name: of, input }) =>
          `readonly ${of}: ${input?.shape ?? 'Readonly<Record<string, never>>'}`,
      ),
      ';',
    )}`,
    '',
    '/** The type of the answer of each operation. */',
    `export interface Answers ${lines(
      operations.map(
        ({ name: of, output }) =>
          `readonly ${of}: ${output?.shape ?? 'Readonly<Record<string, never>>'}`,
      ),
      ';',
    )}`,
    '',
  ].join('\n');
}

function operationText(operation: ModelOperation, extract: Extract): string {
  const { name, http, input, output, errors = [] } = operation;
  const traits = (['idempotent', 'readonly', 'deprecated'] as const).filter(
    (one) => operation[one],
  );
  const statuses = errors.map(
    ({ shape }) => `${shape}: ${shapeOf(shape, extract).error?.httpStatusCode}`,
  );
  return lines([
    `name: ${quoted(name)}`,
    'service: SERVICE',
    `method: ${quoted(http.method)}`,
    `uri: ${quoted(http.requestUri)}`,
    `status: ${http.responseCode ?? 200}`,
    `errors: ${lines(statuses).replaceAll('\n', '\n  ')}`,
    ...(traits.length ? [`traits: [${traits.map(quoted).join(', ')}]`] : []),
    'provenance: PROVENANCE',
    `input: ${input ? constant(input.shape) : 'NOTHING'}`,
    `output: ${output ? constant(output.shape) : 'NOTHING'}`,
  ]).replaceAll('\n', '\n  ');
}

function errorNames(extract: Extract): string[] {
  return Object.keys(extract.shapes).filter((name) => shapeOf(name, extract).exception);
}

/** The member of every error that has the text. */
function errorText(extract: Extract): string {
  const found = ['message', 'Message'].find((member) =>
    errorNames(extract).every((name) => shapeOf(name, extract).members?.[member]),
  );
  if (!found) throw new Error('the errors of the service have no common member for the text');
  return found;
}

function operationsOf({ operations }: Extract): ModelOperation[] {
  return Object.values(operations);
}

function shapeOf(name: string, { shapes }: Extract): ModelShape {
  return shapes[name] as ModelShape;
}

/** `connectcampaigns/2021-01-30` of `botocore/data/connectcampaigns/2021-01-30/service-2.json`. */
function sourceFolder({ source }: Extract): string {
  return source.file.split('/').slice(-3, -1).join('/');
}

/** `DialRequestList` -> `DIAL_REQUEST_LIST`. */
function constant(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toUpperCase();
}

function block(parts: readonly string[]): string {
  const line = `{ ${parts.join(', ')} }`;
  return line.length <= 60 ? line : lines(parts);
}

function lines(parts: readonly string[], end = ','): string {
  return `{\n${parts.map((part) => `  ${part}${end}\n`).join('')}}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

function number(value: number): string {
  return String(value).replace(/^\d{5,}$/, (digits) =>
    Number(digits).toLocaleString('en').replaceAll(',', '_'),
  );
}
