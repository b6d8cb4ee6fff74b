/** The answer that an interaction expects: what follows from the request is literal, and the rest is of a form. */

import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from '../../operation/aws/json.ts';
import type { Shape } from '../../operation/aws/shape/shapes.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import { EXAMPLE_MESSAGE } from '../agreement/expected.ts';
import { epochOf, SENT_AT } from '../agreement/moment.ts';
import { EXAMPLE_REQUEST_ID } from '../pact/pact-answer.ts';
import { ERROR_HEADER, plainName } from '../provider/read-answer.ts';

type Rules = Record<string, { combine: 'AND'; matchers: object[] }>;

const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

/** Pact's regular expressions cannot count much further. */
const LONGEST_COUNTED = 1_000;

/** Texts for people. The model requires none, and AWS publishes none. */
const FOR_PEOPLE = ['FailureReasonMessage'];

/**
 * @param known what the request and the provider states say, as JSON. A text that it has is literal.
 * @returns the response of a pact (specification V4).
 */
export function expectedAnswer(
  operation: AnyOperation,
  { status, headers, json }: { status: number; headers: IncomingHttpHeaders; json: unknown },
  known: string,
): object {
  const error = plainName(headers[ERROR_HEADER]);
  const rules: Rules = {};
  const body =
    error === null
      ? listed(json, operation, known, rules)
      : errorBody(error, json, operation, known, rules);
  const requestId = { combine: 'AND', matchers: [{ match: 'regex', regex: UUID }] };
  return {
    status,
    headers: {
      ...(body !== undefined && { 'Content-Type': ['application/json'] }),
      'x-amzn-RequestId': [EXAMPLE_REQUEST_ID],
      ...(error !== null && { [ERROR_HEADER]: [error] }),
    },
    ...(body !== undefined && {
      body: { content: body, contentType: 'application/json', encoded: false },
    }),
    matchingRules: {
      header: { 'x-amzn-RequestId': requestId },
      ...(Object.keys(rules).length > 0 && { body: rules }),
    },
  };
}

/** The name of an error and its text are in it; other members only where the model has them. */
function errorBody(
  name: string,
  json: unknown,
  operation: AnyOperation,
  known: string,
  rules: Rules,
): object {
  const modelled = Object.hasOwn(operation.errors, name);
  const text = modelled ? operation.service.errorText : 'message';
  const shapes = operation.service.errors[name]?.members ?? {};
  const others = Object.entries(isObject(json) ? json : {}).filter(
    ([member]) => member.toLowerCase() !== 'message' && modelled && Object.hasOwn(shapes, member),
  );
  rules[`$.${text}`] = someText();
  return {
    [text]: EXAMPLE_MESSAGE,
    ...Object.fromEntries(
      others.map(([member, value]) => [
        member,
        expected(value, shapes[member], `$.${member}`, known, rules),
      ]),
    ),
  };
}

/** The lists of an operation that answers item by item: empty ones may be left out, and no order is published. */
function listed(json: unknown, operation: AnyOperation, known: string, rules: Rules): unknown {
  const { lists, output } = operation;
  // Of an answer without members, no body is wanted.
  if (!isObject(json) || Object.keys(output.members).length === 0) return undefined;
  if (!lists) return expected(json, output, '$', known, rules);
  const members = Object.entries(json).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(
    members.map(([name, value]) => {
      const shape = output.members[name];
      const of = shape?.kind === 'list' ? shape.of : undefined;
      if (!Array.isArray(value) || !of) {
        return [name, expected(value, shape, `$.${name}`, known, rules)];
      }
      return [name, anyOrder(value, of, `$.${name}`, known, rules)];
    }),
  );
}

function anyOrder(
  items: readonly unknown[],
  of: Shape,
  path: string,
  known: string,
  rules: Rules,
): unknown[] {
  if (items.length === 1) return [expected(items[0], of, `${path}[0]`, known, rules)];
  const { length } = items;
  const own = items.map((): Rules => ({}));
  const contents = items.map((item, i) => expected(item, of, '$', known, own[i] as Rules));
  const variants = own.map((rulesOfItem, index) => ({ index, rules: rulesOfItem }));
  rules[path] = {
    combine: 'AND',
    // The first finds each item, the second holds the length.
    matchers: [
      { match: 'arrayContains', variants },
      { match: 'type', min: length, max: length },
    ],
  };
  return contents;
}

function expected(
  value: unknown,
  shape: Shape | undefined,
  path: string,
  known: string,
  rules: Rules,
): unknown {
  if (Array.isArray(value)) {
    const of = shape?.kind === 'list' ? shape.of : undefined;
    return value.map((item, i) => expected(item, of, `${path}[${i}]`, known, rules));
  }
  if (isObject(value)) {
    const members = shape?.kind === 'structure' || shape?.kind === 'union' ? shape.members : {};
    const of = shape?.kind === 'map' ? shape.value : undefined;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, member]) => member !== null && !FOR_PEOPLE.includes(name))
        .map(([name, member]) => [
          name,
          expected(member, of ?? members[name], step(path, name), known, rules),
        ]),
    );
  }
  if (shape?.kind === 'timestamp') {
    rules[path] = { combine: 'AND', matchers: [{ match: 'type' }] };
    return shape.format === 'date-time' ? SENT_AT : epochOf(SENT_AT) / 1_000;
  }
  if (typeof value === 'string' && !isLiteral(value, shape, known)) {
    rules[path] = someText(shape);
  }
  return value;
}

/** Enums follow from the request and the states, and so does what they say. */
function isLiteral(value: string, shape: Shape | undefined, known: string): boolean {
  return (
    (shape?.kind === 'string' && shape.enum !== undefined) || known.includes(JSON.stringify(value))
  );
}

function someText(shape?: Shape): Rules[string] {
  const limit = shape?.kind === 'string' ? shape.limit : undefined;
  const { min = 1, max = Number.POSITIVE_INFINITY } = limit ?? {};
  const regex = `^[\\s\\S]{${Math.max(min, 1)},${max > LONGEST_COUNTED ? '' : max}}$`;
  // By itself the regex takes a number for a text.
  return { combine: 'AND', matchers: [{ match: 'type' }, { match: 'regex', regex }] };
}

function step(path: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${path}.${name}` : `${path}['${name}']`;
}
