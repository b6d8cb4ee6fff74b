/** Checks 429 answers and admitted calls against the published token bucket. */

import type { Quota } from '../../operation/connect/limits.ts';
import type { Evidence } from '../../run/statements/audit.ts';
import type { Attempt } from '../lib/history-line.ts';
import { named } from './attempts.ts';
import { BucketTrial, type Fate, type Impossible, type TimedCall } from './bucket-trial.ts';
import { type MeasuredQuota, QuotaScale } from './quota-scale.ts';
import { EVIDENCE_SHOWN, type Tallies, type Tally } from './tallies.ts';

const INVARIANT = 'the quota is kept';

/** Statuses of calls that are refused before the bucket. Such calls take no token. */
const BEFORE_THE_BUCKET = [403, 413];
/** Statuses of calls that have passed the bucket. */
const BEHIND_THE_BUCKET = [200, 409];

/** A client notes the start in whole milliseconds, and a little before it sends. The end may be so much later. */
const NOTED_EARLY_MS = 10;
/** A call that the client gave up may still reach the bucket in this time. */
const GIVEN_UP_MS = 5_000;
/** The longest call that can be placed. k6 gives up after 60 seconds. */
const LONGEST_MS = 120_000;
/** A busy client may note an end so much too early. If an end is further behind, its clock was set back. */
const LAG_MS = 1_000;
/** Calls that are sorted at a time. */
const SORTED = 1_024;

interface Call extends TimedCall {
  readonly attempt: Attempt;
}

interface Moment {
  readonly at: number;
  readonly call: Call;
  readonly begins: boolean;
}

export interface Watched {
  readonly quota: NonNullable<Quota>;
  readonly tallies: Tallies;
  /** Calls were cut and left no line. They may have taken tokens, so no refusal can be wrong. */
  readonly cut: boolean;
  /** Whether to measure the bucket too. */
  readonly measure: boolean;
}

/**
 * Judges by intervals. A call was decided at some time between its start and its end, so the order in which calls
 * end does not tell in which order they took their tokens.
 *
 * - A call is admitted beyond the quota if a window contains more admitted calls than the bucket allows.
 * - A call is refused within the quota if the bucket had a token at every time at which the call can have been
 *   decided, however late the other calls took theirs.
 *
 * Lines come in the order in which attempts ended. Calls of the last two minutes are in memory. If the times
 * contradict that order, nothing is judged.
 */
export class QuotaWatch {
  readonly #watched: Watched;
  readonly #trial: BucketTrial<Call>;
  readonly #scale: QuotaScale<Call> | null;
  #moments: Moment[] = [];
  /** Sort again when there are so many. */
  #room = SORTED;
  /** Milliseconds of the first attempt; times are counted from it. */
  #origin: number | null = null;
  #lastEnd = Number.NEGATIVE_INFINITY;
  #passed = Number.NEGATIVE_INFINITY;
  #inOrder = true;
  readonly #found: Tally = { checked: 0, violations: 0, evidence: [] };

  constructor(watched: Watched) {
    this.#watched = watched;
    this.#trial = new BucketTrial(watched.quota);
    this.#scale = watched.measure ? new QuotaScale(watched.quota) : null;
  }

  see(attempt: Attempt): void {
    const { status, startMs, durationMs } = attempt;
    if (BEFORE_THE_BUCKET.includes(status) || !this.#inOrder) return;
    this.#origin ??= startMs;
    const start = startMs - this.#origin;
    const end = start + durationMs + NOTED_EARLY_MS;
    this.#inOrder = end > this.#lastEnd - LAG_MS && start > this.#passed;
    this.#lastEnd = Math.max(this.#lastEnd, end);
    const late = status === 0 ? GIVEN_UP_MS : 0;
    const call = { attempt, fate: fateOf(attempt), start, end: this.#lastEnd + late };
    this.#moments.push({ at: start, call, begins: true }, { at: call.end, call, begins: false });
    if (this.#moments.length >= this.#room) this.#passUntil(this.#lastEnd - LONGEST_MS);
  }

  /**
   * Judges the calls that are left, and adds all that was found to the tallies.
   *
   * @returns the bucket as measured; null if it was not to be measured, or cannot be.
   */
  end(): MeasuredQuota | null {
    this.#passUntil(Number.POSITIVE_INFINITY);
    const { tallies } = this.#watched;
    if (!this.#inOrder) {
      tallies.leaveOpen(INVARIANT, { kind: 'times disagree' });
      return null;
    }
    tallies.add(INVARIANT, this.#found);
    return this.#watched.cut ? null : (this.#scale?.measured() ?? null);
  }

  #passUntil(time: number): void {
    this.#moments.sort((a, b) => a.at - b.at || Number(b.begins) - Number(a.begins));
    const rest = this.#moments.findIndex(({ at }) => at > time);
    const passed = rest < 0 ? this.#moments : this.#moments.slice(0, rest);
    this.#moments = rest < 0 ? [] : this.#moments.slice(rest);
    this.#room = SORTED + 2 * this.#moments.length;
    this.#passed = Math.max(this.#passed, time);
    for (const { call, begins } of passed) {
      if (begins) {
        this.#trial.begin(call);
        this.#scale?.begin(call);
      } else {
        this.#judge(call, this.#trial.end(call));
        this.#scale?.end(call);
      }
    }
  }

  #judge({ fate, attempt }: Call, impossible: Impossible | null): void {
    if (fate === 'unknown' || (fate === 'refused' && this.#watched.cut)) return;
    const found = this.#found;
    found.checked += 1;
    if (impossible === null) return;
    found.violations += 1;
    if (found.evidence.length < EVIDENCE_SHOWN)
      found.evidence.push(evidenceOf(attempt, impossible));
  }
}

function fateOf({ status, error }: Attempt): Fate {
  if (BEHIND_THE_BUCKET.includes(status)) return 'admitted';
  // Another limit than that of the rate can be the reason, behind the bucket.
  return status === 429 && error !== 'LimitExceededException' ? 'refused' : 'unknown';
}

function evidenceOf(attempt: Attempt, impossible: Impossible): Evidence {
  return 'spare' in impossible
    ? { kind: 'refused within the quota', attempt: named(attempt), ...impossible }
    : { kind: 'admitted past the quota', attempt: named(attempt), ...impossible };
}
