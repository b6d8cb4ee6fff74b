/** The counts of all exchanges, for GET /metrics. Counts begin at the start or the last reset. */

import type { FailureReasonCode } from '../../operation/connect/batch-put-contact/failures.ts';
import { headerOf, type WireReply } from '../wire/reply.ts';

/** Upper bounds of the histogram of durations, in seconds; the last bucket has none. */
export const DURATION_BOUNDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
] as const;

/** A path that is nobody's. */
export const UNKNOWN = 'Unknown';

export interface RequestCount {
  /** Its id, or UNKNOWN. */
  readonly operation: string;
  readonly status: number;
  /** Empty for a success. */
  readonly error: string;
  count: number;
}

export interface Durations {
  /** Exchanges per bucket, not cumulated; one more than there are bounds. */
  readonly buckets: number[];
  /** Seconds in all. */
  sum: number;
}

export interface Meters {
  readonly requests: Map<string, RequestCount>;
  /** By operation. */
  readonly durations: Map<string, Durations>;
  /** Items of batches that were run, by what became of them; replays are not counted again. */
  readonly items: Map<'CREATED' | FailureReasonCode, number>;
  /** Tokens that the last call of an operation found in its bucket. */
  readonly bucketTokens: Record<string, number>;
}

export function createMeters(): Meters {
  return { requests: new Map(), durations: new Map(), items: new Map(), bucketTokens: {} };
}

export function resetMeters(meters: Meters): void {
  meters.requests.clear();
  meters.durations.clear();
  meters.items.clear();
  for (const name of Object.keys(meters.bucketTokens)) delete meters.bucketTokens[name];
}

/** @param seconds from the request read whole to its reply made. */
export function countExchange(meters: Meters, reply: WireReply, seconds: number): void {
  const { status, about } = reply;
  const operation = about?.operation?.id ?? UNKNOWN;
  const error = headerOf(reply, 'x-amzn-errortype') ?? '';
  const key = `${operation} ${status} ${error}`;
  const known = meters.requests.get(key);
  if (known) known.count += 1;
  else meters.requests.set(key, { operation, status, error, count: 1 });

  let durations = meters.durations.get(operation);
  if (!durations) {
    durations = { buckets: new Array<number>(DURATION_BOUNDS.length + 1).fill(0), sum: 0 };
    meters.durations.set(operation, durations);
  }
  const at = DURATION_BOUNDS.findIndex((bound) => seconds <= bound);
  const bucket = at < 0 ? DURATION_BOUNDS.length : at;
  durations.buckets[bucket] = (durations.buckets[bucket] ?? 0) + 1;
  durations.sum += seconds;

  if (!about?.results || about.replayed) return;
  for (const result of about.results) {
    const name = 'code' in result ? result.code : 'CREATED';
    meters.items.set(name, (meters.items.get(name) ?? 0) + 1);
  }
}
