/** The state that all VUs of one run share. It ends with the run, and no other run sees it. */

import { dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import { FailedAnswers } from '../http/failed-answers.ts';
import { HttpMetrics } from '../http/metrics.ts';
import { Pacer } from '../http/pacer.ts';
import type { Transport } from '../http/transport.ts';
import { Histogram } from '../metrics/histogram.ts';
import type { SampleListener } from '../metrics/metric.ts';
import { MetricRegistry } from '../metrics/registry.ts';
import type { RunPlan } from '../plan/plan.ts';
import type { ExitCode } from '../read/refusal.ts';
import type { ConsoleOutput } from '../script/console-output.ts';
import type { Program } from '../script/program.ts';
import { ScriptErrors } from '../script/script-errors.ts';
import { SharedFiles } from '../script/shared-files.ts';
import { Group } from './groups.ts';

export interface RunParts {
  readonly program: Program;
  /** Absolute path of the script. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly console: ConsoleOutput;
  /** Null where single samples are not recorded. */
  readonly samples: SampleListener | null;
}

export interface Abortion {
  readonly why: string;
  readonly exitCode: ExitCode;
}

/** The limit keeps warnings that differ only in a name from filling the memory. */
const MOST_WARNINGS = 20;

export class Run {
  readonly program: Program;
  /** Absolute path of the script. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  readonly console: ConsoleOutput;
  /** When the clock of the run was started, in epoch milliseconds. */
  startedAt = 0;
  #begunAt = performance.now();
  readonly registry: MetricRegistry;
  readonly http: HttpMetrics;
  readonly failedAnswers = new FailedAnswers();
  readonly rootGroup = new Group('', '');
  readonly errors: ScriptErrors;
  readonly files: SharedFiles;
  /** SharedArrays by name. */
  readonly sharedArrays = new Map<string, readonly unknown[]>();
  /** Milliseconds by which arrivals started behind their schedule. */
  readonly lateness = new Histogram();
  iterationsCompleted = 0;
  iterationsInterrupted = 0;
  iterationsDropped = 0;
  vusActive = 0;
  vusInitialised = 0;
  /** Why `exec.test.fail()` marked the run; null when it did not. */
  markedFailed: string | null = null;
  readonly warnings = new Set<string>();
  readonly #stop = new AbortController();
  readonly #abort = new AbortController();
  #plan: RunPlan | null = null;
  #transport: Transport | null = null;
  /** Null if requests are not delayed. */
  pacer: Pacer | null = null;

  constructor({ program, entry, env, console, samples }: RunParts) {
    this.program = program;
    this.entry = entry;
    this.registry = new MetricRegistry(samples);
    this.http = new HttpMetrics(this.registry.builtIn);
    this.env = env;
    this.console = console;
    this.errors = new ScriptErrors(program.positions);
    this.files = new SharedFiles(dirname(entry));
  }

  /** @throws Error in the init context, where the options are not known yet. */
  get plan(): RunPlan {
    if (!this.#plan) throw new Error('the options are not known in the init context');
    return this.#plan;
  }

  /** @throws Error in the init context, where no request can be sent. */
  get transport(): Transport {
    if (!this.#transport) throw new Error('no request can be sent in the init context');
    return this.#transport;
  }

  /** @param rps the most requests a second, even where the script allows more; null for no limit. */
  begin(plan: RunPlan, transport: Transport, rps: number | null): void {
    const most = Math.min(rps ?? Number.POSITIVE_INFINITY, plan.rps ?? Number.POSITIVE_INFINITY);
    this.pacer = Number.isFinite(most) ? new Pacer(most) : null;
    this.#plan = plan;
    this.#transport = transport;
  }

  async closeTransport(): Promise<void> {
    await this.#transport?.close();
  }

  /**
   * Starts the clock of the run. Its VUs are ready.
   *
   * @param now epoch milliseconds.
   */
  startClock(now: number): void {
    this.startedAt = now;
    this.#begunAt = performance.now();
  }

  /** Milliseconds since the clock was started. */
  elapsed(): number {
    return performance.now() - this.#begunAt;
  }

  /** Aborted when no iteration may be started any more. */
  get stopping(): AbortSignal {
    return this.#stop.signal;
  }

  /** Aborted when running iterations must be cut too. */
  get aborting(): AbortSignal {
    return this.#abort.signal;
  }

  /** Why the run was cut short, and the exit code for that; null when it was not. */
  get aborted(): Abortion | null {
    return this.#abort.signal.aborted ? (this.#abort.signal.reason as Abortion) : null;
  }

  /** Records a message that k6 would log as a warning. Each message is recorded once. */
  warn(sentence: string): void {
    if (this.warnings.size < MOST_WARNINGS) this.warnings.add(sentence);
  }

  /** Starts no new iterations. Running iterations have their gracefulStop to end. */
  stop(): void {
    this.#stop.abort();
  }

  /** Ends the run at once. Iterations are cut. Teardown and the summary still run. */
  abort(why: string, exitCode: ExitCode): void {
    this.#abort.abort({ why, exitCode } satisfies Abortion);
    this.#stop.abort();
  }
}
