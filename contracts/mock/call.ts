/** A call that a mock got, and what became of it. */

import type { IncomingHttpHeaders } from 'node:http';
import type { AnyOperation } from '../../operation/operations.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import type { Answered } from '../provider/forward.ts';
import { type Mismatch, mismatchAnswer, type Refusal } from './mismatch.ts';

export interface MockCall {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A call as it was read. */
export interface ReadCall {
  readonly operation: AnyOperation;
  /** Labels of the path, decoded. */
  readonly labels: Readonly<Record<string, string>>;
  /** The parsed body; undefined if it is no JSON. */
  readonly json: unknown;
  /** Everything that the call says, in which ids are looked for. */
  readonly text: string;
}

export interface Served {
  readonly answer: Answered;
  /** Why the call is none that the mock serves; null if it is one. */
  readonly mismatch: Mismatch | null;
  /** Null unless the endpoint refused the call. */
  readonly refusal: Refusal | null;
  /** The interaction for the consumer's pact; null if there is none. */
  readonly used: Used | null;
  /** Why there is no interaction, if that needs to be said. */
  readonly notRecorded: string | null;
}

export function unserved(mismatch: Mismatch): Served {
  const answer = mismatchAnswer(mismatch);
  return { answer, mismatch, refusal: null, used: null, notRecorded: null };
}

/** An interaction that a consumer used. */
export interface Used {
  /** Unique in a pact. */
  readonly description: string;
  /** As it is in the file. */
  readonly interaction: object;
}

/** What answers the calls of a mock. */
export interface Serving {
  serve(call: MockCall): Promise<Served>;
  /** Sets a provider state. The state `an ordinary day` undoes all. @throws UserError if it cannot be set. */
  setState(state: WrittenState): Promise<void>;
  /** The provider in the consumer's pact, unless it is given another name. */
  readonly provider: string;
  /** What is not served, a line each. */
  readonly notes: readonly string[];
  /** The members of a pact besides its two sides and its interactions. */
  readonly pactMembers: object;
  close(): Promise<void>;
}

/** The headers of a call to be sent on, without those whose name matches. */
export function headersWithout({ headers }: MockCall, left: RegExp): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !left.test(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
