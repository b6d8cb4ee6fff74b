/** What an endpoint remembers, as one: batches, claims on tokens and rate buckets. */

import { type Buckets, createBuckets } from './buckets.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createMemoryStore } from './memory-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import { type Keeping, ORDINARY_KEEPING, type Store } from './store.ts';
import type { Quota } from './throttle.ts';

export interface Backend {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly buckets: Buckets;
}

export interface BackendOptions extends Partial<Keeping> {
  /** Folder of a durable store; absent keeps everything in memory. */
  readonly dataDir?: string;
}

export function memoryBackend(quota: Quota, options: BackendOptions = {}): Backend {
  const store = createMemoryStore(keepingOf(options));
  return { store, ledger: createLedger(store), buckets: createBuckets(quota) };
}

/** @throws UserError or UnavailableError where the store cannot be had. */
export async function openBackend(quota: Quota, options: BackendOptions): Promise<Backend> {
  if (options.dataDir === undefined) return memoryBackend(quota, options);
  const store = openSqliteStore(options.dataDir, keepingOf(options));
  return { store, ledger: createLedger(store), buckets: createBuckets(quota, store.shelf) };
}

function keepingOf({ retentionSeconds, maxBytes }: BackendOptions): Keeping {
  return {
    retentionSeconds: retentionSeconds ?? ORDINARY_KEEPING.retentionSeconds,
    maxBytes: maxBytes ?? ORDINARY_KEEPING.maxBytes,
  };
}
