/** Runs one scenario: start time, executor, graceful stop. */

import { performance } from 'node:perf_hooks';
import type { ScenarioRun } from './executors/executor.ts';
import type { ScenarioPlan } from './plan/plan.ts';
import { LONGEST_TIMER_MS } from './read/duration.ts';
import { turn } from './turn.ts';
import { Interruption } from './vu/open-tasks.ts';
import type { Run } from './vu/run.ts';
import { ScenarioState } from './vu/scenario.ts';
import { runToEnd, type Vu } from './vu/vu.ts';
import type { VuPool } from './vu-pool.ts';

/** @param setupData what setup returned, as JSON; undefined without setup. */
export async function runScenario(
  run: Run,
  pool: VuPool,
  plan: ScenarioPlan,
  setupData: string | undefined,
  now: () => number,
): Promise<void> {
  await wait(plan.startTimeMs, run.stopping);
  const vus = await pool.take(plan.executor.vus, run.stopping);
  if (!vus) return;
  const state = new ScenarioState(plan, now());
  const running = new RunningScenario(run, pool, vus, state, setupData);
  try {
    await plan.executor.run(running);
  } finally {
    running.end();
  }
}

class RunningScenario implements ScenarioRun<Vu> {
  readonly #run: Run;
  readonly #pool: VuPool;
  readonly #state: ScenarioState;
  readonly #setupData: string | undefined;
  /** Its own, and idle. */
  readonly #ready: Vu[];
  readonly #active = new Set<Vu>();
  #ended = false;
  readonly #over = new AbortController();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Iterations were interrupted: one that began now would run on. */
  #cut = false;
  /** What `__ENV` has when a VU begins here. */
  readonly #env: Readonly<Record<string, string>>;
  /** Which of its numbers samples are to have with them. */
  readonly #tells: { readonly vu: boolean; readonly iter: boolean };
  readonly #onStop = () => this.#stopGracefully();
  readonly #onAbort = () => this.#interruptAll();

  constructor(
    run: Run,
    pool: VuPool,
    vus: Vu[],
    state: ScenarioState,
    setupData: string | undefined,
  ) {
    this.#run = run;
    this.#pool = pool;
    this.#ready = vus;
    this.#state = state;
    this.#setupData = setupData;
    this.#env = { ...run.env, ...state.plan.env };
    const { systemTags } = run.plan;
    this.#tells = { vu: systemTags.has('vu'), iter: systemTags.has('iter') };
    run.stopping.addEventListener('abort', this.#onStop, { once: true });
    run.aborting.addEventListener('abort', this.#onAbort, { once: true });
    this.#after(state.plan.executor.regularMs, () => this.#stopGracefully());
  }

  elapsed(): number {
    return this.#state.elapsed();
  }

  ended(): boolean {
    return this.#over.signal.aborted || this.elapsed() >= this.#state.plan.executor.regularMs;
  }

  mayCatchUp(): boolean {
    return !this.#run.stopping.aborted && !this.#cut;
  }

  until(ms: number): Promise<void> {
    return wait(ms - this.elapsed(), this.#over.signal);
  }

  activate(): Vu | null {
    const vu = this.#ready.pop();
    if (!vu) return null;
    const { plan } = this.#state;
    vu.scenario = this.#state;
    vu.iterationInScenario = vu.iterationsIn.get(plan.name) ?? -1;
    vu.group = this.#run.rootGroup;
    vu.tags = this.#tags();
    vu.tagGroup();
    // A deletion would cost each VU a table of its own, and the environment may be long.
    for (const name in vu.env) if (!(name in this.#env)) delete vu.env[name];
    Object.assign(vu.env, this.#env);
    this.#active.add(vu);
    this.#run.vusActive += 1;
    return vu;
  }

  deactivate(vu: Vu): void {
    if (!this.#active.delete(vu)) return;
    this.#run.vusActive -= 1;
    vu.iterationsIn.set(this.#state.plan.name, vu.iterationInScenario);
    vu.scenario = null;
    vu.phase = 'idle';
    this.#ready.push(vu);
  }

  async iterate(vu: Vu): Promise<void> {
    const run = this.#run;
    const state = this.#state;
    const start = performance.now();
    try {
      await this.#runOnce(vu);
    } catch (error) {
      vu.phase = 'idle';
      if (error instanceof Interruption) {
        run.iterationsInterrupted += 1;
        return;
      }
      run.errors.add(error);
    }
    vu.phase = 'idle';
    const { iterations, iteration_duration } = run.registry.builtIn;
    iteration_duration.add(performance.now() - start, vu);
    iterations.add(1, vu);
    run.iterationsCompleted += 1;
    state.completed += 1;
    // Not part of the iteration: it is neither measured nor cut.
    const left = run.plan.minIterationMs - (performance.now() - start);
    if (left > 0) await wait(left, this.#over.signal);
    else if (!vu.yielded) await turn();
  }

  interrupt(vu: Vu): void {
    if (vu.phase === 'iteration') vu.interrupt('the iteration was interrupted');
  }

  async initialise(): Promise<void> {
    try {
      const vu = await this.#pool.make();
      if (this.#ended) this.#pool.giveBack([vu]);
      else this.#ready.push(vu);
    } catch (error) {
      this.#run.errors.add(error);
    }
  }

  drop(count: number): void {
    this.#run.iterationsDropped += count;
    this.#run.registry.builtIn.dropped_iterations.add(count, { tags: this.#tags() });
  }

  late(ms: number): void {
    this.#run.lateness.record(ms);
  }

  end(): void {
    this.#ended = true;
    this.#over.abort();
    this.#pool.giveBack(this.#ready.splice(0));
    for (const timer of this.#timers) clearTimeout(timer);
    this.#run.stopping.removeEventListener('abort', this.#onStop);
    this.#run.aborting.removeEventListener('abort', this.#onAbort);
  }

  #runOnce(vu: Vu): Promise<unknown> {
    const state = this.#state;
    const exec = vu.exports[state.plan.exec] as (data: unknown) => unknown;
    vu.renew('iteration');
    vu.iteration += 1;
    vu.iterationInScenario += 1;
    vu.iterationInInstance = state.started;
    vu.iterationInTest = state.plan.executor.numbers.nth(state.started);
    state.started += 1;
    if (this.#tells.vu) vu.metadata.vu = String(vu.id);
    if (this.#tells.iter) vu.metadata.iter = String(vu.iteration);
    if (!vu.hasSetupData) {
      vu.setupData = this.#setupData === undefined ? undefined : JSON.parse(this.#setupData);
      vu.hasSetupData = true;
    }
    return runToEnd(vu, () => exec(vu.setupData));
  }

  /** No new iterations; those that run have `gracefulStop` to end. */
  #stopGracefully(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.#after(this.#state.plan.gracefulStopMs, () => this.#interruptAll());
  }

  #interruptAll(): void {
    this.#cut = true;
    this.#over.abort();
    for (const vu of this.#active) this.interrupt(vu);
  }

  #after(ms: number, then: () => void): void {
    this.#timers.push(setTimeout(then, Math.min(ms, LONGEST_TIMER_MS)));
  }

  #tags(): Record<string, string> {
    const { plan } = this.#state;
    const { tags, systemTags } = this.#run.plan;
    return {
      ...tags,
      ...(systemTags.has('scenario') ? { scenario: plan.name } : {}),
      ...plan.tags,
    };
  }
}

/** Waits `ms`, or less when `signal` is aborted. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted || ms <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, Math.min(ms, LONGEST_TIMER_MS));
    signal.addEventListener('abort', done, { once: true });
  });
}
