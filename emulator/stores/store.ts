/** The data that the emulator stores, and the interface of every store. */

import type { FailureReasonCode } from '../../operation/connect/batch-put-contact/failures.ts';
import { DISAGREEMENT_MILLISECONDS } from './throttle.ts';

/** The result of one item. Lists of results are in the order of the batch. */
export type ItemResult = { readonly contactId: string } | { readonly code: FailureReasonCode };

/** One admitted call: its request and its results. Its contacts are the items with a ContactId. */
export interface BatchRecord {
  readonly account: string;
  readonly region: string;
  /** Bare id. */
  readonly instanceId: string;
  /** Null for a call without a ClientToken. */
  readonly clientToken: string | null;
  /** Epoch milliseconds of the first commit. */
  readonly committedAt: number;
  /** The body of the first request as received. It is known to be valid. */
  readonly body: Uint8Array;
  readonly results: readonly ItemResult[];
  /** The number of requests with this token and payload, including the first. */
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

/**
 * How far ahead of a commit an older batch must be to count as committed by a clock that was set back since. The
 * clocks of hosts that share a store may differ by as much.
 *
 * Batches are dropped in the order of their commits. A batch from such a time would keep all later ones until the
 * clock is there again, so it is dropped as soon as a later batch is old enough: it has been kept longer than that.
 */
export const SET_BACK_MILLISECONDS = DISAGREEMENT_MILLISECONDS;

/** The default bounds: the published token lifetime, and a size that most machines can spare. */
export const ORDINARY_KEEPING: Keeping = { retentionSeconds: 604_800, maxBytes: 2 ** 30 };

/** The store has no room for a commit until older batches are dropped. */
export class StoreFullError extends Error {}

/** The store cannot be reached now. */
export class StoreLostError extends Error {}

/** A store of batches. Methods reject on errors; a rejected commit changed nothing. */
export interface Store {
  /** The batch that a ClientToken's key means, however old. */
  find(key: string): Promise<BatchRecord | undefined>;
  /** Commits the contacts and the token together: either both are stored, or neither. */
  commit(commit: Commit): Promise<void>;
  /** Counts one more request for a token; a key that is not there is left so. */
  countReplay(key: string): Promise<void>;
  /** The contact of an id, if it is kept. */
  findContact(contactId: string): Promise<StoredContact | undefined>;
  /**
   * Changes a contact in one atomic step.
   *
   * @param change the new members, from the contact as it is; null changes nothing.
   * @returns the contact that `change` received, or undefined if there is no such contact.
   */
  changeContact(
    contactId: string,
    change: (contact: StoredContact) => ContactChange | null,
  ): Promise<StoredContact | undefined>;
  /** Every batch kept, in the order of their commits. */
  batches(): AsyncIterable<BatchRecord>;
  /** Approximate bytes of the batches kept; absent if the store does not count them. */
  keptBytes?(): number;
  clear(): Promise<void>;
  close(): Promise<void>;
}
