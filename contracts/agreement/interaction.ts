/** One interaction of a contract, as data: the provider state, the request and the expected answer. */

import type { Mark, Provenance } from '../../operation/aws/provenance.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { Expected } from './expected.ts';
import type { Given } from './states.ts';

/** The two sides of a pact. They name its file. */
export interface Parties {
  readonly consumer: string;
  readonly provider: string;
}

/** The provider is dialproof's own emulator. No contract is verified against AWS. */
export const PROVIDER = 'dialproof-emulator';

/** The groups of interactions, which a team can accept as a whole. */
export const GROUPS = {
  results: 'good requests, and the form of their answers',
  replays: 'a token sent again',
  codes: 'each failure code, asked for by a provider state',
  triggers: 'each failure code, provoked by data',
  errors: 'each error of the model, asked for by a provider state',
  refusals: 'errors provoked by data or by the state of a campaign',
  bounds: 'requests at a bound of the model and past it',
  signatures: 'calls whose signature is no good',
  callers: 'calls of a caller who is refused',
  throttling: 'calls over the quota',
  choices: 'what AWS leaves open, one value each',
  breaches: 'requests that must be refused, whatever the error (in no pact)',
  pairs: 'two calls, one after the other (in no pact)',
} as const;

export type Group = keyof typeof GROUPS;

/** The value of an open question for which an interaction holds. */
export interface Chosen {
  readonly name: string;
  readonly value: string;
}

/** @typeParam Request the type of the values of the operation's input. */
export interface Interaction<Request extends object = object> {
  /** Unique in the pact. Of two interactions with the same description, Pact silently keeps only one. */
  readonly description: string;
  readonly operation: AnyOperation;
  /** The failure code or error name that this interaction pins. Null if it pins something else. */
  readonly pins: string | null;
  readonly given: readonly Given[];
  /** A moment in it is relative to `SENT_AT`. If an idempotency token is absent, the SDK generates a UUID. */
  readonly request: Request;
  readonly answer: Answer;
  readonly provenance: readonly Claim[];
  readonly group: Group;
  /** Absent: the interaction holds whatever is chosen. */
  readonly choice?: Chosen;
}

const WEAKEST_FIRST: readonly Mark[] = ['assumed', 'inferred', 'documented'];

/** How far an interaction can be trusted: as far as the weakest of its claims. */
export function markOf({ provenance }: Pick<Interaction, 'provenance'>): Mark {
  return weakestOf(provenance)?.mark ?? 'assumed';
}

/** The first of the weakest claims; undefined if there is none. */
export function weakestOf(claims: readonly Claim[]): Claim | undefined {
  return claims.toSorted(
    (a, b) => WEAKEST_FIRST.indexOf(a.mark) - WEAKEST_FIRST.indexOf(b.mark),
  )[0];
}

/** One thing that the interaction asserts, with its provenance. */
export interface Claim extends Provenance {
  readonly what: string;
}

/** How a claim begins that a call is refused, where another one says with which error. */
export const REFUSED = 'the call is refused';

export type Answer = ResultAnswer | ErrorAnswer;

/** An answer with the status of a success. */
export interface ResultAnswer {
  readonly kind: 'result';
  /** Null for an operation whose answer has no members: its body is not pinned. */
  readonly body: Readonly<Record<string, Expected>> | null;
}

export interface ErrorAnswer {
  readonly kind: 'error';
  readonly name: string;
  /** Other names that the error may have; the answer of the mock has the first. */
  readonly orNamed?: readonly string[];
  readonly status: number;
  /** Members besides the text, such as the state of a campaign. */
  readonly members?: Readonly<Record<string, string>>;
}

/** Returns the fixed token of the interaction that pins `what`. */
export function tokenFor(what: string): string {
  return `contract-${what}`;
}

/** Makes the answer of a call that is refused with an error. @throws Error for an error that no call of the operation gets. */
export function refusedWith(
  { errors, refusals }: AnyOperation,
  name: string,
  members?: ErrorAnswer['members'],
): ErrorAnswer {
  const status = errors[name] ?? refusals[name]?.status;
  if (status === undefined) throw new Error(`no call is refused with ${name}`);
  return { kind: 'error', name, status, ...(members && { members }) };
}
