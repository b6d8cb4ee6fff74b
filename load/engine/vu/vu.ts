/** A virtual user: one instance of the script, and its current state. */

import { CookieJar } from '../http/cookies.ts';
import type { ScriptExports } from '../script/script.ts';
import { Blocking } from './blocking.ts';
import type { Group } from './groups.ts';
import { Interruption, type OpenTask, type TaskHolder } from './open-tasks.ts';
import { forgotten, type Unawaited } from './pending.ts';
import { SeededRandom } from './random.ts';
import type { Run } from './run.ts';
import type { ScenarioState } from './scenario.ts';
import { type Timers, timersOf } from './timers.ts';

export type Phase = 'init' | 'setup' | 'iteration' | 'teardown' | 'summary' | 'idle';

export class Vu implements TaskHolder {
  /** Number of the VU in this instance, from 1. VU 0 runs setup, teardown and handleSummary. */
  readonly id: number;
  readonly run: Run;
  /** `__ENV`. It changes with the scenario. */
  readonly env: Record<string, string>;
  exports: ScriptExports = {};
  phase: Phase = 'init';
  /** `__ITER`: number of iterations before this one, over all scenarios. */
  iteration = -1;
  iterationInScenario = -1;
  /** `iterationInScenario` of the scenarios that the VU has left, by name. The VU may return to them. */
  readonly iterationsIn = new Map<string, number>();
  /** Number of this iteration within its scenario, over all instances. `iterationInInstance` counts this instance only. */
  iterationInTest = -1;
  iterationInInstance = -1;
  scenario: ScenarioState | null = null;
  /** Tags of every sample of this VU. */
  tags: Record<string, string> = {};
  metadata: Record<string, unknown> = {};
  group: Group;
  /** This VU's copy of the value that setup returned. */
  setupData: unknown;
  hasSetupData = false;
  /** Cookies that answers have set; null until they are first needed. */
  cookies: CookieJar | null = null;
  readonly random = new SeededRandom();
  readonly timers: Timers = timersOf(this);
  readonly unawaited: Unawaited = new Set();
  readonly blocking: Blocking = new Blocking(this);
  /** The first error that a timer's callback threw. No code of the script can catch it. */
  stray: { readonly error: unknown } | null = null;
  interruption: Interruption | null = null;
  /** Whether this iteration has begun a task. If so, other VUs get their turn. */
  yielded = false;
  readonly #open = new Set<OpenTask>();
  #settled: (() => void) | null = null;
  #whenCut: ((interruption: Interruption) => void) | null = null;

  constructor(id: number, run: Run) {
    this.id = id;
    this.run = run;
    this.env = { ...run.env };
    this.group = run.rootGroup;
  }

  /** Number of the VU from 1, unique over all instances of the run; 0 for VU 0. */
  get idInTest(): number {
    return this.id === 0 ? 0 : this.run.plan.segment.nth(this.id - 1) + 1;
  }

  /** Adds the current group to the tags of the samples. */
  tagGroup(): void {
    if (this.run.plan.systemTags.has('group')) this.tags.group = this.group.path;
  }

  /**
   * Guards a call that k6 allows only while a VU is running.
   *
   * @throws Error in the init context; Interruption once the iteration is cut.
   */
  enter(call: string): void {
    if (this.interruption) throw this.interruption;
    if (this.phase === 'init' || this.phase === 'idle') {
      throw new Error(
        `${call} was called in the init context: it is allowed in setup, iterations and teardown only`,
      );
    }
  }

  cookieJar(): CookieJar {
    this.cookies ??= new CookieJar();
    return this.cookies;
  }

  begin(task: OpenTask): void {
    this.yielded = true;
    this.#open.add(task);
  }

  end(task: OpenTask): void {
    this.#open.delete(task);
    // The code that waited for the task runs first, because it may open another task.
    if (this.#settled && this.#open.size === 0) setImmediate(() => this.#settle());
  }

  #settle(): void {
    if (this.#open.size > 0) return;
    this.#settled?.();
    this.#settled = null;
  }

  get hasOpenTasks(): boolean {
    return this.#open.size > 0;
  }

  /** Resolves when the script has no open task. */
  settled(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#settled = resolve;
    });
  }

  /**
   * Cuts the iteration. Calls that are under way never return to the script, so the script cannot continue and
   * cannot catch the interruption. Calls that it still makes in this turn have no effect.
   */
  interrupt(why: string): void {
    if (this.interruption) return;
    const interruption = new Interruption(why);
    this.interruption = interruption;
    for (const task of this.#open) task.cancel();
    this.#open.clear();
    this.#settled = null;
    this.blocking.forget();
    const tell = this.#whenCut;
    this.#whenCut = null;
    // After this turn no code of the iteration can continue, so the VU is free.
    if (tell) setImmediate(() => tell(interruption));
  }

  /** @param tell called once, in a later turn, if the iteration is cut. */
  whenCut(tell: (interruption: Interruption) => void): void {
    this.#whenCut = tell;
  }

  /** Resets the state of the previous iteration. */
  renew(phase: Phase): void {
    this.phase = phase;
    this.group = this.run.rootGroup;
    this.stray = null;
    this.yielded = false;
    this.interruption = null;
    this.unawaited.clear();
    if (this.cookies && !this.run.plan.http.noCookiesReset) this.cookies = null;
  }
}

/**
 * Runs one function of the script, and waits until its open tasks are over. A call that the function did not
 * await is an error.
 *
 * Rejects with the first error, or with an Interruption as soon as the VU is cut.
 */
export function runToEnd(vu: Vu, body: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    vu.whenCut(reject);
    toEnd(vu, body).then(resolve, reject);
  });
}

async function toEnd(vu: Vu, body: () => unknown): Promise<unknown> {
  let result: unknown;
  let failure: { readonly error: unknown } | null = null;
  try {
    result = await body();
  } catch (error) {
    failure = { error };
  }
  if (vu.hasOpenTasks) await vu.settled();
  failure ??= unawaited(vu) ?? vu.stray;
  if (vu.interruption) throw vu.interruption;
  if (failure) throw failure.error;
  return result;
}

function unawaited(vu: Vu): { error: Error } | null {
  const [first] = vu.unawaited;
  if (!first) return null;
  const others = vu.unawaited.size > 1 ? ` (and ${vu.unawaited.size - 1} more)` : '';
  return { error: new Error(forgotten(first, others)) };
}
