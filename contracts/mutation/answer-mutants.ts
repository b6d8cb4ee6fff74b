/** Makes the answers of a broken provider. Each is an answer of the pact with one change. */

import type { WrittenInteraction } from '../pact/pact-file.ts';
import { jsonMutants, textChanges } from './json-mutants.ts';
import type { Mutant } from './mutant.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Returns the example answer of the pact. */
export function exampleAnswer({ response }: WrittenInteraction): WireAnswer {
  const { status, headers = {}, body } = response;
  return {
    status,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, values]) => [name, values.join(', ')]),
    ),
    body: body ? JSON.stringify(body.content) : '',
  };
}

/** An answer whose body the pact leaves open has no mutants of the body. */
export function answerMutants(
  interaction: WrittenInteraction,
  words: Vocabulary,
): Mutant<WireAnswer>[] {
  const good = exampleAnswer(interaction);
  const mutant = (
    where: string,
    how: string,
    change: Partial<WireAnswer>,
    pinned: unknown = null,
  ): Mutant<WireAnswer> => ({
    interaction: interaction.description,
    where,
    how,
    pinned,
    broken: { ...good, ...change },
  });
  return [
    ...[good.status === 200 ? 202 : 200, good.status + 1, 500]
      .filter((status) => status !== good.status)
      .map((status) => mutant('status', `${status} instead`, { status }, good.status)),
    ...Object.entries(good.headers).flatMap(([name, value]) => {
      const { [name]: _, ...others } = good.headers;
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
          mutant('body', 'absent', { body: '' }, good.body),
          mutant('body', 'cut short', { body: good.body.slice(0, -1) }, good.body),
          ...jsonMutants(JSON.parse(String(good.body)), words).map(
            ({ where, how, pinned, value }) =>
              mutant(where, how, { body: JSON.stringify(value) }, pinned),
          ),
        ]),
  ];
}

const OTHER_TYPES = ['text/plain', 'application/x-amz-json-1.1', 'application/xml'];

function headerChanges(
  name: string,
  value: string,
  words: Vocabulary,
): (readonly [how: string, to: string])[] {
  if (name.toLowerCase() === 'content-type') {
    return OTHER_TYPES.map((type) => [`${type} instead`, type] as const);
  }
  const { errors } = words;
  const error = errors.indexOf(value);
  if (error >= 0) return [['another error', errors[(error + 1) % errors.length] ?? '']];
  return textChanges(value, words);
}
