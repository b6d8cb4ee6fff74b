/** Runs the user's own k6 as an engine and reads its summary. k6 is never downloaded. */

import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadFault } from '../../run/statements/load.ts';
import { UnavailableError } from '../../system/errors.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { isKeptByAll, readExpression } from '../engine/metrics/expression.ts';
import type { K6Summary } from '../engine/result/summary.ts';
import { appendFiles } from '../history/append-files.ts';
import { k6Outputs, type OutputChoices } from '../outputs/choices.ts';
import {
  checksOf,
  cutOf,
  type Engine,
  type EngineOutcome,
  type EngineRun,
  type MeasuredThreshold,
  STARTED_METRIC,
} from './engine.ts';
import { K6Exceptions } from './k6-exceptions.ts';

/** The oldest k6 whose behaviour the scripts and this driver follow. */
const OLDEST = [2, 2, 0] as const;

/** k6 can hang on a script it cannot parse, so a run that takes this much longer is ended. */
const GRACE_MS = 120_000;

const SUMMARY = 'DIALPROOF_SUMMARY';

/** All addresses but 127.0.0.0/8 and those that begin as ::1 does. */
const NOT_LOOPBACK = [
  '0.0.0.0/2',
  '64.0.0.0/3',
  '96.0.0.0/4',
  '112.0.0.0/5',
  '120.0.0.0/6',
  '124.0.0.0/7',
  '126.0.0.0/8',
  '128.0.0.0/1',
  ...Array.from({ length: 16 }, (_, i) => `${(2 ** i).toString(16)}::/${16 - i}`),
];

/**
 * Looks for k6 and reads its version.
 *
 * @param command file name or path; looked up on PATH when it is a bare name.
 * @param outputs the outputs to which k6 itself sends its metrics.
 */
export async function findK6(command = 'k6', outputs: OutputChoices = {}): Promise<Engine> {
  const version = await k6Version(command);
  return { name: 'k6', version, run: (run) => runK6(command, run, outputs) };
}

async function k6Version(command: string): Promise<string> {
  const told = 'install k6 2.2.0 or later and put it on PATH, or name it with --k6 FILE';
  let stdout: string;
  try {
    ({ stdout } = await promisify(execFile)(command, ['version'], { timeout: 10_000 }));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UnavailableError(
      missing
        ? `--engine k6: there is no "${command}" on this machine; ${told}`
        : `--engine k6: "${command} version" failed; ${told}`,
    );
  }
  const found = /v(\d+)\.(\d+)\.(\d+)/.exec(stdout);
  if (!found) {
    throw new UnavailableError(`--engine k6: "${command}" does not say a k6 version; ${told}`);
  }
  const parts = found.slice(1).map(Number);
  const older = OLDEST.findIndex((least, i) => parts[i] !== least);
  if (older >= 0 && (parts[older] ?? 0) < (OLDEST[older] ?? 0)) {
    throw new UnavailableError(`--engine k6: "${command}" is ${found[0]}, too old; ${told}`);
  }
  return parts.join('.');
}

async function runK6(
  command: string,
  run: EngineRun,
  outputs: OutputChoices,
): Promise<EngineOutcome> {
  const dir = makeTemporaryFolder('k6');
  try {
    const script = join(dir, 'script.js');
    const summaryFile = join(dir, 'summary.json');
    await writeFile(script, await bundleWithSummary(run.script, dir));
    const startedAt = Date.now();
    // k6 overwrites its output file in every run, so each run gets a file of its own.
    const { json } = outputs;
    const samples = json === undefined ? {} : { json: join(dir, basename(json)) };
    const ended = await spawnK6(command, script, run, summaryFile, { ...outputs, ...samples });
    if (json !== undefined && samples.json) await appendFiles([samples.json], json);
    const summary = await readSummary(summaryFile);
    return outcomeOf(ended, summary, startedAt);
  } finally {
    removeTemporaryFolder(dir);
  }
}

/** Bundles the script with a handleSummary that writes the summary file, so that scenarios do not need to have one. */
async function bundleWithSummary(script: string, dir: string): Promise<string> {
  const entry = join(dir, 'entry.ts');
  const from = JSON.stringify(script);
  const { bundleForK6Elsewhere, textOf } = await import('../engine/bundle/bundle.ts');
  // A script may have no default function if all its scenarios name their function.
  const hasDefault = / as default\b/.test(await textOf(script));
  await writeFile(
    entry,
    `export * from ${from};\n${hasDefault ? `export { default } from ${from};\n` : ''}` +
      `export function handleSummary(data) { return { [__ENV.${SUMMARY}]: JSON.stringify(data) }; }\n`,
  );
  return bundleForK6Elsewhere(entry, dirname(script));
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  /** The end of the standard error output. */
  readonly stderr: string;
  readonly exceptions: readonly LoadFault[];
  /** Share of the time of all cores that was used by any process, from 0 to 1. */
  readonly machineBusy: number;
  readonly interrupted: boolean;
}

function spawnK6(
  command: string,
  script: string,
  run: EngineRun,
  summaryFile: string,
  outputs: OutputChoices,
): Promise<Ended> {
  const out = k6Outputs(outputs);
  const args = [
    'run',
    '--quiet',
    '--no-usage-report',
    '--log-format=raw',
    `--console-output=${run.historyFile}`,
    `--tag=testid=${run.labels.testid}`,
    ...(run.rps === undefined ? [] : [`--rps=${run.rps}`]),
    ...(run.loopbackOnly ? [`--blacklist-ip=${NOT_LOOPBACK.join(',')}`] : []),
    ...out.args,
    script,
  ];
  const env = {
    ...process.env,
    ...run.env,
    ...out.env,
    [SUMMARY]: summaryFile,
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
    K6_NO_USAGE_REPORT: 'true',
  };
  return new Promise((resolve, reject) => {
    // Standard output has only k6's text summary. The figures come from the summary file.
    const child = spawn(command, args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C goes to the whole process group, and a second signal makes k6 end without a summary.
      detached: true,
    });
    const machineBusy = watchMachine();
    const exceptions = new K6Exceptions();
    let stderr = '';
    let interrupted = false;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      exceptions.read(text);
      stderr = (stderr + text).slice(-20_000);
    });
    const interrupt = () => {
      interrupted = true;
      child.kill('SIGINT');
    };
    run.signal?.addEventListener('abort', interrupt, { once: true });
    const kill = () => child.kill('SIGKILL');
    const hung = setTimeout(kill, run.plannedMs + GRACE_MS);
    // k6 must not outlive this process.
    process.once('exit', kill);
    const done = () => {
      clearTimeout(hung);
      process.removeListener('exit', kill);
      run.signal?.removeEventListener('abort', interrupt);
    };
    child.once('error', (error) => {
      done();
      reject(new UnavailableError(`--engine k6: cannot start "${command}" (${error.message})`));
    });
    child.once('close', (code, signal) => {
      done();
      resolve({
        code,
        signal,
        stderr,
        exceptions: exceptions.told(),
        machineBusy: machineBusy(),
        interrupted,
      });
    });
  });
}

/** Starts watching the cores. The returned function gives the share of their time that was used since then. */
function watchMachine(): () => number {
  const times = () => {
    const all = cpus().map((cpu) => cpu.times);
    const sum = (of: (one: (typeof all)[number]) => number) =>
      all.reduce((total, one) => total + of(one), 0);
    return {
      idle: sum(({ idle }) => idle),
      all: sum((one) => Object.values(one).reduce((total, ms) => total + ms, 0)),
    };
  };
  const before = times();
  return () => {
    const after = times();
    const all = after.all - before.all;
    return all > 0 ? 1 - (after.idle - before.idle) / all : 0;
  };
}

/** The part of handleSummary's data that is read. */
interface Summary {
  readonly state: { readonly testRunDurationMs: number };
  readonly root_group: WrittenGroup;
  readonly metrics: K6Summary['metrics'];
}

type Group = K6Summary['root_group'];

interface WrittenGroup extends Partial<Omit<Group, 'groups'>> {
  readonly groups?: readonly WrittenGroup[];
}

function groupOf({ name = '', path = '', id = '', groups = [], checks = [] }: WrittenGroup): Group {
  return { name, path, id, groups: groups.map(groupOf), checks };
}

type Metric = K6Summary['metrics'][string];

/** A metric in the words of this version of k6. Another version may leave words out, or have others. */
function metricOf({ values = {}, type, contains, ...rest }: Partial<Metric>): Metric {
  const numbers = Object.entries(values).filter(([, value]) => Number.isFinite(value));
  return {
    ...rest,
    type: TYPES.find((known) => known === type) ?? typeOf(values),
    contains: CONTAINS.find((known) => known === contains) ?? 'default',
    values: Object.fromEntries(numbers),
  };
}

const TYPES: readonly Metric['type'][] = ['counter', 'gauge', 'rate', 'trend'];
const CONTAINS: readonly Metric['contains'][] = ['default', 'time', 'data'];

/** The type of a metric by its aggregates. */
function typeOf(values: Metric['values']): Metric['type'] {
  if ('passes' in values) return 'rate';
  if ('count' in values && !('avg' in values)) return 'counter';
  return 'value' in values ? 'gauge' : 'trend';
}

async function readSummary(file: string): Promise<Summary | null> {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Summary;
    const metrics = Object.entries(read.metrics).map(([name, one]) => [name, metricOf(one)]);
    return { ...read, metrics: Object.fromEntries(metrics) };
  } catch {
    // A run without a summary failed before its end. The caller reports it with k6's exit code.
    return null;
  }
}

function outcomeOf(ended: Ended, summary: Summary | null, startedAt: number): EngineOutcome {
  const metrics = summary?.metrics ?? {};
  const groups = groupOf(summary?.root_group ?? {});
  const count = (metric: string) => metrics[metric]?.values.count ?? 0;
  return {
    startedAt,
    durationMs: summary?.state.testRunDurationMs ?? Date.now() - startedAt,
    iterations: count('iterations'),
    requests: count('http_reqs'),
    thresholds: Object.entries(metrics).flatMap(([metric, { values, thresholds }]) =>
      Object.entries(thresholds ?? {}).map(([expression, { ok }]) =>
        judged(metric, expression, ok, values),
      ),
    ),
    checks: checksOf(groups),
    metrics,
    groups,
    failedAnswers: [],
    exitCode: ended.code,
    errors: [...ended.exceptions, ...errorsOf(ended, summary)],
    droppedIterations: count('dropped_iterations'),
    latenessP99Ms: null,
    eventLoopDelayP99Ms: null,
    // k6 uses all cores and does not report how busy they are.
    busy: { what: 'this machine', share: ended.machineBusy },
    interrupted: ended.interrupted,
    cutIterations: cutOf(metrics[STARTED_METRIC]?.values.count, count('iterations')),
    notes: [],
  };
}

/** Judges a threshold. k6 passes thresholds on rates and trends without samples. Here they fail, unless every value keeps them. */
function judged(
  metric: string,
  expression: string,
  ok: boolean,
  values: Readonly<Record<string, number>>,
): MeasuredThreshold {
  const read = readExpression(expression);
  const value = (read && values[read.aggregate]) ?? null;
  const empty =
    ('passes' in values && values.passes === 0 && values.fails === 0) ||
    ('avg' in values && values.count === 0);
  return {
    metric,
    expression,
    promised: read && { ...read, windowMs: null },
    ok: ok && (!empty || (read !== null && isKeptByAll(read))),
    value: empty ? null : value,
  };
}

/** The errors of a run. Threshold failures (99) and interruptions (105) are reported elsewhere. */
function errorsOf({ code, signal, stderr }: Ended, summary: Summary | null): LoadFault[] {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  if (code === null) return [{ kind: 'k6 killed', signal: signal ?? '', last }];
  if (code !== 0 && code !== 99 && code !== 105) return [{ kind: 'k6 failed', code, last }];
  return summary ? [] : [{ kind: 'k6 without summary', code, last }];
}
