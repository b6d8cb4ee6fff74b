/** The backend of an endpoint: everything that it stores. */

import type { Buckets } from './buckets.ts';
import type { Store } from './store.ts';
import type { Tokens } from './tokens.ts';

/** Batches, claims on tokens and rate buckets. */
export interface Backend {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly buckets: Buckets;
}
