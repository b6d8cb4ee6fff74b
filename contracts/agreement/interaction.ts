/** One interaction of the contract, as data: the provider state, the request and the expected answer. */

import type { Provenance } from '../../operation/aws/provenance.ts';
import type {
  BatchPutContactBody,
  BatchPutContactRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { Given } from './states.ts';

export const CONSUMER = 'outbound-dialer';
/** The provider is dialproof's own emulator. The contract is not verified against AWS. */
export const PROVIDER = 'dialproof-emulator';

export interface Interaction {
  /** Unique in the pact. Of two interactions with the same description, Pact silently keeps only one. */
  readonly description: string;
  /** The failure code or error name that this interaction pins. Null if it pins something else. */
  readonly pins: string | null;
  readonly given: readonly Given[];
  /** If `ClientToken` is absent, the SDK generates one, and the contract requires a UUID. */
  readonly request: BatchPutContactRequest;
  readonly answer: Answer;
  readonly provenance: readonly Claim[];
}

/** One thing that the interaction asserts, with its provenance. */
export interface Claim extends Provenance {
  readonly what: string;
}

export type Answer = ResultAnswer | ErrorAnswer;

/** An answer with HTTP 200. Lists are matched in any order, because AWS publishes no order. */
export interface ResultAnswer {
  readonly kind: 'result';
  readonly created: readonly CreatedItem[];
  readonly failed: readonly FailedItem[];
  /** How an empty list is sent. The provider state sets the same choice. */
  readonly emptyLists: 'present' | 'omitted';
}

export interface CreatedItem {
  readonly RequestIdentifier?: string;
  readonly ContactId: string;
  /** The ContactId must equal this one. Otherwise any UUID matches. */
  readonly exact?: true;
}

export interface FailedItem {
  readonly RequestIdentifier?: string;
  readonly FailureReasonCode: string;
}

export interface ErrorAnswer {
  readonly kind: 'error';
  readonly name: string;
  readonly status: number;
  /** Whether the operation's model has the error. Such an error has its text in `Message`, others in `message`. */
  readonly modelled: boolean;
}

/** Makes a call with this body for the ordinary instance. */
export function requestOf(body: BatchPutContactBody): BatchPutContactRequest {
  return { InstanceId: ORDINARY_INSTANCE.id, ...body };
}

/** Returns the fixed ClientToken of the interaction that pins `what`. */
export function tokenFor(what: string): string {
  return `contract-${what}`;
}
