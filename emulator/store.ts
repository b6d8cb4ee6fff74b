/** What the emulator keeps, and the interface that every place to keep it has. */

import type { FailureReasonCode } from '../operation/failures.ts';

/** What became of one item; in lists, in the order of the batch. */
export type ItemResult =
  | { readonly requestIdentifier: string | undefined; readonly contactId: string }
  | { readonly requestIdentifier: string | undefined; readonly code: FailureReasonCode };

/** What is remembered of a ClientToken. */
export interface TokenRecord {
  readonly account: string;
  readonly region: string;
  readonly clientToken: string;
  /** Bare id of the instance of the first call. */
  readonly instanceId: string;
  /** Hex SHA-256 of the canonical payload. */
  readonly payloadHash: string;
  /** Epoch milliseconds of the first commit. */
  readonly committedAt: number;
  /** The whole answer. */
  readonly results: readonly ItemResult[];
  /** Times the token was seen with its payload, the first time included. */
  readonly requests: number;
}

/** One atomic change: a batch's contacts together with its token record. */
export interface Commit {
  /** Key and record of the ClientToken, replacing one of that key; null for a call without. */
  readonly token: { readonly key: string; readonly record: TokenRecord } | null;
  readonly clientToken: string | null;
  /** Items judged now; each with a ContactId is a contact to create. */
  readonly results: readonly ItemResult[];
}

export interface StoredContact {
  readonly contactId: string;
  readonly clientToken: string | null;
  readonly requestIdentifier: string | undefined;
}

/** Where contacts and token records are kept. Errors reject; a rejected commit changed nothing. */
export interface Store {
  find(key: string): Promise<TokenRecord | undefined>;
  /** All or nothing: there is no state with the contacts and without the token, or the reverse. */
  commit(change: Commit): Promise<void>;
  /** Counts one more request for a token; a key that is not there is left so. */
  countReplay(key: string): Promise<void>;
  tokens(): AsyncIterable<TokenRecord>;
  contacts(): AsyncIterable<StoredContact>;
  clear(): Promise<void>;
  close(): Promise<void>;
}
