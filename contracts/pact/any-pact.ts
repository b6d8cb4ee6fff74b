/** The HTTP interactions of a pact of any specification, from V1 to V4, and why the rest cannot be verified. */

import { isObject } from '../../operation/aws/json.ts';
import type { Mark } from '../../operation/aws/provenance.ts';
import { UserError } from '../../system/errors.ts';
import type { Chosen, Claim, Group } from '../agreement/interaction.ts';
import { readPactJson, type WrittenState } from './pact-file.ts';

export interface AnyPact {
  readonly consumer: string;
  readonly provider: string;
  /** The members of the pact besides its interactions. */
  readonly rest: Readonly<Record<string, unknown>>;
  readonly interactions: readonly AnyInteraction[];
}

export type AnyInteraction = HttpInteraction | OtherInteraction;

/** An interaction that HTTP does not carry, or that takes a plugin. */
export interface OtherInteraction {
  readonly kind: 'other';
  readonly description: string;
  /** What it is, such as `a message`. */
  readonly what: string;
}

export interface HttpInteraction {
  readonly kind: 'http';
  readonly description: string;
  readonly states: readonly WrittenState[];
  readonly method: string;
  readonly path: string;
  /** Headers of the request, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the request as JSON; undefined if there is none. */
  readonly body: unknown;
  /** Status of the expected answer. */
  readonly status: number;
  /** Null in a pact that dialproof did not write. */
  readonly written: Written | null;
  /** As it is in the file. */
  readonly raw: Json;
}

/** What dialproof writes beside an interaction. */
export interface Written {
  readonly group: Group;
  readonly mark: Mark;
  readonly choice: Chosen | null;
  /** What the interaction asserts, each with its provenance. */
  readonly claims: readonly Claim[];
}

type Json = Readonly<Record<string, unknown>>;

/** @throws UserError if the file is missing, is no pact, or has no interaction that HTTP carries. */
export function readAnyPact(file: string): AnyPact {
  return anyPact(readPactJson(file), file);
}

/** @param name of the file, for errors. @throws UserError as `readAnyPact` does. */
export function anyPact(pact: Json, name: string): AnyPact {
  const { interactions, messages, ...rest } = pact;
  if (!Array.isArray(interactions)) {
    throw new UserError(
      Array.isArray(messages)
        ? `${name} is a pact of messages: only interactions over HTTP can be verified at an endpoint`
        : `${name} is not a pact: it has no interactions.`,
    );
  }
  const read = interactions.map((one: unknown, i) =>
    interaction(isObject(one) ? one : {}, `${name}: interactions[${i}]`),
  );
  if (read.length > 0 && read.every(({ kind }) => kind === 'other')) {
    const [first] = read;
    const what = first?.kind === 'other' ? first.what : 'a message';
    throw new UserError(
      `${name} has no interaction over HTTP, only ${what}: nothing in it can be verified at an endpoint`,
    );
  }
  return {
    consumer: partyIn(pact.consumer, 'consumer'),
    provider: partyIn(pact.provider, 'provider'),
    rest,
    interactions: read.map((one) => told(one, read)),
  };
}

/** Two interactions can have one description and different states: the states tell them apart. */
function told(one: AnyInteraction, all: readonly AnyInteraction[]): AnyInteraction {
  const alike = all.filter(({ description }) => description === one.description);
  if (alike.length < 2 || one.kind === 'other') return one;
  const states = one.states.map(({ name }) => `"${name}"`).join(' and ') || 'no state';
  return { ...one, description: `${one.description} (given ${states})` };
}

const OTHERS: Readonly<Record<string, string>> = {
  'Asynchronous/Messages': 'a message',
  'Synchronous/Messages': 'a message with answers',
};

function interaction(raw: Json, where: string): AnyInteraction {
  const { type, description = '', request, response, pluginConfiguration } = raw;
  const named = String(description);
  if (type !== undefined && type !== 'Synchronous/HTTP') {
    const what = OTHERS[String(type)] ?? `an interaction of type ${String(type)}`;
    return { kind: 'other', description: named, what };
  }
  if (isObject(pluginConfiguration) && Object.keys(pluginConfiguration).length > 0) {
    return {
      kind: 'other',
      description: named,
      what: 'an interaction that takes a plugin of Pact',
    };
  }
  if (!isObject(request) || !isObject(response)) {
    throw new UserError(`${where} has no request or no response: it is no interaction of a pact`);
  }
  const { method = 'GET', path = '/', headers } = request;
  return {
    kind: 'http',
    description: named,
    states: statesIn(raw),
    method: String(method).toUpperCase(),
    path: String(path),
    headers: headersIn(headers),
    body: bodyIn(request.body),
    status: Number(response.status ?? 200),
    written: writtenIn(raw.comments),
    raw,
  };
}

/** V1 and V2 have one state, in a text. */
function statesIn({ providerStates, providerState, provider_state }: Json): WrittenState[] {
  if (Array.isArray(providerStates)) return providerStates as WrittenState[];
  const one = providerStates ?? providerState ?? provider_state;
  return typeof one === 'string' && one !== '' ? [{ name: one }] : [];
}

function headersIn(headers: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

/** V4 has the value in `content`, and a text where the body is no JSON. */
function bodyIn(body: unknown): unknown {
  return isObject(body) && 'content' in body ? body.content : body;
}

/** What dialproof wrote beside an interaction; null if it is not its own. */
export function writtenIn(comments: unknown): Written | null {
  const { dialproof, provenance } = isObject(comments) ? comments : {};
  const value = json(dialproof);
  if (!isObject(value)) return null;
  const { group, mark, choice = null } = value as unknown as Written;
  const claims = json(provenance);
  return { group, mark, choice, claims: Array.isArray(claims) ? (claims as Claim[]) : [] };
}

/** A comment is written as a text, and committed as what the text says. */
function json(comment: unknown): unknown {
  return typeof comment === 'string' ? JSON.parse(comment) : comment;
}

function partyIn(party: unknown, otherwise: string): string {
  return isObject(party) && typeof party.name === 'string' ? party.name : otherwise;
}
