/**
 * Converts the runtime schema and enums of an AWS SDK to a model. The schema has no bounds, and does not list the
 * errors of an operation. It also does not say which enum a member uses, or whether a number is an integer. The
 * model takes these two from our definition.
 */

import type { OperationModel } from '../../operation/aws/definition/model.ts';
import { UserError } from '../../system/errors.ts';
import { versionOf } from '../../system/package.ts';
import { CONNECT_CLIENT, loadSdk } from '../consumer/aws-sdk.ts';
import { leaf, type Members, type Model, membersOf, type Node } from './model.ts';
import { ourModel } from './ours.ts';

/** A client package. */
export interface Sdk {
  readonly name: string;
  readonly version: string;
  /** The exports of the package, by name. */
  readonly exports: Readonly<Record<string, unknown>>;
}

function connectSdk(): Sdk {
  const exports = { ...loadSdk(CONNECT_CLIENT) };
  const name = '@aws-sdk/client-connect';
  return { name, version: versionOf(name), exports };
}

// Codes of the schema in @smithy/types. They mark the kinds of arrays, or replace a schema.
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const UNION = 4;
const STRING = 0;
const NUMERIC = 1;
const BOOLEAN = 2;
/** The code of a timestamp in the default format, and of one in each of three formats. */
const TIMESTAMPS = [4, 5, 6, 7];
const LIST_OF = 64;
const MAP_OF = 128;

type Schema = number | readonly unknown[] | (() => Schema);

/**
 * @throws UserError if that version has no runtime schema (before 3.981), UnavailableError if the client is
 *   not installed.
 */
export function sdkModel(operation: OperationModel, sdk: Sdk = connectSdk()): Model {
  const { exports, name, version } = sdk;
  const schema = exports[`${operation.name}$`] as
    | readonly [number, string, string, { http: [string, string, number] }, Schema, Schema]
    | undefined;
  if (!schema) {
    throw new UserError(
      `${name} ${version} exports no schema of ${operation.name}; install 3.981 or later`,
    );
  }
  const [, , , { http }, input, output] = schema;
  const [method, uri, status] = http;
  const ours = ourModel(operation);
  return {
    source: `${name} ${version}`,
    method,
    uri,
    status,
    service: {},
    input: told(membersOf(nodeOf(input)), ours.input, sdk),
    output: told(membersOf(nodeOf(output)), ours.output, sdk),
    errors: new Map(
      Object.keys(operation.errors).flatMap((error) => {
        const schema = exports[`${error}$`] as readonly unknown[] | undefined;
        const traits = schema?.[3] as { httpError?: number } | undefined;
        return traits?.httpError === undefined ? [] : [[error, traits.httpError] as const];
      }),
    ),
    knows: { bounds: false, errorsOfOperation: false },
  };
}

/** Adds the enums and number types of our definition to the SDK's members. */
function told(theirs: Members, ours: Members, { exports }: Sdk): Members {
  return new Map(
    [...theirs].map(([path, member]) => {
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

/** @param within the enclosing structures. The recursion ends at a structure that contains itself. */
function nodeOf(given: Schema, within: readonly Schema[] = []): Node {
  if (typeof given === 'function') return nodeOf(given(), within);
  if (typeof given === 'number') return nodeOfCode(given);
  const [kind, , , , third, fourth, required] = given;
  switch (kind) {
    case LIST:
      return { ...leaf('list'), element: nodeOf(third as Schema, within) };
    case MAP:
      return {
        ...leaf('map'),
        entry: { key: nodeOf(third as Schema), value: nodeOf(fourth as Schema, within) },
      };
    case STRUCTURE:
    case UNION: {
      const structure = leaf(kind === UNION ? 'union' : 'structure');
      if (within.includes(given)) return structure;
      return {
        ...structure,
        // The required members come first.
        members: (third as readonly string[]).map((name, i) => ({
          name,
          required: i < Number(required ?? 0),
          node: nodeOf((fourth as readonly Schema[])[i] as Schema, [...within, given]),
        })),
      };
    }
    default:
      // A schema with traits is [schema, traits]. With a name it is [0, namespace, name, traits, schema].
      return nodeOf((given.length > 2 ? third : kind) as Schema, within);
  }
}

function nodeOfCode(code: number): Node {
  if (code >= MAP_OF) {
    return { ...leaf('map'), entry: { key: leaf('string'), value: nodeOf(code - MAP_OF) } };
  }
  if (code >= LIST_OF) return { ...leaf('list'), element: nodeOf(code - LIST_OF) };
  if (code === STRING) return leaf('string');
  if (code === NUMERIC) return leaf('integer');
  if (code === BOOLEAN) return leaf('boolean');
  if (TIMESTAMPS.includes(code)) return leaf('timestamp');
  throw new Error(`the SDK's schema has code ${code}, which is not known`);
}
