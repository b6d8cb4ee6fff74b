/** When iterations are due: absolute schedules, so that one late start never delays the next. Pure. */

import type { Stage } from './stages.ts';

/**
 * `rate` iterations every `timeUnitMs`, evenly, the first at 0.
 *
 * @returns milliseconds after the start, each before `durationMs`.
 */
export function* constantArrivals(
  rate: number,
  timeUnitMs: number,
  durationMs: number,
): Generator<number, void> {
  for (let k = 0; ; k += 1) {
    const dueMs = (k * timeUnitMs) / rate;
    if (dueMs >= durationMs) return;
    yield dueMs;
  }
}

/**
 * A rate that changes in straight lines: iteration k is due when the area under the rate reaches k.
 *
 * @returns milliseconds after the start. It ends with the last stage.
 */
export function* rampingArrivals(
  startRate: number,
  timeUnitMs: number,
  stages: readonly Stage[],
): Generator<number, void> {
  let from = startRate / timeUnitMs;
  let beginMs = 0;
  let before = 0;
  let k = 1;
  for (const stage of stages) {
    const to = stage.target / timeUnitMs;
    const { durationMs } = stage;
    const after = before + (durationMs * (from + to)) / 2;
    // A whisker of tolerance, for areas such as 9.999999999999998.
    for (; k <= after + 1e-9; k += 1) {
      yield beginMs + Math.min(durationMs, timeToArea(from, to, durationMs, k - before));
    }
    before = after;
    beginMs += durationMs;
    from = to;
  }
}

/** Solves from*t + (to-from)*t²/(2*duration) = area for t, in the form that is stable near to = from. */
function timeToArea(from: number, to: number, durationMs: number, area: number): number {
  const slope = (to - from) / durationMs;
  const root = Math.sqrt(Math.max(0, from * from + 2 * slope * area));
  return (2 * area) / (from + root);
}
