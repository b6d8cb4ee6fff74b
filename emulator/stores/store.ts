/** What the emulator keeps, and the interface that every place to keep it has. */

import type { FailureReasonCode } from '../../operation/connect/batch-put-contact/failures.ts';

/** What became of one item; in lists, in the order of the batch. */
export type ItemResult = { readonly contactId: string } | { readonly code: FailureReasonCode };

/** One admitted call: what was asked and what came of it. Its contacts are its items with a ContactId. */
export interface BatchRecord {
  readonly account: string;
  readonly region: string;
  /** Bare id. */
  readonly instanceId: string;
  /** Null for a call without. */
  readonly clientToken: string | null;
  /** Epoch milliseconds of the first commit. */
  readonly committedAt: number;
  /** The first request's body as it came, known to be a good one. */
  readonly body: Uint8Array;
  readonly results: readonly ItemResult[];
  /** Times the token was seen with its payload, the first time included. */
  readonly requests: number;
}

/** One atomic change: a batch's contacts together with its token. */
export interface Commit {
  /** Key of the ClientToken, which from now on means this batch; null for a call without. */
  readonly key: string | null;
  readonly record: BatchRecord;
  /** The record takes the place of the one that the key means, whose retryable items were run again. */
  readonly rerun: boolean;
  /** Epoch milliseconds; batches committed `retentionSeconds` before are dropped. */
  readonly now: number;
}

/** What happened to a contact after it was created; members not there did not change. */
export interface ContactChange {
  /** All attributes, not only the changed ones. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Epoch milliseconds. */
  readonly updatedAt?: number;
  /** Epoch milliseconds. */
  readonly disconnectedAt?: number;
  /** As the caller gave it, if one was given. */
  readonly disconnectReason?: string;
}

export interface StoredContact {
  readonly batch: BatchRecord;
  /** The item of the batch that it was made from. */
  readonly index: number;
  readonly change: ContactChange;
}

/** Bounds on what is kept. */
export interface Keeping {
  /** Seconds after its commit for which a batch is kept, its token and contacts with it. */
  readonly retentionSeconds: number;
  /** Bytes of batches beyond which a commit is refused with StoreFullError. */
  readonly maxBytes: number;
}

/** As long as the published token lifetime, and as much as a machine can well spare. */
export const ORDINARY_KEEPING: Keeping = { retentionSeconds: 604_800, maxBytes: 2 ** 30 };

/** No room for a commit until older batches are dropped. */
export class StoreFullError extends Error {}

/** The place where batches are kept cannot be reached now. */
export class StoreLostError extends Error {}

/** Where batches are kept. Errors reject; a rejected commit changed nothing. */
export interface Store {
  /** The batch that a ClientToken's key means, however old. */
  find(key: string): Promise<BatchRecord | undefined>;
  /** All or nothing: there is no state with the contacts and without the token, or the reverse. */
  commit(commit: Commit): Promise<void>;
  /** Counts one more request for a token; a key that is not there is left so. */
  countReplay(key: string): Promise<void>;
  /** The contact of an id, if it is kept. */
  findContact(contactId: string): Promise<StoredContact | undefined>;
  /**
   * Changes a contact in one atomic step.
   *
   * @param change the new members, from the contact as it is; null changes nothing.
   * @returns the contact as `change` saw it, undefined where there is none.
   */
  changeContact(
    contactId: string,
    change: (contact: StoredContact) => ContactChange | null,
  ): Promise<StoredContact | undefined>;
  /** Every batch kept, in the order of their commits. */
  batches(): AsyncIterable<BatchRecord>;
  /** Bytes of the batches kept, about; absent where the store does not count them. */
  keptBytes?(): number;
  clear(): Promise<void>;
  close(): Promise<void>;
}
