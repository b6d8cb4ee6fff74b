/** The data of a run so far, as the live page shows it. */

import type { EngineProgress } from '../../load/engines/engine.ts';
import type { LoadResult } from '../../run/run.ts';
import { withMoment } from './moments.ts';

/** A moment of a scenario; values of time are milliseconds. */
export interface Moment {
  readonly second: number;
  readonly requestsPerSecond: number;
  readonly failedPerSecond: number;
  /** Null where the scenario does not aim at a rate. */
  readonly aimPerSecond: number | null;
  /** Null where no answer came. */
  readonly p50: number | null;
  readonly p99: number | null;
  readonly vus: number | null;
}

const NOTHING: EngineProgress = { elapsedMs: 0, iterations: 0, requests: 0 };

export class WatchedScenario {
  readonly name: string;
  moments: readonly Moment[] = [];
  latest: EngineProgress | null = null;
  /** Null while it runs. */
  result: LoadResult | null = null;
  /** Milliseconds that its runs before this one took: a search for the breakpoint has several. */
  #beforeMs = 0;

  constructor(name: string) {
    this.name = name;
  }

  take(now: EngineProgress): void {
    const latest = this.latest ?? NOTHING;
    const anew = now.elapsedMs < latest.elapsedMs;
    if (anew) this.#beforeMs += latest.elapsedMs;
    const before = anew ? NOTHING : latest;
    const seconds = (now.elapsedMs - before.elapsedMs) / 1_000;
    this.latest = now;
    if (seconds <= 0) return;
    const { target, recent, vus } = now;
    const moment: Moment = {
      second: (this.#beforeMs + now.elapsedMs) / 1_000,
      requestsPerSecond: (now.requests - before.requests) / seconds,
      failedPerSecond: ((now.failed ?? 0) - (before.failed ?? 0)) / seconds,
      aimPerSecond: target?.unit === 'iterations/s' ? target.value : null,
      p50: recent?.p50Ms ?? null,
      p99: recent?.p99Ms ?? null,
      vus: vus ?? null,
    };
    this.moments = withMoment(this.moments, moment, together);
  }
}

/** The mean of rates, the worse of response times. */
function together(a: Moment, b: Moment): Moment {
  const worse = (of: 'p50' | 'p99') =>
    a[of] === null || b[of] === null ? (a[of] ?? b[of]) : Math.max(a[of], b[of]);
  return {
    ...b,
    requestsPerSecond: (a.requestsPerSecond + b.requestsPerSecond) / 2,
    failedPerSecond: (a.failedPerSecond + b.failedPerSecond) / 2,
    p50: worse('p50'),
    p99: worse('p99'),
  };
}
