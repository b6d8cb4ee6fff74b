/** Reduces a scenario's seconds to as many points as a chart can show: one point per bin of equal length. */

import type { SeriesPoint } from '../../run/run.ts';

export interface Bin {
  /** Seconds since the start of the scenario at which the bin begins. */
  readonly second: number;
  /** Means over the bin. */
  readonly requestsPerSecond: number;
  readonly errorsPerSecond: number;
  /** The worst second of the bin, milliseconds; null where no request finished. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** The most virtual users of a second of the bin; null where that is not known. */
  readonly vus: number | null;
}

export interface Binned {
  readonly secondsPerBin: number;
  readonly bins: readonly Bin[];
}

/**
 * Bins a series into at most `limit` points. Seconds without a point count as seconds without a
 * request. Percentiles cannot be averaged, so a bin shows its worst second.
 */
export function bin(series: readonly SeriesPoint[], limit: number): Binned {
  const last = series.reduce((most, { second }) => Math.max(most, second), -1);
  const secondsPerBin = Math.max(1, Math.ceil((last + 1) / limit));
  const groups: SeriesPoint[][] = Array.from(
    { length: Math.ceil((last + 1) / secondsPerBin) },
    () => [],
  );
  for (const point of series) groups[Math.floor(point.second / secondsPerBin)]?.push(point);
  const bins = groups.map((points, i): Bin => {
    const second = i * secondsPerBin;
    // The last bin may be cut short; a mean over seconds that never were would sag.
    const seconds = Math.min(secondsPerBin, last + 1 - second);
    const answered = points.filter(({ requests }) => requests > 0);
    const worst = (of: 'p50' | 'p95' | 'p99' | 'vus'): number | null => {
      const known = answered.map((point) => point[of]).filter((value) => value !== null);
      return known.length === 0 ? null : Math.max(...known);
    };
    const mean = (of: 'requests' | 'errors'): number =>
      points.reduce((sum, point) => sum + point[of], 0) / seconds;
    return {
      second,
      requestsPerSecond: mean('requests'),
      errorsPerSecond: mean('errors'),
      p50: worst('p50'),
      p95: worst('p95'),
      p99: worst('p99'),
      vus: worst('vus'),
    };
  });
  return { secondsPerBin, bins };
}

/** Counts by name in each bin, the most frequent name first. `of` gives those of a second. */
export function binnedCounts(
  series: readonly SeriesPoint[],
  limit: number,
  of: (point: SeriesPoint) => Readonly<Record<string, number | undefined>>,
): readonly CountsOver[] {
  const last = series.reduce((most, { second }) => Math.max(most, second), -1);
  const secondsPerBin = Math.max(1, Math.ceil((last + 1) / limit));
  const bins = Math.ceil((last + 1) / secondsPerBin);
  const found = new Map<string, number[]>();
  for (const point of series) {
    for (const [name, n = 0] of Object.entries(of(point))) {
      if (n === 0) continue;
      const counts = found.get(name) ?? Array.from({ length: bins }, () => 0);
      const at = Math.floor(point.second / secondsPerBin);
      counts[at] = (counts[at] ?? 0) + n;
      found.set(name, counts);
    }
  }
  return [...found]
    .map(([name, counts]) => ({ name, counts, total: counts.reduce((sum, n) => sum + n, 0) }))
    .toSorted((a, b) => b.total - a.total);
}

export interface CountsOver {
  readonly name: string;
  readonly total: number;
  /** One for each bin. */
  readonly counts: readonly number[];
}
