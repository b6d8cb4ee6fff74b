/** Checks 429 answers and admitted calls against the published token bucket. */

import type { Quota } from '../../operation/connect/limits.ts';
import type { Attempt } from '../lib/history-line.ts';
import { named } from './attempts.ts';
import type { Tallies } from './tallies.ts';

/** Statuses of calls that are refused before the bucket. Such calls take no token. */
const BEFORE_THE_BUCKET = [403, 413];

/** Whether the client cannot know if the call reached the bucket. A load balancer can answer 503 too. */
function mayHaveTakenOne({ status, error }: Attempt): boolean {
  return status === 0 || status === 404 || status >= 500 || error === 'LimitExceededException';
}

/**
 * Follows the bucket from outside. It keeps two levels between which the true level must lie, because its state at the
 * first request is not known, and it is not known whether a request that failed took a token.
 *
 * A request reaches the bucket at some time between its start and its end. A level is therefore only known to
 * within the refill of that time and one more request.
 */
export class QuotaWatch {
  readonly #quota: NonNullable<Quota>;
  readonly #tallies: Tallies;
  #low = 0;
  #high: number;
  #at: number | null = null;

  constructor(quota: NonNullable<Quota>, tallies: Tallies) {
    this.#quota = quota;
    this.#tallies = tallies;
    this.#high = quota.burst;
  }

  /** Attempts come in the order in which they ended. */
  see(attempt: Attempt): void {
    if (BEFORE_THE_BUCKET.includes(attempt.status)) return;
    const { ratePerSecond } = this.#quota;
    this.#refill(attempt.startMs + attempt.durationMs);
    const slack = 1 + (ratePerSecond * attempt.durationMs) / 1_000;
    if (mayHaveTakenOne(attempt)) {
      this.#low -= 1;
      return;
    }
    if (attempt.status === 429) {
      const low = this.#low;
      this.#tallies.check('the quota is kept', low < 1 + slack, () => ({
        kind: 'refused within the quota',
        attempt: named(attempt),
        spare: low,
      }));
      return;
    }
    const high = this.#high;
    this.#tallies.check('the quota is kept', high >= 1 - slack, () => ({
      kind: 'admitted past the quota',
      attempt: named(attempt),
      past: 1 - high,
    }));
    this.#high = Math.max(-slack, high - 1);
    this.#low -= 1;
  }

  #refill(now: number): void {
    const { ratePerSecond, burst } = this.#quota;
    const back = (Math.max(0, now - (this.#at ?? now)) * ratePerSecond) / 1_000;
    this.#at = Math.max(now, this.#at ?? now);
    this.#low = Math.min(burst, Math.max(0, this.#low) + back);
    this.#high = Math.min(burst, this.#high + back);
  }
}
