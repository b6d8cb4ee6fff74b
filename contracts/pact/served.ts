/** The interactions of a pact of any specification, in the form in which Pact's mock server takes them. */

import { isObject } from '../../operation/aws/json.ts';
import type { AnyPact, HttpInteraction } from './any-pact.ts';

/** The request or the answer of an interaction, as the mock server takes it. */
export interface ServedMessage {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: {
    readonly bytes: Buffer;
    readonly text: string | null;
    readonly type: string;
  } | null;
  /** By category, as in specification V3 and V4. */
  readonly rules: Json;
}

export interface ServedInteraction {
  readonly description: string;
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, values: readonly string[]])[];
  readonly request: ServedMessage;
  readonly status: number;
  readonly response: ServedMessage;
}

type Json = Readonly<Record<string, unknown>>;

export function servedInteraction(
  {
    description,
    method,
    path,
    status,
    raw,
  }: Pick<HttpInteraction, 'description' | 'method' | 'path' | 'status' | 'raw'>,
  specification: number,
): ServedInteraction {
  const request = isObject(raw.request) ? raw.request : {};
  const response = isObject(raw.response) ? raw.response : {};
  return {
    description,
    method,
    path,
    query: queryOf(request.query),
    request: messageOf(request, specification),
    status,
    response: messageOf(response, specification),
  };
}

/** The number of a pact's specification, from 1 to 4. A pact that names none is of V2, as Pact reads it. */
export function specificationOf({ rest }: Pick<AnyPact, 'rest'>): number {
  const metadata = isObject(rest.metadata) ? rest.metadata : {};
  const named = metadata.pactSpecification ?? metadata['pact-specification'];
  const version = isObject(named) ? named.version : metadata.pactSpecificationVersion;
  return Number(/^\d/.exec(String(version ?? '2'))?.[0] ?? 2);
}

/** V1 and V2 have a text, V3 and V4 a list of values for each name. */
function queryOf(query: unknown): ServedInteraction['query'] {
  if (typeof query === 'string') {
    const all = new URLSearchParams(query);
    return [...new Set(all.keys())].map((name) => [name, all.getAll(name)]);
  }
  return Object.entries(isObject(query) ? query : {}).map(([name, values]) => [
    name,
    (Array.isArray(values) ? values : [values]).map(String),
  ]);
}

function messageOf(message: Json, specification: number): ServedMessage {
  const headers = Object.entries(isObject(message.headers) ? message.headers : {}).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)] as const,
  );
  return {
    headers,
    body: bodyOf(message.body, headers, specification),
    rules: rulesOf(message.matchingRules, specification),
  };
}

function bodyOf(
  body: unknown,
  headers: ServedMessage['headers'],
  specification: number,
): ServedMessage['body'] {
  const inHeader = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  if (specification >= 4) {
    if (!isObject(body) || body.content === undefined) return null;
    const type = String(body.contentType ?? inHeader ?? 'application/json');
    if (body.encoded === 'base64') {
      return { bytes: Buffer.from(String(body.content), 'base64'), text: null, type };
    }
    return ofText(
      body.encoded === 'JSON' ? String(body.content) : written(body.content, type),
      type,
    );
  }
  if (body === undefined || body === null || body === '') return null;
  const type = inHeader ?? (typeof body === 'string' ? 'text/plain' : 'application/json');
  return ofText(written(body, type), type);
}

function ofText(text: string, type: string): ServedMessage['body'] {
  return { bytes: Buffer.from(text), text, type };
}

/** A text is sent as it is, unless it is JSON. */
function written(content: unknown, type: string): string {
  return typeof content === 'string' && !/[/+]json\b/.test(type)
    ? content
    : JSON.stringify(content);
}

/** V2 has one level, `$.body.place` -> rule. V3 and V4 have categories, and lists of rules. */
function rulesOf(rules: unknown, specification: number): Json {
  if (!isObject(rules)) return {};
  if (specification >= 3) return rules;
  const categories: Record<string, unknown> = {};
  for (const [place, rule] of Object.entries(rules)) {
    const [, named = '', rest = ''] = /^\$\.(\w+)(.*)$/.exec(place) ?? [];
    const category = named === 'headers' ? 'header' : named;
    const all = { combine: 'AND', matchers: [withMatch(rule)] };
    if (category === 'path') categories.path = all;
    else {
      const key = category === 'body' ? `$${rest}` : rest.replace(/^\.|^\['|'\]$/g, '');
      categories[category] = { ...(categories[category] as object | undefined), [key]: all };
    }
  }
  return categories;
}

function withMatch(rule: unknown): object {
  if (!isObject(rule)) return { match: 'type' };
  if (rule.match !== undefined) return rule;
  return { match: rule.regex === undefined ? 'type' : 'regex', ...rule };
}
