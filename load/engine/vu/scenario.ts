/** The counters of a running scenario. `exec.scenario` reads them. */

import { performance } from 'node:perf_hooks';
import type { ScenarioPlan } from '../plan/plan.ts';

export class ScenarioState {
  readonly plan: ScenarioPlan;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly #begunAt = performance.now();
  /** Number of started iterations. It is also the number of the next iteration. */
  started = 0;
  completed = 0;

  constructor(plan: ScenarioPlan, startedAt: number) {
    this.plan = plan;
    this.startedAt = startedAt;
  }

  elapsed(): number {
    return performance.now() - this.#begunAt;
  }

  /** Progress from 0 to 1: the share of the planned iterations, or of the time if their number is not planned. */
  get progress(): number {
    const { iterations, regularMs } = this.plan.executor;
    const part = iterations === null ? this.elapsed() / regularMs : this.completed / iterations;
    return Math.min(1, part);
  }
}
