/** Makes the requests of a broken client. Each is a request of the pact with one change. */

import { uriEncode } from '../../operation/aws/uri.ts';
import { operationAt } from '../../operation/operations.ts';
import type { WrittenInteraction } from '../pact/pact-file.ts';
import { jsonMutants, textChanges } from './json-mutants.ts';
import type { Mutant } from './mutant.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns the example request of the pact. */
export function exampleRequest({ request }: WrittenInteraction): WireRequest {
  const { method, path, headers = {}, body } = request;
  return {
    method,
    path,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, values]) => [name, values.join(', ')]),
    ),
    body: body ? JSON.stringify(body.content) : '',
  };
}

export function requestMutants(
  interaction: WrittenInteraction,
  words: Vocabulary,
): Mutant<WireRequest>[] {
  const good = exampleRequest(interaction);
  const mutant = (
    where: string,
    how: string,
    change: Partial<WireRequest>,
    pinned: unknown = null,
  ): Mutant<WireRequest> => ({
    interaction: interaction.description,
    where,
    how,
    pinned,
    broken: { ...good, ...change },
  });
  const { path } = good;
  const label = labelIn(interaction.request);
  const named = label === null ? -1 : path.lastIndexOf(label);
  return [
    ...['POST', 'GET', 'PUT', 'DELETE']
      .filter((method) => method !== good.method)
      .map((method) => mutant('method', method, { method })),
    ...(label === null
      ? []
      : [
          mutant('path', 'another resource', { path: path.replace(label, `${label}0`) }, path),
          mutant(
            'path',
            'no resource',
            { path: path.slice(0, named) + path.slice(named + label.length) },
            path,
          ),
        ]),
    mutant('path', 'a segment more', { path: `${path}/x` }),
    mutant('path', 'a query', { path: `${path}?x=1` }),
    ...Object.keys(good.headers).flatMap((name) => {
      const { [name]: value = '', ...others } = good.headers;
      return [
        mutant(`header ${name}`, 'missing', { headers: others }, value),
        ...headerChanges(name, value, words).map(([how, to]) =>
          mutant(`header ${name}`, how, { headers: { ...good.headers, [name]: to } }, value),
        ),
      ];
    }),
    mutant('header x-surprise', 'header more', { headers: { ...good.headers, 'x-surprise': '1' } }),
    ...(good.body === ''
      ? []
      : [
          mutant('body', 'absent', { body: '' }),
          mutant('body', 'cut short', { body: good.body.slice(0, -1) }),
          ...jsonMutants(JSON.parse(good.body), words).map(({ where, how, pinned, value }) =>
            mutant(where, how, { body: JSON.stringify(value) }, pinned),
          ),
        ]),
  ];
}

/** The part of a path that names a resource, as sent; null if there is none. */
function labelIn({ method, path }: WrittenInteraction['request']): string | null {
  const [first] = Object.values(operationAt(method, path)?.labels ?? {});
  return first === undefined ? null : uriEncode(first);
}

function headerChanges(
  name: string,
  value: string,
  words: Vocabulary,
): (readonly [how: string, to: string])[] {
  switch (name.toLowerCase()) {
    case 'authorization':
      return [
        ['another algorithm', value.replace('HMAC-SHA256', 'HMAC-SHA1')],
        ['scope of another service', value.replace(/\/connect[a-z-]*\//, '/execute-api/')],
        ['scope of another Region', value.replace(/(\/\d{8}\/)[^/]+/, '$1eu-west-2')],
        ['host not signed', value.replace('host;', '')],
        ['signature cut short', value.replace(/[0-9a-f]$/, '')],
        ['signature over something else', value.replace(/[0-9a-f]$/, 'f')],
      ];
    case 'content-type':
      return ['text/plain', 'application/x-amz-json-1.1'].map(
        (type) => [`${type} instead`, type] as const,
      );
    case 'x-amz-date':
      return [
        ['as ISO 8601', '2026-01-01T00:00:00Z'],
        ['another moment', '20270101T000000Z'],
      ];
    default:
      return textChanges(value, words);
  }
}
