/** Converts an answer to Pact's form: some values are pinned literally, others by a matching rule. */

import type { Rule } from '@pact-foundation/pact';
import type { AnyOperation } from '../../operation/operations.ts';
import { type Expected, exampleOf, Formed, SOME_TEXT, Unordered } from '../agreement/expected.ts';
import type { Answer, ErrorAnswer } from '../agreement/interaction.ts';
import type { BuildResponse, Matchers } from './pact.ts';

export const EXAMPLE_REQUEST_ID = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

/** By itself Pact's regex takes a number for a text. `rulesOf` adds a rule that wants a text. */
const FORMS: Readonly<Record<Formed['form'], (example: string) => string>> = {
  'contact id': () => '^.{1,256}$',
  text: () => '^.+$',
  id: () => '^[a-zA-Z0-9_\\-.]{1,256}$',
  'campaign ARN': () => arnOf('\\S+'),
  'ARN of this campaign': (example) => arnOf(example.slice(example.indexOf('/') + 1)),
};

/** @param id its pattern; the ids of examples are patterns of themselves. */
function arnOf(id: string): string {
  return `^arn:aws(-us-gov)?:connect-campaigns:[a-z0-9-]+:\\d{12}:campaign/${id}$`;
}

const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$';

export function statusOf(answer: Answer, { status }: AnyOperation): number {
  return answer.kind === 'result' ? status : answer.status;
}

/** Forms that a number could have. */
const NUMBER_LIKE: readonly Formed['form'][] = ['contact id', 'text', 'id'];

/** Whether the model of the operation has the error. Such an error has the members that the model says. */
export function isModelled({ name }: ErrorAnswer, { errors }: AnyOperation): boolean {
  return Object.hasOwn(errors, name);
}

/** The body that an answer must have; null if it may have any. */
export function expectedBody(
  answer: Answer,
  operation: AnyOperation,
): Readonly<Record<string, Expected>> | null {
  if (answer.kind === 'result') return answer.body;
  // Errors of the front door have their text in `message`, whatever the service.
  const text = isModelled(answer, operation) ? operation.service.errorText : 'message';
  return { ...answer.members, [text]: SOME_TEXT };
}

export function pactAnswer(
  answer: Answer,
  operation: AnyOperation,
  match: Matchers,
): BuildResponse {
  const error = answer.kind === 'error' ? { 'x-amzn-errortype': named(answer, match) } : {};
  const body = expectedBody(answer, operation);
  return (builder) => {
    builder.headers({ 'x-amzn-RequestId': match.regex(UUID, EXAMPLE_REQUEST_ID), ...error });
    if (body === null) return;
    builder.jsonBody(matched(body, match));
    builder.matchingRules({ body: rulesOf(body, '$', match) });
  };
}

/** The name of an error, or one of its names. */
function named({ name, orNamed = [] }: ErrorAnswer, match: Matchers) {
  return orNamed.length === 0 ? name : match.regex(`^(${[name, ...orNamed].join('|')})$`, name);
}

/** A list in any order of at most one item is literal. In a longer list each item may be anywhere. */
function matched(expected: Expected, match: Matchers): unknown {
  if (expected instanceof Formed)
    return match.regex(FORMS[expected.form](expected.example), expected.example);
  if (expected instanceof Unordered) {
    const items = expected.items.map((item) => matched(item, match));
    return items.length > 1 ? match.arrayContaining(...items) : items;
  }
  if (Array.isArray(expected)) return expected.map((item) => matched(item, match));
  if (typeof expected !== 'object') return expected;
  return Object.fromEntries(
    Object.entries(expected).map(([name, member]) => [name, matched(member, match)]),
  );
}

/**
 * The rules that Pact needs besides the matchers.
 *
 * A form wants a text. In a list that `arrayContaining` matches, it already does. Such a list could grow, and an
 * item answered twice must show: joined to that matcher, a rule on the length judges the length alone. The items stay
 * pinned (a test holds it).
 */
function rulesOf(expected: Expected, path: string, match: Matchers): Rule[] {
  if (expected instanceof Formed) {
    return NUMBER_LIKE.includes(expected.form)
      ? [{ path, rules: [match.string(expected.example)] }]
      : [];
  }
  if (expected instanceof Unordered && expected.items.length > 1) {
    const { length } = expected.items;
    return [{ path, rules: [match.constrainedArrayLike(null, length, length)] }];
  }
  if (typeof expected !== 'object') return [];
  const members = expected instanceof Unordered ? expected.items : expected;
  return Object.entries(members).flatMap(([name, member]: [string, Expected]) =>
    rulesOf(member, Array.isArray(members) ? `${path}[${name}]` : `${path}.${name}`, match),
  );
}

/** The body that the mock answers; null for none. */
export function exampleBody(answer: Answer, operation: AnyOperation): unknown {
  const body = expectedBody(answer, operation);
  return body && exampleOf(body);
}
