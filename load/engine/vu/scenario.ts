/** The counters of a scenario that runs. `exec.scenario` reads them. */

import { performance } from 'node:perf_hooks';
import type { ScenarioPlan } from '../plan/options.ts';

export class ScenarioState {
  readonly plan: ScenarioPlan;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly #begunAt = performance.now();
  /** Iterations started: the next one's number. */
  started = 0;
  completed = 0;

  constructor(plan: ScenarioPlan, startedAt: number) {
    this.plan = plan;
    this.startedAt = startedAt;
  }

  elapsed(): number {
    return performance.now() - this.#begunAt;
  }

  /** 0..1: of its iterations where their number is planned, else of its time. */
  get progress(): number {
    const { iterations, regularMs } = this.plan.executor;
    const part = iterations === null ? this.elapsed() / regularMs : this.completed / iterations;
    return Math.min(1, part);
  }
}
