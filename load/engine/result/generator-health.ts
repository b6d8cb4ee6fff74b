/** Measures the load generator itself. The figures of an overloaded generator are not those of the endpoint. */

import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Histogram } from '../metrics/histogram.ts';

export interface GeneratorHealth {
  /** Actual minus scheduled start of arrivals, 99th percentile, milliseconds; null without arrivals. */
  readonly latenessP99Ms: number | null;
  /** Delay of the event loop without the sampling interval, 99th percentile, milliseconds. */
  readonly eventLoopDelayP99Ms: number;
  /** Cores used by this process, on average. */
  readonly cpu: number;
  /** Share of the time in which its event loop did not wait, 0 to 1. */
  readonly utilization: number;
}

/** The monitor counts its own interval as delay. */
const RESOLUTION_MS = 10;

export interface HealthWatch {
  /** How it has fared so far, or until the end. @param lateness of the arrivals. */
  read(lateness: Histogram): GeneratorHealth;
  end(): void;
}

/** Starts watching. */
export function watchGenerator(): HealthWatch {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const before = process.cpuUsage();
  const start = performance.now();
  const loop = performance.eventLoopUtilization();
  const now = () => {
    const { user, system } = process.cpuUsage(before);
    const elapsedMs = performance.now() - start;
    // Without a single sample the percentile is 0 or NaN.
    const p99 = delay.percentile(99) / 1e6 || 0;
    return {
      eventLoopDelayP99Ms: Math.max(0, p99 - RESOLUTION_MS),
      cpu: (user + system) / 1_000 / elapsedMs,
      utilization: performance.eventLoopUtilization(loop).utilization,
    };
  };
  let ended: ReturnType<typeof now> | null = null;
  return {
    read: (lateness) => ({
      latenessP99Ms: lateness.count === 0 ? null : lateness.percentile(99),
      ...(ended ?? now()),
    }),
    end() {
      delay.disable();
      ended = now();
    },
  };
}
