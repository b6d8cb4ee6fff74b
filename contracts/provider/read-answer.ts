/**
 * Reads an answer as the AWS clients read it, and writes it in the form of the pact. Pact compares one form only, and
 * the model allows several: an error can be named in three places, and lists and texts are optional.
 */

import { isObject } from '../../operation/aws/json.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { Answered } from './forward.ts';

export const ERROR_HEADER = 'x-amzn-errortype';

/** Stands for a text that the answer does not have. The model requires none. */
const NO_TEXT = '(none)';

/** The name without namespace and URI; null for none. */
export function plainName(written: unknown): string | null {
  if (typeof written !== 'string') return null;
  const [first = ''] = written.split(':');
  return first.slice(first.lastIndexOf('#') + 1).trim() || null;
}

/** The names of an error by their place: the header, then `code`, then `__type`. Absent ones are left out. */
export function errorNames({ headers, body }: Answered): readonly [place: string, name: string][] {
  const json = jsonOf(body);
  const members = isObject(json) ? json : {};
  const places: [string, unknown][] = [
    [`the header ${ERROR_HEADER}`, headers[ERROR_HEADER]],
    ['code', members.code],
    ['__type', members.__type],
  ];
  return places.flatMap(([place, written]) => {
    const name = plainName(written);
    return name === null ? [] : [[place, name] as [string, string]];
  });
}

/** The parsed body; undefined if it is no JSON. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The answer in the form of the pact.
 *
 * @param strictLists an absent list stays absent.
 */
export function inFormOfPact(
  answer: Answered,
  operation: AnyOperation | null,
  strictLists: boolean,
): Answered {
  const json = jsonOf(answer.body);
  if (answer.status >= 400) {
    const [first] = errorNames(answer);
    const body = isObject(json) ? withText(json) : null;
    return {
      ...answer,
      headers: { ...answer.headers, ...(first && { [ERROR_HEADER]: first[1] }) },
      body: body ? Buffer.from(JSON.stringify(body)) : answer.body,
    };
  }
  const lists = operation?.lists;
  if (!lists || strictLists || !isObject(json) || answer.status !== operation.status) return answer;
  const { [lists.succeeded]: succeeded, [lists.failed]: failed } = json;
  const whole = { ...json, [lists.succeeded]: succeeded ?? [], [lists.failed]: failed ?? [] };
  return { ...answer, body: Buffer.from(JSON.stringify(whole)) };
}

/** Clients read the text in either member. */
function withText(json: Readonly<Record<string, unknown>>): object {
  const text = json.Message ?? json.message ?? NO_TEXT;
  return { ...json, Message: text, message: text };
}
