/** What provider states ask of the endpoint: errors, failures, and whom the example signature of a pact stands for. */

import type { DialFailureCode } from '../../operation/campaigns/failures.ts';

/** Whom the example signature of a pact stands for. Other signatures are checked as always. */
export const EXAMPLE_CALLERS = [
  'principal',
  'outsider',
  'denied',
  'expired token',
  'unknown key',
  'wrong secret',
] as const;

export type ExampleCaller = (typeof EXAMPLE_CALLERS)[number];

export interface Asked {
  /** Every good call gets it. */
  readonly error: { readonly name: string; readonly status: number } | null;
  /** Phone number -> the code that its dial request gets. */
  readonly dials: Readonly<Record<string, DialFailureCode>>;
  /** Null until a provider state is set: the example signature is then refused as any other wrong one. */
  readonly caller: ExampleCaller | null;
}

export const NOTHING_ASKED: Asked = { error: null, dials: {}, caller: null };
