/** A request in the form of a pact (specification V4): what differs from call to call is replaced by an example. */

import { isObject } from '../../operation/aws/json.ts';
import { bodyOf, type Shape } from '../../operation/aws/shape/shapes.ts';
import { momentOf } from '../../operation/aws/shape/timestamp.ts';
import { inSeconds } from '../agreement/moment.ts';
import { anyMoment } from '../pact/moment.ts';
import { CONTENT_TYPE, EXAMPLE_TOKEN, signatureHeaders, UUID_V4 } from '../pact/pact-request.ts';
import type { MockCall, ReadCall } from './call.ts';

interface Written {
  readonly matchers: Record<string, object>;
  readonly generators: Record<string, object>;
}

/** @param isTokenFree whether no state depends on the idempotency token. @param now epoch milliseconds. */
export function recordedRequest(
  { method, target, headers, body }: MockCall,
  { operation, json }: ReadCall,
  isTokenFree: boolean,
  now: number,
): object {
  const [path = '', query = ''] = target.split('?', 2);
  const signature =
    headers.authorization === undefined ? {} : signatureHeaders(operation.service.signingName);
  const rules: Written = { matchers: {}, generators: {} };
  const shape = bodyOf(operation.input);
  const content = json === undefined ? undefined : timeless(json, shape, '$', now, rules);
  const whole = isTokenFree ? tokenless(content, shape, rules) : content;
  const contentType = headers['content-type']?.split(';')[0] ?? CONTENT_TYPE;
  return {
    method,
    path,
    ...(query !== '' && { query: queryOf(query) }),
    headers: {
      ...(headers['content-type'] !== undefined && { 'Content-Type': [headers['content-type']] }),
      ...mapped(signature, ({ example }) => [example]),
    },
    ...(body.length > 0 && { body: bodyWritten(whole, body, contentType) }),
    matchingRules: {
      header: mapped(signature, ({ regex }) => all({ match: 'regex', regex })),
      ...(Object.keys(rules.matchers).length > 0 && { body: rules.matchers }),
    },
    ...(Object.keys(rules.generators).length > 0 && { generators: { body: rules.generators } }),
  };
}

function bodyWritten(content: unknown, body: Buffer, contentType: string): object {
  return content === undefined
    ? { content: body.toString('base64'), contentType, encoded: 'base64' }
    : { content, contentType, encoded: false };
}

function queryOf(query: string): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    values[name] = [...(values[name] ?? []), value];
  }
  return values;
}

/** The SDKs make a new token for every call that gives none. */
function tokenless(
  content: unknown,
  shape: { members: Readonly<Record<string, Shape>> },
  rules: Written,
) {
  if (!isObject(content)) return content;
  const replaced = Object.entries(content).filter(
    ([name, value]) =>
      shape.members[name]?.traits?.includes('idempotencyToken') &&
      typeof value === 'string' &&
      new RegExp(UUID_V4, 'i').test(value),
  );
  for (const [name] of replaced) {
    rules.matchers[`$.${name}`] = all({ match: 'regex', regex: UUID_V4 });
  }
  return { ...content, ...Object.fromEntries(replaced.map(([name]) => [name, EXAMPLE_TOKEN])) };
}

/** A moment further away is a fixed date of the test, rather than one that depends on when the test runs. */
const NEAR_SECONDS = 31 * 86_400;
/** The time between the making of a moment and the call varies. */
const STEP_SECONDS = 5;

/** The value with each moment as far from the time of the pact as it was from the time of the call. */
function timeless(
  value: unknown,
  shape: Shape | undefined,
  path: string,
  now: number,
  rules: Written,
): unknown {
  if (Array.isArray(value)) {
    const of = shape?.kind === 'list' ? shape.of : undefined;
    return value.map((item, i) => timeless(item, of, `${path}[${i}]`, now, rules));
  }
  if (isObject(value)) {
    const members = shape?.kind === 'structure' || shape?.kind === 'union' ? shape.members : {};
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name,
        timeless(member, members[name], `${path}.${name}`, now, rules),
      ]),
    );
  }
  if (shape?.kind !== 'timestamp' || shape.format !== 'date-time') return value;
  const at = momentOf(value, shape.format);
  const seconds = Math.round(((at ?? now) - now) / 1_000 / STEP_SECONDS) * STEP_SECONDS;
  if (at === null || Math.abs(seconds) > NEAR_SECONDS) return value;
  const moment = anyMoment(inSeconds(seconds));
  rules.matchers[path] = all({ match: 'regex', regex: moment.regex });
  rules.generators[path] = {
    type: moment['pact:generator:type'],
    format: moment.format,
    expression: moment.expression,
  };
  return moment.value;
}

function all(...matchers: object[]): object {
  return { combine: 'AND', matchers };
}

function mapped<T, To>(
  record: Readonly<Record<string, T>>,
  to: (value: T) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
