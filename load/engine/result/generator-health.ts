/** How the load generator itself fared: an overloaded one measures itself. */

import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Histogram } from '../metrics/histogram.ts';

export interface GeneratorHealth {
  /** Milliseconds behind their schedule at which 99 % of the arrivals had started; null without arrivals. */
  readonly latenessP99Ms: number | null;
  /** Milliseconds by which the event loop was held up, p99, its sampling interval taken off. */
  readonly eventLoopDelayP99Ms: number;
  /** Cores used by this process, on average. */
  readonly cpu: number;
  /** Share of the time in which its event loop did not wait, 0 to 1. */
  readonly utilization: number;
}

/** The monitor counts its own interval as delay. */
const RESOLUTION_MS = 10;

/** Starts watching; the function returned stops and tells. */
export function watchGenerator(): (lateness: Histogram) => GeneratorHealth {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  const loop = performance.eventLoopUtilization();
  return (lateness) => {
    delay.disable();
    const { user, system } = process.cpuUsage(before);
    const elapsedMs = performance.now() - start;
    // Without a single sample the percentile is 0 or NaN.
    const p99 = delay.percentile(99) / 1e6 || 0;
    return {
      latenessP99Ms: lateness.count === 0 ? null : lateness.percentile(99),
      eventLoopDelayP99Ms: Math.max(0, p99 - RESOLUTION_MS),
      cpu: (user + system) / 1_000 / elapsedMs,
      utilization: performance.eventLoopUtilization(loop).utilization,
    };
  };
}
