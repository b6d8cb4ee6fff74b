/** An answer that no provider promises, but that a client must handle. It is in no pact. */

import type { AnyOperation } from '../../operation/operations.ts';

export interface Tolerance {
  readonly description: string;
  readonly pins: string;
  readonly operation: AnyOperation;
  /** The request that gets the answer. */
  readonly request: object;
  readonly answer: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly contentType?: string;
    /** A text that is sent as it is, or a value that is sent as JSON. */
    readonly body: unknown;
  };
  /** The result that the client must return for the answer. */
  readonly becomes: ToleratedResult | ToleratedError;
}

/** The client returns exactly this result. */
export interface ToleratedResult {
  readonly kind: 'result';
  readonly result: object;
}

/** The client throws an error with this status. */
export interface ToleratedError {
  readonly kind: 'error';
  /** Null if any name is allowed. */
  readonly name: string | null;
  readonly status: number;
}
