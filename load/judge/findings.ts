/** What a run found out, beside its verdict: a sentence each. */

import type { Quota } from '../../operation/connect/limits.ts';
import { count } from '../../run/figures.ts';
import type { SeriesPoint } from '../../run/run.ts';
import type { Figures } from './figures.ts';

/** Scenarios that try again, and how often each sends a batch where nothing goes wrong. */
const SENDS: Readonly<Record<string, number>> = { 'retry-storm': 1, ambiguous: 2, fault: 2 };

/** @param firsts requests that were the first of their batch. */
export function findingsOf(
  scenario: string,
  { requests, statuses, series }: Pick<Figures, 'requests' | 'statuses' | 'series'>,
  firsts: number,
  quota: Quota,
): string[] {
  const found: string[] = [];
  const { 429: refused = 0, 0: unanswered = 0 } = statuses;
  if (quota) {
    found.push(
      `The endpoint had a quota of ${quota.ratePerSecond} requests a second and a burst of ${quota.burst}.`,
    );
  }
  if (refused > 0) found.push(`${refused} of ${requests} requests were refused with status 429.`);
  if (unanswered > 0) found.push(`${unanswered} of ${requests} requests got no answer.`);
  const sends = SENDS[scenario];
  if (sends !== undefined && firsts > 0) {
    const asked = sends === 1 ? '' : ', each asked for once more when it was known';
    found.push(
      `${count(requests, 'request')} for ${count(firsts, 'batch', 'batches')}${asked}: an amplification of ${(requests / firsts / sends).toFixed(2)}.`,
    );
  }
  if (scenario === 'soak') found.push(...driftOf(series));
  return found;
}

/** The median of the seconds' medians, in the first third and in the last. */
function driftOf(series: readonly SeriesPoint[]): string[] {
  const third = Math.floor(series.length / 3);
  if (third === 0) return [];
  const first = median(series.slice(0, third));
  const last = median(series.slice(-third));
  return [
    `The median response time was ${first.toFixed(2)} ms in the first third and ${last.toFixed(2)} ms in the last.`,
  ];
}

function median(points: readonly SeriesPoint[]): number {
  const sorted = points.map(({ p50 }) => p50).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
