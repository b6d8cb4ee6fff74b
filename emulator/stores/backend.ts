/** The backend of an endpoint: everything that it stores. */

import type { Buckets } from './buckets.ts';
import type { RecordShelf } from './record-shelf.ts';
import type { Store } from './store.ts';
import type { Tokens } from './tokens.ts';

/** Batches, claims on tokens, rate buckets and records of campaigns. */
export interface Backend {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly buckets: Buckets;
  /** Records of outbound campaigns; null if the store cannot keep them. */
  readonly records: RecordShelf | null;
}
