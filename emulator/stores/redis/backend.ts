/** Makes the backend that several emulators share through one Redis. */

import type { Quota } from '../../../operation/connect/limits.ts';
import type { Backend } from '../backend.ts';
import type { Keeping } from '../store.ts';
import { createRedisBuckets } from './buckets.ts';
import type { Claims } from './claims.ts';
import { connect } from './connection.ts';
import { createRedisStore } from './store.ts';
import { createRedisTokens } from './tokens.ts';

/** @throws UserError for an invalid URL, UnavailableError if no Redis answers. */
export async function openRedisBackend(
  url: string,
  quota: Quota,
  keeping: Keeping,
  log: (line: string) => void,
): Promise<Backend> {
  const redis = await connect(url, log);
  const claims: Claims = new Map();
  const store = createRedisStore(redis, keeping, claims);
  const tokens = createRedisTokens(redis, claims, log);
  return {
    tokens,
    buckets: createRedisBuckets(redis, quota),
    // The engine of campaigns runs in one process, and several share a Redis.
    records: null,
    store: {
      ...store,
      async close() {
        tokens.close();
        await store.close();
      },
    },
  };
}
