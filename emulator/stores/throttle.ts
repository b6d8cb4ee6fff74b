/** The token bucket, as pure functions of a bucket, a time and a quota. */

import type { Choices } from '../../operation/connect/choices.ts';
import type { Quota } from '../../operation/connect/limits.ts';

export interface Bucket {
  readonly tokens: number;
  /** Epoch milliseconds up to which refill has been counted. */
  readonly at: number;
  /** Whether refill is stopped, with or without a quota. */
  readonly frozen: boolean;
}

/**
 * The most by which the clocks of two hosts that share a bucket may differ. Signatures allow the same difference.
 * A time that lies further back comes from a clock that was set back.
 */
export const DISAGREEMENT_MILLISECONDS = 300_000;

/** Makes a full bucket. */
export function fullBucket(quota: Quota, now: number): Bucket {
  return { tokens: quota?.burst ?? Number.POSITIVE_INFINITY, at: now, frozen: false };
}

/**
 * Returns the bucket at `now`. If `now` is earlier than the bucket's time, nothing is refilled, and the bucket
 * keeps its time. If the clock was set back, refill is counted from `now`.
 *
 * Continuous refill adds a fraction of the rate for every millisecond. Per-second refill adds the whole rate
 * for each full second since the bucket was made.
 */
export function refilled(
  bucket: Bucket,
  now: number,
  quota: Quota,
  refill: Choices['bucketRefill'],
): Bucket {
  if (bucket.frozen) return bucket;
  if (quota === null) return { ...bucket, tokens: Number.POSITIVE_INFINITY, at: now };
  const unit = refill === 'per-second' ? 1000 : 1;
  const at = bucket.at - now > DISAGREEMENT_MILLISECONDS ? now : bucket.at;
  const units = Math.max(0, Math.floor((now - at) / unit));
  const tokens = bucket.tokens + (units * unit * quota.ratePerSecond) / 1000;
  return { ...bucket, tokens: Math.min(quota.burst, tokens), at: at + units * unit };
}

/** Takes `n` tokens. The level falls below zero if the bucket holds fewer. */
export function spent(bucket: Bucket, n = 1): Bucket {
  return { ...bucket, tokens: bucket.tokens - n };
}
