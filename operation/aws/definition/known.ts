/**
 * What is known of a call after each stage. Each type extends the one before it with what its stage found, so
 * that code that reads a value too early does not compile.
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

/** The caller that made a valid signature. */
export interface Principal {
  readonly ok: true;
  readonly principalArn: string;
  /** The caller's account. Absent: the account of the endpoint. */
  readonly account?: string;
  /** Whether this is outbound campaigns. */
  readonly servicePrincipal: boolean;
  /** Whether the policies of the caller allow nothing. */
  readonly denied?: boolean;
}

/** Why a signature does not match, with secrets and phone numbers masked. */
export interface Mismatch {
  /** What the client should have signed. */
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** The cause as far as it can be told, or how to find it. */
  readonly hint: string;
}

export type Signature =
  | Principal
  | {
      readonly ok: false;
      readonly refusal: SignatureRefusal;
      readonly message: string;
      /** Of a signature that is complete and does not match. */
      readonly mismatch?: Mismatch;
    };

/** The members of a request as read. The operation defines their shape. */
export type Members = Readonly<Record<string, unknown>>;

/** What a ClientToken means when the call claims it. */
export type TokenState = 'none' | 'new' | 'replay' | 'in-flight' | 'mismatch';

export interface Received {
  readonly method: string;
  /** Path as received: percent-encoded, without the query. */
  readonly path: string;
  /** Query as received, without `?`. */
  readonly query: string;
  readonly bodyBytes: number;
}

/** A call after the URI templates were matched. */
export interface Sought extends Received {
  /** Null if the method and path belong to no operation. */
  readonly operation: OperationModel | null;
  /** Null if there is no operation, or if a label has invalid percent-encoding. */
  readonly labels: Labels | null;
}

export interface Routed extends Sought {
  readonly operation: OperationModel;
  readonly labels: Labels;
}

/** A call after its signature was checked. */
export interface Signed extends Routed {
  readonly signature: Signature;
}

export interface Authenticated extends Signed {
  readonly signature: Principal;
}

/** A call after its rate bucket was read. */
export interface Metered extends Authenticated {
  /** Tokens in the caller's rate bucket before this call. */
  readonly bucketTokens: number;
}

/** A call after its request was read, valid or not. */
export interface Parsed extends Metered {
  readonly body: ReadAs<Members>;
}

/** A call with a valid request. */
export interface Read extends Parsed {
  readonly body: { readonly ok: true; readonly request: Members };
}

/** A call after its ClientToken was looked up. */
export interface Claimed extends Read {
  readonly token: TokenState;
}

/**
 * The checks of a call in order, each with what it reads. The order is assumed; that throttling comes after
 * authentication is inferred.
 */
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

/** Everything that can be known of a call, valid or not. A refusal is provoked by changing it. */
export interface Arrival extends Sought {
  readonly signature: Signature;
  readonly bucketTokens: number;
  readonly body: ReadAs<Members>;
  readonly token: TokenState;
}
