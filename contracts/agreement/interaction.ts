/** One interaction of the contract, as data: what is sent, in which state, and what must come back. */

import type { Provenance } from '../../operation/aws/provenance.ts';
import type {
  BatchPutContactBody,
  BatchPutContactRequest,
} from '../../operation/connect/batch-put-contact/shapes.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { Given } from './states.ts';

export const CONSUMER = 'outbound-dialer';
/** Never AWS: what is verified is dialproof's own emulator. */
export const PROVIDER = 'dialproof-emulator';

export interface Interaction {
  /** Unique in the pact: two interactions of one description replace each other without a word. */
  readonly description: string;
  /** The failure code or error name that this interaction pins; null for the rest. */
  readonly pins: string | null;
  readonly given: readonly Given[];
  /** Without a `ClientToken` the SDK makes one, and the contract asks for a UUID. */
  readonly request: BatchPutContactRequest;
  readonly answer: Answer;
  readonly provenance: readonly Claim[];
}

/** One thing that the interaction asserts, and how far that can be trusted. */
export interface Claim extends Provenance {
  readonly what: string;
}

export type Answer = ResultAnswer | ErrorAnswer;

/** HTTP 200. Lists are matched in any order: no order is published. */
export interface ResultAnswer {
  readonly kind: 'result';
  readonly created: readonly CreatedItem[];
  readonly failed: readonly FailedItem[];
  /** How an empty list is sent; the provider state asks for the same. */
  readonly emptyLists: 'present' | 'omitted';
}

export interface CreatedItem {
  readonly RequestIdentifier?: string;
  readonly ContactId: string;
  /** The ContactId must be this very one, not just any UUID. */
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
  /** In the model of the operation: a typed exception, its text in `Message`, else in `message`. */
  readonly modelled: boolean;
}

/** The call with this body for the ordinary instance. */
export function requestOf(body: BatchPutContactBody): BatchPutContactRequest {
  return { InstanceId: ORDINARY_INSTANCE.id, ...body };
}

/** The fixed ClientToken of the interaction that pins `what`. */
export function tokenFor(what: string): string {
  return `contract-${what}`;
}
