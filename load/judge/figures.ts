/** Computes load figures from a history. Both engines write the same lines, so the figures are comparable. */

import type { Predictions } from '../../generators/corpus.ts';
import type { Verdict } from '../../operation/connect/batch-put-contact/decide.ts';
import { VERDICT_LETTERS, VERDICTS } from '../../operation/connect/batch-put-contact/decide.ts';
import { countLetters } from '../../operation/connect/batch-put-contact/outcome.ts';
import type { FailedAnswer, LatencyBucket, Percentiles, SeriesPoint } from '../../run/run.ts';
import { FailedAnswers } from '../engine/http/failed-answers.ts';
import { Histogram, middleOf } from '../engine/metrics/histogram.ts';
import { type Attempt, lettersSent } from '../lib/history-line.ts';

/** The most seconds that have a histogram of their own. Attempts come in about the order in which they ended. */
const OPEN_SECONDS = 30;

export interface Figures {
  readonly requests: number;
  readonly contacts: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly predicted: Partial<Record<Verdict, number>>;
  readonly answered: Partial<Record<Verdict, number>>;
  /** Null without a sample. Percentiles are within 0.8 % (load/engine/metrics/histogram.ts). */
  readonly latencyMs: Percentiles | null;
  readonly histogram: readonly LatencyBucket[];
  readonly series: readonly SeriesPoint[];
}

/** A second that attempts still come for. */
interface OpenSecond {
  readonly latency: Histogram;
  readonly vus: Set<number>;
  readonly failed: Record<string, number>;
  readonly codes: Record<string, number>;
  errors: number;
}

/** Takes attempts one by one. `figures` can be called at any time. */
export class FigureCounter {
  readonly #startedAt: number;
  readonly #predictions: Predictions;
  readonly #latency = new Histogram();
  /** The latest seconds. An older second is reduced to a point, so that memory does not grow by a histogram a second. */
  readonly #open = new Map<number, OpenSecond>();
  readonly #points = new Map<number, SeriesPoint>();
  #last = -1;
  readonly #statuses: Record<string, number> = {};
  readonly #predicted: Partial<Record<Verdict, number>> = {};
  readonly #answered: Partial<Record<Verdict, number>> = {};
  readonly #failed = new FailedAnswers();
  #requests = 0;
  #unansweredAtEnd = 0;
  #firsts = 0;
  #contacts = 0;

  /** @param startedAt epoch milliseconds of the scenario's start: second 0 of the series. */
  constructor(startedAt: number, predictions: Predictions) {
    this.#startedAt = startedAt;
    this.#predictions = predictions;
  }

  /** @param codes failure code -> items, of an operation whose items are no contacts. */
  add(attempt: Attempt, codes?: Readonly<Record<string, number>>): void {
    const { status, durationMs, startMs, error } = attempt;
    this.#requests += 1;
    if (attempt.attempt === 1) this.#firsts += 1;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#unansweredAtEnd = status === 0 ? this.#unansweredAtEnd + 1 : 0;
    if (status === 0 || status >= 400) this.#failed.add({ status, error, count: 1 });
    this.#latency.record(durationMs);
    const second = Math.max(0, Math.floor((startMs + durationMs - this.#startedAt) / 1_000));
    this.#addTo(second, attempt, codes ?? codesOf(attempt.letters));
    count(
      this.#predicted,
      lettersSent(this.#predictions.lettersOf(attempt.record) ?? '', attempt.places),
    );
    if (attempt.letters !== '-') {
      this.#contacts += count(this.#answered, attempt.letters);
    }
  }

  /** Requests that were refused or got no answer, most frequent first. */
  failedAnswers(): FailedAnswer[] {
    return this.#failed.list();
  }

  /** Requests without an answer after the last answer. */
  get unansweredAtEnd(): number {
    return this.#unansweredAtEnd;
  }

  /** Requests that were the first of their ClientToken. */
  get firsts(): number {
    return this.#firsts;
  }

  #addTo(second: number, attempt: Attempt, codes: Readonly<Record<string, number>>): void {
    const { status, durationMs, seen } = attempt;
    const failed = status !== 200;
    this.#last = Math.max(this.#last, second);
    const closed = this.#points.get(second);
    if (closed) {
      // The attempt came very late. Its second counts it, but only the figures of the whole run have its response time.
      const { requests, errors } = closed;
      const why = reasonOf(attempt);
      const more = {
        requests: requests + 1,
        errors: errors + Number(failed),
        failed: failed ? { ...closed.failed, [why]: (closed.failed[why] ?? 0) + 1 } : closed.failed,
      };
      this.#points.set(second, { ...closed, ...more });
      return;
    }
    const point = this.#open.get(second) ?? newSecond();
    this.#open.set(second, point);
    point.latency.record(durationMs);
    if (seen) point.vus.add(seen.vu);
    for (const [code, n] of Object.entries(codes)) point.codes[code] = (point.codes[code] ?? 0) + n;
    if (failed) {
      const why = reasonOf(attempt);
      point.errors += 1;
      point.failed[why] = (point.failed[why] ?? 0) + 1;
    }
    if (this.#open.size > OPEN_SECONDS) this.#close(Math.min(...this.#open.keys()));
  }

  #close(second: number): void {
    this.#points.set(second, this.#pointOf(second));
    this.#open.delete(second);
  }

  #pointOf(second: number): SeriesPoint {
    const point = this.#open.get(second);
    return {
      second,
      requests: point?.latency.count ?? 0,
      errors: point?.errors ?? 0,
      p50: point?.latency.percentile(50) ?? 0,
      p95: point?.latency.percentile(95) ?? 0,
      p99: point?.latency.percentile(99) ?? 0,
      vus: point && point.vus.size > 0 ? point.vus.size : null,
      failed: point?.failed ?? {},
      codes: point?.codes ?? {},
    };
  }

  figures(): Figures {
    const series = Array.from(
      { length: this.#last + 1 },
      (_, second) => this.#points.get(second) ?? this.#pointOf(second),
    );
    return {
      requests: this.#requests,
      contacts: this.#contacts,
      statuses: this.#statuses,
      predicted: this.#predicted,
      answered: this.#answered,
      latencyMs: percentiles(this.#latency),
      histogram: bucketsOf(this.#latency),
      series,
    };
  }
}

function newSecond(): OpenSecond {
  return { errors: 0, latency: new Histogram(), vus: new Set(), failed: {}, codes: {} };
}

function reasonOf({ status, error }: Attempt): string {
  if (status === 0) return 'no answer';
  return error === '-' ? `status ${status}` : error;
}

/** Failure codes of BatchPutContact. */
function codesOf(letters: string): Readonly<Record<string, number>> {
  if (letters === '-') return {};
  const counts: Partial<Record<Verdict, number>> = {};
  count(counts, letters);
  const { CREATED, ...codes } = counts;
  return codes;
}

/** Ten buckets for each power of ten. Response times below a microsecond are in the first. */
function bucketsOf(latency: Histogram): LatencyBucket[] {
  const PER_TEN = 10;
  const edge = (bucket: number): number => Number((10 ** (bucket / PER_TEN)).toPrecision(4));
  const counts = new Map<number, number>();
  for (const [fine, n] of latency.toRecord().buckets) {
    const bucket = Math.floor(Math.log10(Math.max(middleOf(fine), 0.001)) * PER_TEN);
    counts.set(bucket, (counts.get(bucket) ?? 0) + n);
  }
  return [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([bucket, n]) => ({ fromMs: edge(bucket), toMs: edge(bucket + 1), count: n }));
}

/** Adds letters to verdict counts. @returns how many were letters of a verdict. */
function count(counts: Partial<Record<Verdict, number>>, letters: string): number {
  let counted = 0;
  for (const [letter, times] of countLetters(letters)) {
    const verdict = VERDICTS[VERDICT_LETTERS.indexOf(letter)];
    if (!verdict) continue;
    counts[verdict] = (counts[verdict] ?? 0) + times;
    counted += times;
  }
  return counted;
}

function percentiles(latency: Histogram): Percentiles | null {
  if (latency.count === 0) return null;
  return {
    min: latency.min,
    p50: latency.percentile(50),
    p90: latency.percentile(90),
    p95: latency.percentile(95),
    p99: latency.percentile(99),
    max: latency.max,
  };
}
