/** The token bucket, as a pure step over a bucket, a moment and a quota. */

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
 * How far two hosts that share a bucket may disagree on the time: no more than signatures allow. A moment that
 * lies further back is of a clock that was set back.
 */
export const DISAGREEMENT_MILLISECONDS = 300_000;

/** Makes a full bucket. */
export function fullBucket(quota: Quota, now: number): Bucket {
  return { tokens: quota?.burst ?? Number.POSITIVE_INFINITY, at: now, frozen: false };
}

/**
 * The bucket as it stands at `now`. A moment before the last one refills nothing, and is caught up with; after
 * a clock that was set back, refill is counted from there.
 *
 * Continuous refill adds a fraction for every millisecond, per-second refill the whole rate for each
 * full second since the bucket's own start.
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

/** Takes `n` tokens; the level may go below zero only where more is taken than a request costs. */
export function spent(bucket: Bucket, n = 1): Bucket {
  return { ...bucket, tokens: bucket.tokens - n };
}
