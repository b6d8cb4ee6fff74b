/** Load figures from a history: the same for either engine, since they come from the same lines. */

import type { Predictions } from '../generators/corpus.ts';
import type { Verdict } from '../operation/decide.ts';
import { VERDICT_LETTERS, VERDICTS } from '../operation/decide.ts';
import { countLetters } from '../operation/outcome.ts';
import type { Percentiles, SeriesPoint } from '../reports/run.ts';
import { Histogram } from './engine/metrics/histogram.ts';
import { type Attempt, lettersSent } from './history-line.ts';

export interface Figures {
  readonly requests: number;
  readonly contacts: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly predicted: Partial<Record<Verdict, number>>;
  readonly answered: Partial<Record<Verdict, number>>;
  /** Null without a sample. Percentiles are within 0.8 % (load/engine/metrics/histogram.ts). */
  readonly latencyMs: Percentiles | null;
  readonly series: readonly SeriesPoint[];
}

/** Takes attempts one by one; `figures` may be asked at any time. */
export class FigureCounter {
  readonly #startedAt: number;
  readonly #predictions: Predictions;
  readonly #latency = new Histogram();
  readonly #seconds = new Map<number, { errors: number; latency: Histogram }>();
  readonly #statuses: Record<string, number> = {};
  readonly #predicted: Partial<Record<Verdict, number>> = {};
  readonly #answered: Partial<Record<Verdict, number>> = {};
  #requests = 0;
  #contacts = 0;

  /** @param startedAt epoch milliseconds of the scenario's start: second 0 of the series. */
  constructor(startedAt: number, predictions: Predictions) {
    this.#startedAt = startedAt;
    this.#predictions = predictions;
  }

  add(attempt: Attempt): void {
    const { status, durationMs, startMs } = attempt;
    this.#requests += 1;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#latency.record(durationMs);
    const second = Math.max(0, Math.floor((startMs + durationMs - this.#startedAt) / 1_000));
    const point = this.#seconds.get(second) ?? { errors: 0, latency: new Histogram() };
    this.#seconds.set(second, point);
    point.latency.record(durationMs);
    if (status !== 200) point.errors += 1;
    count(
      this.#predicted,
      lettersSent(this.#predictions.lettersOf(attempt.record) ?? '', attempt.places),
    );
    if (attempt.letters !== '-') {
      this.#contacts += count(this.#answered, attempt.letters);
    }
  }

  figures(): Figures {
    const seconds = [...this.#seconds.keys()];
    const last = seconds.length === 0 ? -1 : Math.max(...seconds);
    const series = Array.from({ length: last + 1 }, (_, second): SeriesPoint => {
      const point = this.#seconds.get(second);
      return {
        second,
        requests: point?.latency.count ?? 0,
        errors: point?.errors ?? 0,
        p50: point?.latency.percentile(50) ?? 0,
        p99: point?.latency.percentile(99) ?? 0,
      };
    });
    return {
      requests: this.#requests,
      contacts: this.#contacts,
      statuses: this.#statuses,
      predicted: this.#predicted,
      answered: this.#answered,
      latencyMs: percentiles(this.#latency),
      series,
    };
  }
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
