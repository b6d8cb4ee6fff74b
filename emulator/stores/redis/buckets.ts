/** The rate buckets in Redis. All emulators that share the Redis share one bucket per account and Region. */

import type { Quota } from '../../../operation/connect/limits.ts';
import type { Buckets } from '../buckets.ts';
import type { Connection } from './connection.ts';
import { DRAIN, SET_BUCKETS, TAKE } from './scripts.ts';

/** Times come from the calling host. The clocks of the hosts must agree, as signatures also require. */
export function createRedisBuckets(redis: Connection, ordinary: Quota): Buckets {
  return {
    async take(key, refill, now, quota = ordinary) {
      const { ratePerSecond = '', burst = '' } = quota ?? {};
      const unit = refill === 'per-second' ? 1000 : 1;
      const tokens = `${await redis.run(TAKE, key, now, ratePerSecond, burst, unit)}`;
      return tokens === 'inf' ? Number.POSITIVE_INFINITY : Number(tokens);
    },
    async drain(key, n) {
      await redis.run(DRAIN, key, n);
    },
    async set({ tokens, frozen }, now) {
      await redis.run(SET_BUCKETS, tokens, now, frozen ? '1' : '0');
    },
    // Nothing to do here: clearing the store deletes the buckets too.
    async reset() {},
  };
}
