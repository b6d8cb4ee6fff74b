/**
 * How long the engine waits before it sends again: full jitter below a bound that doubles with every attempt.
 *
 * All numbers are assumed: nothing is published on how outbound campaigns send again.
 */

import type { CampaignBatch } from '../records.ts';
import { drawOf } from '../text-draw.ts';

interface Growth {
  readonly first: number;
  readonly most: number;
}

const THROTTLED: Growth = { first: 200, most: 5_000 };
const UNKNOWN: Growth = { first: 50, most: 2_000 };

/** The longest wait that x-amz-retry-after can ask for. */
const LONGEST_HINT = 5_000;
/** How long the outcome of a batch is unknown until the batch is sent at a steady pace. */
const LONG_UNKNOWN = 60_000;
const STEADY = 5_000;

function jittered(share: number, { first, most }: Growth, attempts: number): number {
  return Math.round(share * Math.min(most, first * 2 ** attempts));
}

/** After 429 and 503. `throttled` is how often in a row it was so. */
export function waitWhenThrottled(seed: number, batch: CampaignBatch, throttled: number): number {
  return jittered(drawOf(seed, batch.token, batch.attempts).unit(), THROTTLED, throttled);
}

/** What an answer asks for by x-amz-retry-after. */
export function waitAsked(retryAfter: number | null): number {
  return Math.min(retryAfter ?? 0, LONGEST_HINT);
}

/** After an attempt whose outcome is unknown. */
export function waitWhenUnknown(seed: number, batch: CampaignBatch, now: number): number {
  if (now - batch.madeAt >= LONG_UNKNOWN) return STEADY;
  return jittered(drawOf(seed, batch.token, batch.attempts).unit(), UNKNOWN, batch.attempts);
}

/** Before an item that was throttled, or met an internal error, is in a batch again. */
export function waitOfItem(
  seed: number,
  token: string,
  requestId: string,
  attempts: number,
): number {
  return jittered(drawOf(seed, token + requestId, attempts).unit(), THROTTLED, attempts);
}
