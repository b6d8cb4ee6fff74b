/** Computes the findings of a run that do not affect its verdict. */

import type { Quota } from '../../operation/connect/limits.ts';
import type { SeriesPoint } from '../../run/run.ts';
import type { Finding } from '../../run/statements/load.ts';
import type { ScenarioRow } from '../lib/profiles.ts';
import type { Figures } from './figures.ts';

/**
 * @param row the row of the scenario; null for a user's script.
 * @param firsts requests that were the first of their batch.
 */
export function findingsOf(
  row: Pick<ScenarioRow, 'sends' | 'isLong'> | null,
  { requests, statuses, series }: Pick<Figures, 'requests' | 'statuses' | 'series'>,
  firsts: number,
  quota: Quota,
): Finding[] {
  const found: Finding[] = [];
  const { 429: refused = 0, 0: unanswered = 0 } = statuses;
  if (quota) {
    const { ratePerSecond, burst } = quota;
    found.push({ kind: 'quota', ratePerSecond, burst });
  }
  if (refused > 0) found.push({ kind: 'throttled', refused, of: requests });
  if (unanswered > 0) found.push({ kind: 'unanswered', unanswered, of: requests });
  if (row?.sends !== undefined && firsts > 0) {
    found.push({ kind: 'amplification', requests, batches: firsts, sends: row.sends });
  }
  if (row?.isLong) found.push(...driftOf(series));
  return found;
}

/** The median of the seconds' medians, in the first third and in the last. */
function driftOf(series: readonly SeriesPoint[]): Finding[] {
  const third = Math.floor(series.length / 3);
  if (third === 0) return [];
  const firstMs = median(series.slice(0, third));
  const lastMs = median(series.slice(-third));
  return [{ kind: 'latency drift', firstMs, lastMs }];
}

function median(points: readonly SeriesPoint[]): number {
  const sorted = points.map(({ p50 }) => p50).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
