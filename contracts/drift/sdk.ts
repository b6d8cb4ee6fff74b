/** The installed AWS SDK's runtime schema and enums as a model. It has no bounds, and no errors by operation. */

import { MODELLED_ERRORS } from '../../operation/connect/batch-put-contact/refusals.ts';
import { UserError } from '../../system/errors.ts';
import { versionOf } from '../../system/package.ts';
import { loadSdk } from '../aws-sdk.ts';
import { leaf, type Model, membersOf, type Node } from './model.ts';

/** What the client package exports, by name. */
export type SdkExports = Readonly<Record<string, unknown>>;

/** Enum that a member takes its values from: the schema says `string`, and exports the values apart. */
const ENUMS: Readonly<Record<string, string>> = {
  'Endpoint.Type': 'EndpointType',
  'OutboundStrategy.Type': 'OutboundStrategyType',
  'Preview.AllowedUserActions': 'AllowedUserAction',
  'FailedRequest.FailureReasonCode': 'FailureReasonCode',
};

// Codes of @smithy/types' schema: kinds of arrays, and sentinels in place of a schema.
const LIST = 1;
const MAP = 2;
const STRUCTURE = 3;
const STRING = 0;
const NUMERIC = 1;
const LIST_OF = 64;
const MAP_OF = 128;

type Schema = number | readonly unknown[] | (() => Schema);

/**
 * @param sdk the exports of the client package.
 * @throws UserError where that version has no runtime schema (before 3.981).
 */
export function sdkModel(
  sdk: SdkExports = loadSdk() as unknown as SdkExports,
  version = versionOf('@aws-sdk/client-connect'),
): Model {
  const operation = sdk.BatchPutContact$ as
    | readonly [number, string, string, { http: [string, string, number] }, Schema, Schema]
    | undefined;
  if (!operation) {
    throw new UserError(
      `@aws-sdk/client-connect ${version} exports no schema of BatchPutContact; install 3.981 or later`,
    );
  }
  const [, , , { http }, input, output] = operation;
  const [method, uri, status] = http;
  return {
    source: `@aws-sdk/client-connect ${version}`,
    method,
    uri,
    status,
    input: membersOf(nodeOf(input, sdk)),
    output: membersOf(nodeOf(output, sdk)),
    errors: new Map(
      MODELLED_ERRORS.flatMap((name) => {
        const schema = sdk[`${name}$`] as readonly unknown[] | undefined;
        const traits = schema?.[3] as { httpError?: number } | undefined;
        return traits?.httpError === undefined ? [] : [[name, traits.httpError] as const];
      }),
    ),
    knows: { bounds: false, errorsOfOperation: false },
  };
}

function nodeOf(given: Schema, sdk: SdkExports, place = ''): Node {
  if (typeof given === 'function') return nodeOf(given(), sdk, place);
  const schema = given;
  const values = valuesAt(place, sdk);
  if (typeof schema === 'number') {
    if (schema >= MAP_OF) {
      return {
        ...leaf('map'),
        entry: { key: leaf('string'), value: nodeOf(schema - MAP_OF, sdk) },
      };
    }
    if (schema >= LIST_OF) {
      return { ...leaf('list', {}, values), element: nodeOf(schema - LIST_OF, sdk) };
    }
    if (schema === STRING) return leaf('string', {}, values);
    if (schema === NUMERIC) return leaf('integer');
    throw new Error(`the SDK's schema has code ${schema}, which is not known`);
  }
  const [kind, , name, , third, fourth, required] = schema;
  switch (kind) {
    case LIST:
      return { ...leaf('list', {}, values), element: nodeOf(third as Schema, sdk) };
    case MAP:
      return {
        ...leaf('map'),
        entry: { key: nodeOf(third as Schema, sdk), value: nodeOf(fourth as Schema, sdk) },
      };
    case STRUCTURE:
      return {
        ...leaf('structure'),
        // The required members come first.
        members: (third as readonly string[]).map((member, i) => ({
          name: member,
          required: i < Number(required ?? 0),
          node: nodeOf((fourth as readonly Schema[])[i] as Schema, sdk, `${name}.${member}`),
        })),
      };
    default:
      // A schema with traits of its own: [schema, traits].
      return nodeOf(kind as Schema, sdk, place);
  }
}

function valuesAt(place: string, sdk: SdkExports) {
  const name = ENUMS[place];
  if (name === undefined) return null;
  return { enum: name, values: Object.values((sdk[name] ?? {}) as Record<string, string>) };
}
