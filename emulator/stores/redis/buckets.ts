/** The rate buckets in Redis: one per account and Region, for all the emulators that share it. */

import type { Quota } from '../../../operation/connect/limits.ts';
import type { Buckets } from '../buckets.ts';
import type { Connection } from './connection.ts';
import { DRAIN, SET_BUCKETS, TAKE } from './scripts.ts';

/** Times come from the calling host. Hosts must agree on the time, which signatures require in any case. */
export function createRedisBuckets(redis: Connection, quota: Quota): Buckets {
  const { ratePerSecond = '', burst = '' } = quota ?? {};
  return {
    async take(key, refill, now) {
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
    // They go with all the rest, when the store is cleared.
    async reset() {},
  };
}
