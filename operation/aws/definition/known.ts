/**
 * What is known of a call, stage by stage. Each type is the one before it and what its stage learnt, so that
 * who reads what is not known yet does not compile.
 */

import type { ReadAs } from '../shape/read.ts';
import type { Labels } from '../uri.ts';
import type { OperationModel } from './model.ts';

/** Refusals that the signature check can find. */
export type SignatureRefusal =
  | 'MissingAuthenticationTokenException'
  | 'IncompleteSignatureException'
  | 'UnrecognizedClientException'
  | 'ExpiredTokenException'
  | 'InvalidSignatureException';

/** Who made a signature that is good. */
export interface Principal {
  readonly ok: true;
  readonly principalArn: string;
  /** Whether this is outbound campaigns. */
  readonly servicePrincipal: boolean;
}

export type Signature =
  | Principal
  | { readonly ok: false; readonly refusal: SignatureRefusal; readonly message: string };

/** The members of a request as read: their shape is the operation's. */
export type Members = Readonly<Record<string, unknown>>;

/** What a ClientToken means where the call comes to claim it. */
export type TokenState = 'none' | 'new' | 'replay' | 'in-flight' | 'mismatch';

export interface Received {
  readonly method: string;
  /** Path as received: still percent-encoded, without the query. */
  readonly path: string;
  /** Query as received, without `?`. */
  readonly query: string;
  readonly bodyBytes: number;
}

/** Held against the URI templates. */
export interface Sought extends Received {
  /** Null where the method and path are no operation's. */
  readonly operation: OperationModel | null;
  /** Null where there is no operation, or a label is not well encoded. */
  readonly labels: Labels | null;
}

export interface Routed extends Sought {
  readonly operation: OperationModel;
  readonly labels: Labels;
}

/** With its signature looked at. */
export interface Signed extends Routed {
  readonly signature: Signature;
}

export interface Authenticated extends Signed {
  readonly signature: Principal;
}

/** With the rate bucket looked at. */
export interface Metered extends Authenticated {
  /** Tokens in the caller's rate bucket before this call. */
  readonly bucketTokens: number;
}

/** With its request looked at. */
export interface Parsed extends Metered {
  readonly body: ReadAs<Members>;
}

/** With its request found good. */
export interface Read extends Parsed {
  readonly body: { readonly ok: true; readonly request: Members };
}

/** With its ClientToken looked at. */
export interface Claimed extends Read {
  readonly token: TokenState;
}

/** The checks of a call, in order (assumed; throttling after authentication is inferred), each by what it reads. */
export interface KnownAt {
  readonly route: Sought;
  readonly size: Routed;
  readonly signature: Signed;
  readonly caller: Authenticated;
  readonly rate: Metered;
  readonly body: Parsed;
  readonly resource: Read;
  readonly service: Read;
  readonly token: Claimed;
}

/** All that could be known of a call, good or not: what a refusal is provoked in. */
export interface Arrival extends Sought {
  readonly signature: Signature;
  readonly bucketTokens: number;
  readonly body: ReadAs<Members>;
  readonly token: TokenState;
}
