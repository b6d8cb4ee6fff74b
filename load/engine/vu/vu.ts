/** A virtual user: one instance of the script, and what it is doing. */

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
  /** 1, 2, ... in this instance; 0 runs setup, teardown and handleSummary. */
  readonly id: number;
  readonly run: Run;
  /** `__ENV`: changes with the scenario. */
  readonly env: Record<string, string>;
  exports: ScriptExports = {};
  phase: Phase = 'init';
  /** `__ITER`: iterations before this one, over all scenarios. */
  iteration = -1;
  iterationInScenario = -1;
  /** The same of the scenarios that it has left, by name: it may come back. */
  readonly iterationsIn = new Map<string, number>();
  /** Number of this iteration within its scenario: among all instances' and among this one's. */
  iterationInTest = -1;
  iterationInInstance = -1;
  scenario: ScenarioState | null = null;
  /** Tags that every sample of this VU bears. */
  tags: Record<string, string> = {};
  metadata: Record<string, unknown> = {};
  group: Group;
  /** Its own copy of what setup returned. */
  setupData: unknown;
  hasSetupData = false;
  /** Cookies that answers have set; null until they are first needed. */
  cookies: CookieJar | null = null;
  readonly random = new SeededRandom();
  readonly timers: Timers = timersOf(this);
  readonly unawaited: Unawaited = new Set();
  readonly blocking: Blocking = new Blocking(this);
  /** The error that a timer threw, where no code of the script can catch it. */
  stray: { readonly error: unknown } | null = null;
  interruption: Interruption | null = null;
  /** This iteration has waited for something, so that other VUs had their turn. */
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

  /** 1, 2, ...: no two VUs of a run have the same, whatever instances they are in. */
  get idInTest(): number {
    return this.id === 0 ? 0 : this.run.plan.segment.nth(this.id - 1) + 1;
  }

  /** Lets samples bear the group that it is in. */
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
    // What waited for the task has its turn first: it may open another one.
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

  /** Resolves once nothing that the script began is open. */
  settled(): Promise<void> {
    if (this.#open.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#settled = resolve;
    });
  }

  /**
   * Cuts what it is doing, for good: calls that are under way never come back to the script, so that
   * nothing of it goes on and nothing can catch that; what it still does in this turn has no effect.
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
    // Once this turn is over nothing is left that could go on: the VU is free.
    if (tell) setImmediate(() => tell(interruption));
  }

  /** @param tell called once, in a later turn, when what it is doing is cut. */
  whenCut(tell: (interruption: Interruption) => void): void {
    this.#whenCut = tell;
  }

  /** Forgets the iteration before, whatever became of it. */
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
 * Runs one call of the script to its very end: the function, what it left open, and the calls that it forgot
 * to await.
 *
 * Rejects with the first error, and with an Interruption as soon as it is cut.
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
