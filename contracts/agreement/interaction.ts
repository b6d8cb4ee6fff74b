/** One interaction of a contract, as data: the provider state, the request and the expected answer. */

import type { Provenance } from '../../operation/aws/provenance.ts';
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
}

/** One thing that the interaction asserts, with its provenance. */
export interface Claim extends Provenance {
  readonly what: string;
}

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
