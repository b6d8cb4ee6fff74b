/**
 * Reads the runtime schema and enums of an AWS SDK client as models. The schema has no bounds, and does not list the
 * errors of an operation. It also does not say which enum a member uses, or whether a number is an integer. The
 * models take these three from our definition.
 */

import type { ModelledOperation } from '../../operation/aws/definition/model.ts';
import type { Place } from '../../run/statements/contracts.ts';
import { UserError } from '../../system/errors.ts';
import {
  type Member,
  type Members,
  type Model,
  membersOf,
  NO_MEMBERS,
  type Node,
  nodeOfType,
  type Source,
} from './model.ts';
import { ourModel } from './ours.ts';

/** A client package. */
export interface Sdk {
  readonly name: string;
  readonly version: string;
  /** The exports of the package, by name. */
  readonly exports: Readonly<Record<string, unknown>>;
}

// Codes of the schema in @smithy/types. They mark the kinds of arrays, or replace a schema.
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const ERROR = -3;
const STRING = 0;
const INTEGERS = [1, 17];
const BIG_DECIMAL = 19;
const BOOLEAN = 2;
const DOCUMENT = 15;
const BLOBS = [21, 42];
/** The code of a timestamp in the default format, and of one in each of three formats. */
const TIMESTAMPS: Readonly<Record<number, string | null>> = {
  4: null,
  5: 'date-time',
  6: 'http-date',
  7: 'epoch-seconds',
};
const LIST_OF = 64;
const MAP_OF = 128;

/** Traits are an object, or a number with one bit for each of these. */
const TRAIT_BITS = [
  'httpLabel',
  'idempotent',
  'idempotencyToken',
  'sensitive',
  'httpPayload',
  'httpResponseCode',
  'httpQueryParams',
];

/** An operation without an input or an output has the schema `unit`. */
type Schema = 'unit' | number | readonly unknown[] | (() => Schema);
type Traits = Readonly<Record<string, unknown>>;

/** The traits that a schema shows. It has neither `deprecated` nor the traits of operations. */
const SHOWN = ['idempotencyToken', 'sensitive'];

/** @throws UserError if that version has no runtime schema (before 3.981). */
export function sdkSource(sdk: Sdk, operations: readonly ModelledOperation[]): Source {
  const { exports, name, version } = sdk;
  if (!Object.keys(exports).some((one) => one.endsWith('$'))) {
    throw new UserError(`${name} ${version} exports no schema; install 3.981 or later`);
  }
  const service = serviceIn(exports);
  return {
    name: `${name} ${version}`,
    model(named): Model | null {
      const ours = operations.find((operation) => operation.name === named);
      if (!ours) return null;
      const schema = exports[`${named}$`] as
        | readonly [number, string, string, { http: [string, string, number] }, Schema, Schema]
        | undefined;
      if (!schema) return null;
      const [, , , { http }, input, output] = schema;
      const [method, uri, status] = http;
      const mine = ourModel(ours);
      return {
        method,
        uri,
        status,
        service,
        traits: [],
        input: told(membersOf(nodeOf(input)), mine.input, sdk),
        output: told(membersOf(nodeOf(output)), mine.output, sdk),
        errors: new Map(
          [...mine.errors].flatMap(([error, { members }]) => {
            const found = exports[`${error}$`] as Schema | undefined;
            if (!found) return [];
            const { httpError } = traitsOf((found as readonly unknown[])[3]);
            const theirs = told(membersOf(nodeOf(found)), members, sdk);
            return [[error, { status: Number(httpError ?? 0), members: theirs }] as const];
          }),
        ),
        knows: { bounds: false, errorsOfOperation: false, traits: SHOWN },
      };
    },
  };
}

interface ClientConfig {
  readonly apiVersion?: string;
  readonly defaultSigningName?: string;
  readonly protocol?: { getShapeId?(): string };
}

/** The names with which a client of the package signs and speaks. Nothing is sent. */
function serviceIn(exports: Sdk['exports']): Model['service'] {
  const [, Client] = Object.entries(exports).find(([name]) => /^[A-Z]\w*Client$/.test(name)) ?? [];
  if (typeof Client !== 'function') return {};
  const { config } = new (Client as new (options: object) => { readonly config: ClientConfig })({
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const { apiVersion, defaultSigningName: signingName } = config;
  const shape = config.protocol?.getShapeId?.();
  return {
    ...(apiVersion === undefined ? {} : { apiVersion }),
    ...(signingName === undefined ? {} : { signingName }),
    ...(shape === undefined
      ? {}
      : { protocol: shape === 'aws.protocols#restJson1' ? 'rest-json' : shape }),
  };
}

/** Adds the enums and number types of our definition to the SDK's members. */
function told(theirs: Members, ours: Members, { exports }: Sdk): Members {
  return new Map(
    [...theirs].map(([path, member]): [string, Member] => {
      const mine = ours.get(path);
      const name = mine?.values?.enum;
      const values = name === undefined ? null : { enum: name, values: valuesOf(exports[name]) };
      const type = member.type === 'integer' && mine?.type === 'double' ? 'double' : member.type;
      return [path, { ...member, type, values }];
    }),
  );
}

function valuesOf(exported: unknown): string[] {
  return Object.values((exported ?? {}) as Record<string, string>);
}

function nodeOf(given: Schema): Node {
  if (typeof given === 'function') return nodeOf(given());
  if (typeof given === 'number') return nodeOfCode(given);
  if (given === 'unit') return NO_MEMBERS;
  // A schema with traits is [schema, traits]. With a name it is [0, namespace, name, traits, schema].
  if (given.length === 2) return withTraits(given[0] as Schema, given[1]);
  const [kind, , , traits, third, fourth, required] = given;
  const common = { identity: given, traits: shownIn(traitsOf(traits)) };
  switch (kind) {
    case LIST:
      return nodeOfType('list', { ...common, element: () => nodeOf(third as Schema) });
    case MAP:
      return nodeOfType('map', {
        ...common,
        entry: () => ({ key: nodeOf(third as Schema), value: nodeOf(fourth as Schema) }),
      });
    case STRUCTURE:
    case UNION:
    case ERROR:
      return nodeOfType(kind === UNION ? 'union' : 'structure', {
        ...common,
        // The required members come first.
        members: () =>
          (third as readonly string[]).map((name, i) =>
            memberOf(name, (fourth as readonly Schema[])[i] as Schema, i < Number(required ?? 0)),
          ),
      });
    default:
      return withTraits(third as Schema, traits);
  }
}

function withTraits(schema: Schema, traits: unknown): Node {
  const node = nodeOf(schema);
  const added = shownIn(traitsOf(traits));
  return {
    ...node,
    traits: SHOWN.filter((one) => node.traits.includes(one) || added.includes(one)),
  };
}

function memberOf(name: string, schema: Schema, required: boolean) {
  const traits = Array.isArray(schema) && schema.length === 2 ? traitsOf(schema[1]) : {};
  return { name, required, place: placeOf(name, traits), node: nodeOf(schema) };
}

function placeOf(name: string, traits: Traits): Place {
  if (traits.httpLabel) return { in: 'uri', name };
  if (traits.httpQuery) return { in: 'query', name: String(traits.httpQuery) };
  if (traits.httpHeader) return { in: 'header', name: String(traits.httpHeader) };
  if (traits.httpPrefixHeaders) return { in: 'headers', name: String(traits.httpPrefixHeaders) };
  if (traits.httpResponseCode) return { in: 'status', name };
  return { in: 'body', name: String(traits.jsonName ?? name) };
}

function traitsOf(given: unknown): Traits {
  if (typeof given === 'object' && given !== null) return given as Traits;
  const bits = Number(given ?? 0);
  return Object.fromEntries(
    TRAIT_BITS.flatMap((trait, i) => (((bits >> i) & 1) === 1 ? [[trait, 1]] : [])),
  );
}

function shownIn(traits: Traits): string[] {
  return SHOWN.filter((trait) => traits[trait]);
}

function nodeOfCode(code: number): Node {
  if (code >= MAP_OF) {
    return nodeOfType('map', {
      entry: () => ({ key: nodeOfType('string'), value: nodeOf(code - MAP_OF) }),
    });
  }
  if (code >= LIST_OF) return nodeOfType('list', { element: () => nodeOf(code - LIST_OF) });
  if (code === STRING) return nodeOfType('string');
  if (INTEGERS.includes(code)) return nodeOfType('integer');
  if (code === BIG_DECIMAL) return nodeOfType('double');
  if (code === BOOLEAN) return nodeOfType('boolean');
  if (code === DOCUMENT) return nodeOfType('document');
  if (BLOBS.includes(code)) return nodeOfType('blob');
  if (code in TIMESTAMPS) return nodeOfType('timestamp', { format: TIMESTAMPS[code] ?? null });
  throw new Error(`the SDK's schema has code ${code}, which is not known`);
}
