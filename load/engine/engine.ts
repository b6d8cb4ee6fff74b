/** Runs a k6 script in Node: load, set up, run the scenarios, tear down, judge. */

import { bundleForEngine } from './bundle/bundle.ts';
import { openTransport } from './http/transport.ts';
import { warmUp } from './http/warm-up.ts';
import { SampleLog } from './metrics/sample-log.ts';
import { readThresholds, type Threshold } from './metrics/thresholds.ts';
import { readOptions } from './plan/options.ts';
import { limitsOf, type RunPlan, vusToPrepare } from './plan/plan.ts';
import { EXIT, ScriptRefused } from './read/refusal.ts';
import type { SegmentText } from './read/segment.ts';
import { watchGenerator } from './result/generator-health.ts';
import { type EngineResult, mergeOutcomes } from './result/merge.ts';
import { type InstanceOutcome, type Snapshot, snapshotOf } from './result/outcome.ts';
import type { K6Summary } from './result/summary.ts';
import { writeSummary } from './result/write-summary.ts';
import { runScenario } from './scenario-runner.ts';
import { ConsoleOutput } from './script/console-output.ts';
import { Program } from './script/program.ts';
import { messageOf } from './script/script-errors.ts';
import { type Aim, type Percentiles, type Progress, startTicking } from './ticker.ts';
import { turn } from './turn.ts';
import { ENGINE_VERSION } from './version.ts';
import { callHook, describeFailure, type Hook, type HookFailure } from './vu/hooks.ts';
import { Interruption } from './vu/open-tasks.ts';
import { type Abortion, Run } from './vu/run.ts';
import type { Vu } from './vu/vu.ts';
import { instantiate, VuPool } from './vu-pool.ts';

export type { Aim, EngineResult, InstanceOutcome, K6Summary, Percentiles, Progress, Snapshot };
export { ENGINE_VERSION };

export interface EngineOptions {
  /** Path of the script's entry, .ts or .js. */
  readonly script: string;
  /** `__ENV`; options in it (`K6_VUS`, …) count before the script's. */
  readonly env?: Readonly<Record<string, string>>;
  /** File for the script's console lines, each the bare message; stderr without it. */
  readonly consoleOutput?: string;
  /** File to which every sample is appended as a line. */
  readonly samples?: string;
  /** The part of the run that this instance runs. The default is the script's option, or else the whole run. */
  readonly segment?: SegmentText;
  /** The most requests that this instance begins in a second, even where the script asks for more. */
  readonly rps?: number;
  /** Whether requests to other machines are refused. */
  readonly loopbackOnly?: boolean;
  /** Awaited when the VUs are ready, before anything is sent: instances start together. */
  readonly ready?: () => Promise<void>;
  /** Interrupts: no new iterations, `gracefulStop` for those that run, results kept. */
  readonly signal?: AbortSignal;
  /** Awaited before each part of the run that the script may not hold up for longer than a limit. */
  readonly onPhase?: (phase: Phase) => Promise<void>;
  /** Called about twice a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called at the start, about twice a second and at the end, with everything that was measured so far. */
  readonly onSnapshot?: (snapshot: Snapshot) => void;
  /**
   * Thresholds that abort are not judged here, but by whoever merges the instances' snapshots, and says so
   * by `aborting`.
   */
  readonly judgedElsewhere?: boolean;
  /** Ends the run as `exec.test.abort()` does; its reason is an Abortion. */
  readonly aborting?: AbortSignal;
}

/** A part of a run that the script could hold up. */
export interface Phase {
  readonly name: 'start' | 'init' | Hook | 'scenarios' | 'end';
  /** Milliseconds after which the engine ends it, where the script gives way; null where the script sets no limit. */
  readonly limitMs: number | null;
  /** The same after an interruption, where that hurries it. */
  readonly stoppedMs?: number;
}

/**
 * Runs a script from beginning to end.
 *
 * Rejects with ScriptRefused, which carries k6's exit code, where the script or its options cannot
 * be run at all. Whatever happens later is in the result.
 */
export async function runK6Script(options: EngineOptions): Promise<EngineResult> {
  return mergeOutcomes([await runInstance(options)]);
}

/** Like runK6Script, for one of several instances. The caller merges the outcomes. */
export async function runInstance(options: EngineOptions): Promise<InstanceOutcome> {
  await options.onPhase?.({ name: 'init', limitMs: null });
  const bundle = await bundleForEngine(options.script);
  const console = new ConsoleOutput(options.consoleOutput ?? null);
  const samples = options.samples === undefined ? null : new SampleLog(options.samples);
  const run = new Run({
    program: new Program(bundle),
    entry: bundle.entry,
    env: options.env ?? {},
    console,
    samples,
  });
  const onStray = (reason: unknown) => {
    // A promise that was left open when its iteration was cut. It is not an error of the script.
    if (!(reason instanceof Interruption)) run.errors.add(reason);
  };
  process.on('unhandledRejection', onStray);
  try {
    const loaded = await load(run, options);
    if (samples) samples.thresholds = expressionsOf(loaded.thresholds);
    const pool = new VuPool(run);
    for (let left = vusToPrepare(loaded.plan.scenarios); left > 0; left -= 1) {
      await options.onPhase?.({ name: 'init', limitMs: null });
      await pool.prepare(1).catch((error: unknown) => {
        throw initError(run, error);
      });
    }
    await warmUp();
    if (options.onSnapshot) warmUpSnapshots(run, loaded.thresholds);
    await options.ready?.();
    return await carryOut(run, loaded, pool, options);
  } finally {
    // Node reports an unhandled rejection at the end of a turn.
    await turn();
    process.off('unhandledRejection', onStray);
    run.files.close();
    await run.closeTransport();
    await console.close();
    await samples?.close();
  }
}

/** Makes a snapshot before the clock starts and discards it, because the first one costs the most. */
function warmUpSnapshots(run: Run, thresholds: readonly Threshold[]): void {
  const health = watchGenerator();
  JSON.stringify(snapshotOf(run, thresholds, 0, health));
  health.end();
}

interface Loaded {
  /** Runs setup, teardown and handleSummary. */
  readonly vu0: Vu;
  readonly plan: RunPlan;
  readonly thresholds: readonly Threshold[];
}

/** Everything that can be refused before the first request. */
async function load(
  run: Run,
  { segment, rps, loopbackOnly = false, env }: EngineOptions,
): Promise<Loaded> {
  const vu0 = await instantiate(run, 0).catch((error: unknown) => {
    throw initError(run, error);
  });
  const agent = `dialproof/${ENGINE_VERSION} (embedded engine)`;
  const plan = readOptions(vu0.exports.options, agent, segment, env);
  for (const warning of plan.warnings) run.warn(warning);
  if (segment && vu0.exports.handleSummary) {
    throw new ScriptRefused(
      'handleSummary() would be called once for every segment, with its figures alone: leave it out where a run is divided',
    );
  }
  for (const { name, exec } of plan.scenarios) {
    if (typeof vu0.exports[exec] !== 'function') {
      throw new ScriptRefused(`function '${exec}' of scenario "${name}" is not exported`);
    }
  }
  const thresholds = readThresholds(plan.thresholds, run.registry);
  run.begin(plan, openTransport({ ...plan.http, loopbackOnly }), rps ?? null);
  return { vu0, plan, thresholds };
}

async function carryOut(
  run: Run,
  { vu0, plan, thresholds }: Loaded,
  pool: VuPool,
  { signal, aborting, onPhase, ...watching }: EngineOptions,
): Promise<InstanceOutcome> {
  const failures: HookFailure[] = [];
  const hook = async (...call: Parameters<typeof callHook>): Promise<unknown> => {
    const [, name, limitMs] = call;
    if (typeof vu0.exports[name] === 'function') await begin({ name, limitMs });
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
  const abort = () => {
    if (!aborting) return;
    const { why, exitCode } = aborting.reason as Abortion;
    run.abort(why, exitCode);
  };
  aborting?.addEventListener('abort', abort, { once: true });
  if (aborting?.aborted) abort();
  const health = watchGenerator();
  run.startClock(Date.now());
  const ticking = startTicking(run, thresholds, health, watching);

  /** What was measured is told before: it is what is left if the script never comes back. */
  const begin = async (phase: Phase): Promise<void> => {
    if (phase.name !== 'handleSummary') ticking.snap();
    await onPhase?.(phase);
  };

  const returned = plan.noSetup ? undefined : await hook(vu0, 'setup', plan.setupTimeoutMs);
  const setupData = returned === undefined ? undefined : JSON.stringify(returned);
  if (failures.length === 0) {
    await begin({ name: 'scenarios', ...limitsOf(plan.scenarios) });
    await Promise.all(
      plan.scenarios.map((scenario) => runScenario(run, pool, scenario, setupData, Date.now)),
    );
    if (!plan.noTeardown) await hook(vu0, 'teardown', plan.teardownTimeoutMs, parsed(setupData));
  }
  // Node reports the last unhandled rejections now.
  await turn();

  const durationMs = ticking.end();
  health.end();
  ticking.snap();
  signal?.removeEventListener('abort', stop);
  aborting?.removeEventListener('abort', abort);
  const outcome = (): InstanceOutcome => ({
    ...snapshotOf(run, thresholds, durationMs, health),
    interrupted: signal?.aborted === true,
    failures: failures.map((failure) => ({
      hook: failure.hook,
      timedOut: failure.timedOut,
      why: describeFailure(failure),
    })),
    setupData: setupData ?? null,
  });
  if (vu0.exports.handleSummary) {
    const { summary } = mergeOutcomes([outcome()]);
    const files = await hook(vu0, 'handleSummary', plan.handleSummaryTimeoutMs, summary);
    await writeSummary(files).catch((error: Error) => {
      failures.push({ hook: 'handleSummary', timedOut: false, error });
    });
  }
  await turn();
  for (const failure of failures) run.errors.add(failure.error);
  await onPhase?.({ name: 'end', limitMs: null });
  return outcome();
}

function expressionsOf(thresholds: readonly Threshold[]): Map<string, string[]> {
  const by = new Map<string, string[]>();
  for (const { metric, expression } of thresholds) {
    by.set(metric, [...(by.get(metric) ?? []), expression]);
  }
  return by;
}

function initError(run: Run, error: unknown): ScriptRefused {
  const where = run.program.positions.whereThrown(error);
  const message = `${where ? `${where}: ` : ''}${messageOf(error)}`;
  return new ScriptRefused(message, run.aborted?.exitCode ?? EXIT.scriptException);
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}
