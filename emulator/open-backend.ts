/** Opens the backend that the options name. */

import type { Quota } from '../operation/connect/limits.ts';
import { UserError } from '../system/errors.ts';
import { needPackages } from '../system/packages.ts';
import type { Backend } from './stores/backend.ts';
import { createBuckets } from './stores/buckets.ts';
import { createMemoryStore } from './stores/memory-store.ts';
import { createMemoryShelf } from './stores/record-shelf.ts';
import { type Keeping, ORDINARY_KEEPING } from './stores/store.ts';
import { createTokens } from './stores/tokens.ts';

export interface BackendOptions extends Partial<Keeping> {
  /** Folder of a durable store. Without it, everything is kept in memory. */
  readonly dataDir?: string;
  /** `redis://…` of a store shared with other emulators. */
  readonly store?: string;
  /** Gets each line that the endpoint has to say, such as that a shared store is lost. Default the error output. */
  readonly log?: (line: string) => void;
}

export function memoryBackend(quota: Quota, options: BackendOptions = {}): Backend {
  const store = createMemoryStore(keepingOf(options));
  return {
    store,
    tokens: createTokens(store),
    buckets: createBuckets(quota),
    records: createMemoryShelf(),
  };
}

/** @throws UserError or UnavailableError if the store cannot be opened. */
export async function openBackend(quota: Quota, options: BackendOptions): Promise<Backend> {
  if (options.store !== undefined && options.dataDir !== undefined) {
    throw new UserError('--data-dir and --store cannot be combined: give one of them');
  }
  if (options.store !== undefined) {
    needPackages('--store', ['@redis/client']);
    // Loaded where it is asked for: most emulators share nothing. Required, for jest cannot import.
    const { openRedisBackend } =
      require('./stores/redis/backend') as typeof import('./stores/redis/backend.ts');
    return openRedisBackend(options.store, quota, keepingOf(options), options.log ?? console.error);
  }
  if (options.dataDir === undefined) return memoryBackend(quota, options);
  // Loaded where it is asked for: Node 22 warns of SQLite as soon as it is loaded.
  const { openSqliteStore } =
    require('./stores/sqlite-store') as typeof import('./stores/sqlite-store.ts');
  const store = openSqliteStore(options.dataDir, keepingOf(options));
  const { shelf, records } = store;
  return { store, tokens: createTokens(store), buckets: createBuckets(quota, shelf), records };
}

function keepingOf({ retentionSeconds, maxBytes }: BackendOptions): Keeping {
  return {
    retentionSeconds: retentionSeconds ?? ORDINARY_KEEPING.retentionSeconds,
    maxBytes: maxBytes ?? ORDINARY_KEEPING.maxBytes,
  };
}
