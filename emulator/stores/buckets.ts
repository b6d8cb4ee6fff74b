/** The rate buckets of this process, one per account and Region. */

import type { Choices } from '../../operation/connect/choices.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { type Bucket, fullBucket, refilled, spent } from './throttle.ts';

export interface BucketLevel {
  readonly tokens: number;
  /** Refill stands still until the next level is set. */
  readonly frozen: boolean;
}

/** Rate buckets, wherever they are kept. */
export interface Buckets {
  /**
   * Takes one token if there is one.
   *
   * @param quota of the bucket; null for none. Absent: that of the endpoint.
   * @returns the number of tokens before the call. Below 1, no token was taken.
   */
  take(key: string, refill: Choices['bucketRefill'], now: number, quota?: Quota): Promise<number>;
  /** Takes `n` more tokens, even if the level falls below zero. */
  drain(key: string, n: number): Promise<void>;
  /** Sets the level of every bucket, including buckets that were not used yet. */
  set(level: BucketLevel, now: number): Promise<void>;
  /** Fills every bucket and lets it refill. */
  reset(): Promise<void>;
}

/** Where buckets outlive their process; what is saved may get there a moment later. */
export interface BucketShelf {
  load(): Iterable<readonly [key: string, bucket: Bucket]>;
  save(key: string, bucket: Bucket): void;
  clear(): void;
}

export function createBuckets(ordinary: Quota, shelf?: BucketShelf): Buckets {
  const buckets = new Map<string, Bucket>(ordinary ? shelf?.load() : undefined);
  let preset: BucketLevel | null = null;

  const stored = (key: string, now: number, quota: Quota): Bucket =>
    buckets.get(key) ?? { ...fullBucket(quota, now), ...preset };

  return {
    async take(key, refill, now, quota = ordinary) {
      const bucket = refilled(stored(key, now, quota), now, quota, refill);
      const left = bucket.tokens >= 1 ? spent(bucket) : bucket;
      buckets.set(key, left);
      if (quota) shelf?.save(key, left);
      return bucket.tokens;
    },
    async drain(key, n) {
      const bucket = buckets.get(key);
      if (bucket) buckets.set(key, spent(bucket, n));
    },
    async set(level, now) {
      preset = level;
      for (const key of buckets.keys()) buckets.set(key, { ...level, at: now });
    },
    async reset() {
      preset = null;
      buckets.clear();
      shelf?.clear();
    },
  };
}
