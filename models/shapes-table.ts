/** Writes the shapes of an extract: a constant for each, after those that it contains. */

import { partsOf } from './extract.ts';
import type { Extract, ModelShape, Reference } from './model.ts';
import { errorNames, formatOf, operationsOf, shapeOf } from './parts.ts';
import { block, constant, header, lines, number, quoted } from './text.ts';

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

export function shapesTable(extract: Extract, name: string): string {
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

/** `connectcampaigns/2021-01-30` of `botocore/data/connectcampaigns/2021-01-30/service-2.json`. */
function sourceFolder({ source }: Extract): string {
  return source.file.split('/').slice(-3, -1).join('/');
}
