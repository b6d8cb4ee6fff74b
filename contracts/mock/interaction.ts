/** One use of the mock as an interaction of the consumer's pact (specification V4). */

import type { IncomingHttpHeaders } from 'node:http';
import { isObject } from '../../operation/aws/json.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import { ERROR_HEADER, plainName } from '../provider/read-answer.ts';
import type { MockCall, ReadCall, Used } from './call.ts';
import { expectedAnswer } from './expected-answer.ts';
import { recordedRequest } from './recorded-request.ts';

export interface Use {
  readonly call: MockCall;
  readonly read: ReadCall;
  /** The states that were set before the call, the ordinary day first. */
  readonly states: readonly WrittenState[];
  readonly answer: {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly json: unknown;
  };
  /** Epoch milliseconds. */
  readonly now: number;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/**
 * The interactions of a consumer. Ids that the endpoint makes, and those that a client makes for each call, have the
 * same examples in every run.
 */
export function createInteractions(): (use: Use) => Used {
  /** Ids that differ from run to run. */
  const made = new Set<string>();

  return ({ call, read, states, answer, now }) => {
    const isTokenFree = !states.some(({ name }) => name === 'the ClientToken was used before');
    const request = recordedRequest(call, read, isTokenFree, now);
    const known = JSON.stringify([request, states, read.text, read.labels]);
    for (const id of ownIds(read.json)) made.add(id);
    for (const [id] of JSON.stringify(answer.json ?? null).matchAll(UUID)) {
      if (!known.includes(id)) made.add(id);
    }
    const response = expectedAnswer(read.operation, answer, known);
    const description = descriptionOf(read.operation, states, answer);
    const interaction = {
      type: 'Synchronous/HTTP',
      description,
      pending: false,
      providerStates: states,
      request,
      response,
    };
    return { description, interaction: steady(interaction, made) };
  };
}

/** Members with ids that clients often make anew for each call. */
const ID_MEMBERS = /^(clientToken|RequestIdentifier)$/;

function ownIds(json: unknown): string[] {
  if (Array.isArray(json)) return json.flatMap(ownIds);
  if (!isObject(json)) return [];
  return Object.entries(json).flatMap(([name, value]) =>
    ID_MEMBERS.test(name) && typeof value === 'string'
      ? [...value.matchAll(UUID)].map(([id]) => id)
      : ownIds(value),
  );
}

/** The interaction with examples in the place of ids, numbered in the order in which they are there. */
function steady(interaction: object, made: ReadonlySet<string>): object {
  const numbers = new Map<string, string>();
  const text = JSON.stringify(interaction).replace(UUID, (id) => {
    if (!made.has(id)) return id;
    const example =
      numbers.get(id) ?? `c0ffee00-0000-4000-8000-${String(numbers.size + 1).padStart(12, '0')}`;
    numbers.set(id, example);
    return example;
  });
  return JSON.parse(text) as object;
}

/** What tells one kind of interaction from another: the operation, its outcome, and the states. */
function descriptionOf(
  operation: AnyOperation,
  states: readonly WrittenState[],
  answer: Use['answer'],
): string {
  const told = [...new Set(states.slice(1).map(stateSaid))];
  const given = told.length === 0 ? '' : `, given that ${told.join(' and ')}`;
  return `${operation.id} ${outcomeOf(operation, answer)}${given}`;
}

function stateSaid({ name, params = {} }: WrittenState): string {
  if (name === 'a campaign exists') return `a campaign is ${String(params.state)}`;
  if (name === 'the caller is') return `the caller is ${String(params.caller)}`;
  return name;
}

function outcomeOf({ lists }: AnyOperation, { status, headers, json }: Use['answer']): string {
  const error = plainName(headers[ERROR_HEADER]);
  if (error !== null) return `is refused with ${error}`;
  if (status >= 300) return `is answered ${status}`;
  if (!lists || !isObject(json)) return 'succeeds';
  const { [lists.succeeded]: succeeded, [lists.failed]: failed } = json;
  const failures = Array.isArray(failed) ? failed.filter(isObject) : [];
  const codes = [...new Set(failures.map((one) => String(one[lists.code])))].sort();
  if (codes.length === 0) return 'succeeds';
  const some = Array.isArray(succeeded) && succeeded.length > 0;
  return `${some ? 'succeeds in part and fails' : 'fails'} with ${codes.join(', ')}`;
}
