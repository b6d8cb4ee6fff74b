/** Converts a request to Pact's form: method, path, headers and body, with the parts that may vary. */

import { isObject } from '../../operation/aws/json.ts';
import {
  bodyOf,
  hasBody,
  type RequestShape,
  type Shape,
} from '../../operation/aws/shape/shapes.ts';
import { uriEncode } from '../../operation/aws/uri.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import { anyMoment } from './moment.ts';
import type { BuildRequest, Matchers } from './pact.ts';

export const CONTENT_TYPE = 'application/json';

/** The form of the SDK's UUID v4. The example is used if no token was given. */
export const UUID_V4 = '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
export const EXAMPLE_TOKEN = '7d8e9f0a-1b2c-4d3e-8f4a-5b6c7d8e9f0a';

/** The path of a request: its labels are percent-encoded as the SDKs encode them. */
export function pathOf({ uri }: AnyOperation, request: object): string {
  return uri.replace(/\{(\w+)\}/g, (_, label: string) =>
    uriEncode(String((request as Record<string, unknown>)[label])),
  );
}

export function pactRequest(
  operation: AnyOperation,
  request: object,
  match: Matchers,
): BuildRequest {
  const { input, service } = operation;
  return (builder) => {
    builder.headers({
      ...(hasBody(input) && { 'Content-Type': CONTENT_TYPE }),
      ...signature(service.signingName, match),
    });
    if (hasBody(input)) builder.jsonBody(matched(inBody(request, input), bodyOf(input), match));
  };
}

/** The request without the members of its path. */
function inBody(request: object, { path = [] }: RequestShape): object {
  return Object.fromEntries(Object.entries(request).filter(([name]) => !path.includes(name)));
}

/** A header with an example and the rule that it matches. */
export interface ExampleHeader {
  readonly regex: string;
  readonly example: string;
}

/** The headers that every signed request has. */
export function signatureHeaders(signingName: string): Readonly<Record<string, ExampleHeader>> {
  const scope = `${ordinaryFacts().region}/${signingName}/aws4_request`;
  // A header rule must match the whole value, so it ends in .*$
  const authorization = `^AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/${scope}, SignedHeaders=.*host.*, Signature=[0-9a-f]{64}.*$`;
  const example =
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${scope}, ` +
    `SignedHeaders=content-type;host;x-amz-date, Signature=${'0'.repeat(64)}`;
  return {
    Authorization: { regex: authorization, example },
    'X-Amz-Date': { regex: '^\\d{8}T\\d{6}Z$', example: '20260101T000000Z' },
  };
}

function signature(signingName: string, match: Matchers) {
  return Object.fromEntries(
    Object.entries(signatureHeaders(signingName)).map(([name, { regex, example }]) => [
      name,
      match.regex(regex, example),
    ]),
  );
}

/** The value with a matcher for each moment, and for the idempotency token if it is absent. */
function matched(value: unknown, shape: Shape, match: Matchers): unknown {
  if (shape.kind === 'timestamp' && typeof value === 'string') return anyMoment(value);
  if (shape.kind === 'list' && Array.isArray(value)) {
    return value.map((member) => matched(member, shape.of, match));
  }
  if ((shape.kind !== 'structure' && shape.kind !== 'union') || !isObject(value)) return value;
  const { members } = shape;
  const tokens = Object.keys(members).filter(
    (name) => members[name]?.traits?.includes('idempotencyToken') && value[name] === undefined,
  );
  const given = Object.entries(value).map(([name, member]) => {
    const of = Object.hasOwn(members, name) ? members[name] : undefined;
    return [name, of ? matched(member, of, match) : member] as const;
  });
  return Object.fromEntries([
    ...tokens.map((name) => [name, match.regex(UUID_V4, EXAMPLE_TOKEN)] as const),
    ...given,
  ]);
}
