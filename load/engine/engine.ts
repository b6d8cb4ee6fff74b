/** Runs a k6 script in Node: load, set up, run the scenarios, tear down, judge. */

import { bundleForEngine } from './bundle.ts';
import { ConsoleOutput } from './console-output.ts';
import { type GeneratorHealth, watchGenerator } from './generator-health.ts';
import { callHook, describeFailure, type HookFailure } from './hooks.ts';
import { openTransport } from './http/transport.ts';
import { warmUp } from './http/warm-up.ts';
import {
  judge,
  readThresholds,
  type Threshold,
  type ThresholdVerdict,
} from './metrics/thresholds.ts';
import { type RunPlan, readOptions, vusToPrepare } from './options.ts';
import { Program } from './program.ts';
import { EXIT, type ExitCode, ScriptRefused } from './refusal.ts';
import { Run } from './run.ts';
import { runScenario } from './scenario-runner.ts';
import { messageOf, type ScriptError } from './script-errors.ts';
import { type K6Summary, summaryOf } from './summary.ts';
import { type Progress, startTicking } from './ticker.ts';
import { ENGINE_VERSION } from './version.ts';
import { Interruption, type Vu } from './vu.ts';
import { instantiate, VuPool } from './vu-pool.ts';
import { writeSummary } from './write-summary.ts';

export type { K6Summary, Progress };
export { ENGINE_VERSION };

export interface EngineOptions {
  /** Path of the script's entry, .ts or .js. */
  readonly script: string;
  /** `__ENV`. */
  readonly env?: Readonly<Record<string, string>>;
  /** File for the script's console lines, each the bare message; stderr without it. */
  readonly consoleOutput?: string;
  /** Interrupts: no new iterations, `gracefulStop` for those that run, results kept. */
  readonly signal?: AbortSignal;
  /** Called about twice a second. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface EngineResult {
  /** What k6 would hand to handleSummary. */
  readonly summary: K6Summary;
  readonly thresholds: readonly ThresholdVerdict[];
  readonly iterations: number;
  readonly droppedIterations: number;
  readonly durationMs: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Exceptions, most frequent first. Any of them fails the run, which in k6 it does not. */
  readonly scriptErrors: readonly ScriptError[];
  readonly validity: GeneratorHealth;
  readonly interrupted: boolean;
  /** Why the run was cut short; null when it was not. */
  readonly aborted: string | null;
  /** k6's codes; 107 also for a script error in an iteration, where k6 exits 0. */
  readonly exitCode: ExitCode;
}

/**
 * Runs a script from beginning to end.
 *
 * Rejects with ScriptRefused, which carries k6's exit code, where the script or its options cannot
 * be run at all. Whatever happens later is in the result.
 */
export async function runScript(options: EngineOptions): Promise<EngineResult> {
  const bundle = await bundleForEngine(options.script);
  const console = new ConsoleOutput(options.consoleOutput ?? null);
  const run = new Run({
    program: new Program(bundle),
    entry: bundle.entry,
    env: options.env ?? {},
    console,
    startedAt: Date.now(),
  });
  const onStray = (reason: unknown) => run.errors.add(reason);
  process.on('unhandledRejection', onStray);
  try {
    const loaded = await load(run);
    const pool = new VuPool(run);
    await pool.prepare(vusToPrepare(loaded.plan.scenarios)).catch((error: unknown) => {
      throw initError(run, error);
    });
    await warmUp();
    return await carryOut(run, loaded, pool, options);
  } finally {
    process.off('unhandledRejection', onStray);
    run.files.close();
    await run.closeTransport();
    await console.close();
  }
}

interface Loaded {
  /** Runs setup, teardown and handleSummary. */
  readonly vu0: Vu;
  readonly plan: RunPlan;
  readonly thresholds: readonly Threshold[];
}

/** Everything that can be refused before the first request. */
async function load(run: Run): Promise<Loaded> {
  const vu0 = await instantiate(run, 0).catch((error: unknown) => {
    throw initError(run, error);
  });
  const plan = readOptions(vu0.exports.options, `dialproof/${ENGINE_VERSION} (embedded engine)`);
  for (const { name, exec } of plan.scenarios) {
    if (typeof vu0.exports[exec] !== 'function') {
      throw new ScriptRefused(`function '${exec}' of scenario "${name}" is not exported`);
    }
  }
  const thresholds = readThresholds(plan.thresholds, run.registry);
  run.begin(plan, openTransport(plan.http));
  return { vu0, plan, thresholds };
}

async function carryOut(
  run: Run,
  { vu0, plan, thresholds }: Loaded,
  pool: VuPool,
  { signal, onProgress }: EngineOptions,
): Promise<EngineResult> {
  const failures: HookFailure[] = [];
  const hook = async (...call: Parameters<typeof callHook>): Promise<unknown> => {
    const outcome = await callHook(...call);
    if (outcome.ok) return outcome.value;
    const { failure } = outcome;
    // Cut by the run's own end: that is told as such.
    if (failure.timedOut || !(failure.error instanceof Interruption)) failures.push(failure);
    return undefined;
  };

  const stop = () => run.stop();
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const health = watchGenerator();
  run.startClock();
  const endTicking = startTicking(run, thresholds, onProgress);

  const returned = await hook(vu0, 'setup', plan.setupTimeoutMs);
  const setupData = returned === undefined ? undefined : JSON.stringify(returned);
  if (failures.length === 0) {
    await Promise.all(
      plan.scenarios.map((scenario) => runScenario(run, pool, scenario, setupData, Date.now)),
    );
    await hook(vu0, 'teardown', plan.teardownTimeoutMs, parsed(setupData));
  }

  endTicking();
  const durationMs = run.elapsed();
  const validity = health(run.lateness);
  signal?.removeEventListener('abort', stop);
  const summary = summaryOf(run, thresholds, durationMs, parsed(setupData));
  const files = await hook(vu0, 'handleSummary', plan.handleSummaryTimeoutMs, copyOf(summary));
  await writeSummary(files).catch((error: Error) => {
    failures.push({ hook: 'handleSummary', timedOut: false, error });
  });

  for (const failure of failures) run.errors.add(failure.error);
  const verdicts = thresholds.map((one) => judge(one, durationMs / 1_000));
  const interrupted = signal?.aborted === true;
  const [first] = failures;
  return {
    summary,
    thresholds: verdicts,
    iterations: run.iterationsCompleted,
    droppedIterations: run.iterationsDropped,
    durationMs,
    startedAt: run.startedAt,
    scriptErrors: run.errors.list(),
    validity,
    interrupted,
    aborted: run.aborted?.why ?? (first ? describeFailure(first) : null),
    exitCode: exitCodeOf(run, failures, verdicts, interrupted),
  };
}

/** The first that applies, in k6's order; the script errors that k6 forgives come last. */
function exitCodeOf(
  run: Run,
  failures: readonly HookFailure[],
  verdicts: readonly ThresholdVerdict[],
  interrupted: boolean,
): ExitCode {
  const [failure] = failures;
  if (failure?.timedOut && failure.hook === 'setup') return EXIT.setupTimeout;
  if (failure?.timedOut && failure.hook === 'teardown') return EXIT.teardownTimeout;
  if (failure && failure.hook !== 'handleSummary') return EXIT.scriptException;
  if (run.aborted) return run.aborted.exitCode;
  if (interrupted) return EXIT.interrupted;
  if (verdicts.some(({ ok }) => !ok)) return EXIT.thresholds;
  if (run.markedFailed !== null) return EXIT.markedFailed;
  return run.errors.list().length > 0 ? EXIT.scriptException : EXIT.ok;
}

function initError(run: Run, error: unknown): ScriptRefused {
  const where = run.program.positions.whereThrown(error);
  const message = `${where ? `${where}: ` : ''}${messageOf(error)}`;
  return new ScriptRefused(message, run.aborted?.exitCode ?? EXIT.scriptException);
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}

/** The script may do what it likes with its data. */
function copyOf(summary: K6Summary): K6Summary {
  return JSON.parse(JSON.stringify(summary));
}
