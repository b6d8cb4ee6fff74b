/** Measures the load of this process, to show whether the endpoint was the limit of a load run. */

import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

/** Figures since the start of the process. The lag is measured since the start of the watch. */
export interface ProcessFigures {
  /** User and system time. */
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly eventLoopActiveSeconds: number;
  readonly eventLoopIdleSeconds: number;
  /** The share of time in which the event loop was active, 0 to 1. */
  readonly eventLoopUtilization: number;
  /** The delay of the event loop in serving a timer. */
  readonly eventLoopLagSeconds: {
    readonly p50: number;
    readonly p99: number;
    readonly max: number;
  };
}

export interface ProcessWatch {
  figures(): ProcessFigures;
  close(): void;
}

/** Milliseconds between two measurements of the event loop. */
const RESOLUTION = 20;

export function watchProcess(): ProcessWatch {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
  delays.enable();
  // The histogram holds the whole time between two measurements, in nanoseconds.
  const lag = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - RESOLUTION / 1000);
  return {
    figures() {
      const { user, system } = process.cpuUsage();
      const { active, idle, utilization } = performance.eventLoopUtilization();
      return {
        cpuSeconds: (user + system) / 1e6,
        residentBytes: process.memoryUsage.rss(),
        eventLoopActiveSeconds: active / 1000,
        eventLoopIdleSeconds: idle / 1000,
        eventLoopUtilization: utilization,
        eventLoopLagSeconds: {
          p50: lag(delays.percentile(50)),
          p99: lag(delays.percentile(99)),
          max: lag(delays.max),
        },
      };
    },
    close() {
      delays.disable();
    },
  };
}
