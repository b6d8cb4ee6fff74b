/** The script's options -> the plan of a run. */

import type { Executor } from '../executors/executor.ts';
import { EXECUTORS, isExecutorName } from '../executors/table.ts';
import { readBlocked } from '../http/blocked.ts';
import type { HttpPlan } from '../http/plan.ts';
import { readTls } from '../http/tls.ts';
import { percentileOf } from '../metrics/sinks.ts';
import type { WrittenThresholds } from '../metrics/thresholds.ts';
import { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import { readSegment, type Segment, type SegmentText } from '../read/segment.ts';
import { readSystemTags } from '../read/system-tags.ts';
import { withVariables } from '../read/variables.ts';

export interface ScenarioPlan {
  readonly name: string;
  readonly executorName: string;
  readonly executor: Executor;
  /** Name of the exported function that is one iteration. */
  readonly exec: string;
  readonly startTimeMs: number;
  readonly gracefulStopMs: number;
  readonly env: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RunPlan {
  /** The part of the run that this instance has. */
  readonly segment: Segment;
  readonly scenarios: readonly ScenarioPlan[];
  /** They can be read once the metrics are known. */
  readonly thresholds: WrittenThresholds;
  readonly tags: Readonly<Record<string, string>>;
  /** Tags that samples get by themselves. */
  readonly systemTags: ReadonlySet<string>;
  /** The most requests a second, over all VUs of all instances; null for no limit. */
  readonly rps: number | null;
  readonly summaryTrendStats: readonly string[];
  /** Empty if the script sets none. Only handleSummary sees it. */
  readonly summaryTimeUnit: string;
  /** What k6 warns of, a sentence each. */
  readonly warnings: readonly string[];
  readonly noSetup: boolean;
  readonly noTeardown: boolean;
  readonly setupTimeoutMs: number;
  readonly teardownTimeoutMs: number;
  readonly handleSummaryTimeoutMs: number;
  /** A VU whose iteration was shorter waits until then. */
  readonly minIterationMs: number;
  readonly http: HttpPlan;
  /** The options as they hold, for `exec.test.options`: null for those that were not given. */
  readonly consolidated: Readonly<Record<string, unknown>>;
}

const DEFAULT_TREND_STATS = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'];
const SHORTHANDS = ['vus', 'iterations', 'duration', 'stages'];
/** All of k6's. */
const OPTION_NAMES = [
  'batch',
  'batchPerHost',
  'blacklistIPs',
  'blockHostnames',
  'cloud',
  'discardResponseBodies',
  'dns',
  'duration',
  'executionSegment',
  'executionSegmentSequence',
  'ext',
  'handleSummaryTimeout',
  'hosts',
  'httpDebug',
  'insecureSkipTLSVerify',
  'iterations',
  'linger',
  'maxRedirects',
  'minIterationDuration',
  'noConnectionReuse',
  'noCookiesReset',
  'noSetup',
  'noTeardown',
  'noUsageReport',
  'noVUConnectionReuse',
  'paused',
  'rps',
  'scenarios',
  'setupTimeout',
  'stages',
  'summaryTimeUnit',
  'summaryTrendStats',
  'systemTags',
  'tags',
  'teardownTimeout',
  'thresholds',
  'throw',
  'tlsAIAFetch',
  'tlsAuth',
  'tlsCipherSuites',
  'tlsVersion',
  'userAgent',
  'vus',
];
/** Options of k6's own services, without meaning here. */
const IGNORED = ['cloud', 'noUsageReport'];
/** Members of a scenario that k6 ignores, with a warning, where they are beside `scenarios`. */
const MISPLACED = ['executor', 'exec', 'gracefulStop', 'startTime'];
const TIME_UNITS = ['s', 'ms', 'us'];

/**
 * Reads `export const options`.
 *
 * @param exported what the script exports under that name.
 * @param given a segment that counts instead of the script's own.
 * @param environment may hold options too: those count before the script's.
 * @throws ScriptRefused (104) naming the first member that is wrong or not supported.
 */
export function readOptions(
  exported: unknown,
  userAgent: string,
  given?: SegmentText,
  environment: Readonly<Record<string, string>> = {},
): RunPlan {
  const written = withVariables(inOurCase(asJson(exported ?? {})), environment);
  const fields = new Fields('options', written);
  for (const name of IGNORED) fields.raw(name);
  const own = {
    executionSegment: fields.text('executionSegment', ''),
    executionSegmentSequence: fields.text('executionSegmentSequence', ''),
  };
  const { executionSegment, executionSegmentSequence } = given ?? own;
  const segment = readSegment(executionSegment, executionSegmentSequence);
  const plan: RunPlan = {
    segment,
    scenarios: readScenarios(fields, segment),
    thresholds: { whole: fields.raw('thresholds'), windowed: readWindowed(fields) },
    tags: fields.record('tags'),
    systemTags: readSystemTags(fields),
    rps: fields.has('rps') ? fields.whole('rps', 0) || null : null,
    summaryTrendStats: readTrendStats(fields),
    summaryTimeUnit: readTimeUnit(fields),
    warnings: warningsOf(fields),
    noSetup: fields.flag('noSetup'),
    noTeardown: fields.flag('noTeardown'),
    setupTimeoutMs: fields.positiveDuration('setupTimeout', 60_000),
    teardownTimeoutMs: fields.positiveDuration('teardownTimeout', 60_000),
    handleSummaryTimeoutMs: fields.positiveDuration('handleSummaryTimeout', 120_000),
    minIterationMs: fields.duration('minIterationDuration', 0),
    http: {
      hosts: fields.record('hosts'),
      insecureSkipTLSVerify: fields.flag('insecureSkipTLSVerify'),
      tls: readTls(fields),
      noConnectionReuse: fields.flag('noConnectionReuse'),
      discardResponseBodies: fields.flag('discardResponseBodies'),
      userAgent: fields.text('userAgent', userAgent),
      maxRedirects: fields.whole('maxRedirects', 0, 10),
      batch: fields.whole('batch', 1, 20),
      batchPerHost: fields.whole('batchPerHost', 1, 6),
      blocked: readBlocked(fields),
      noCookiesReset: fields.flag('noCookiesReset'),
      throws: fields.flag('throw'),
    },
    consolidated: consolidated(written),
  };
  fields.finish();
  return plan;
}

/** The most VUs that scenarios need ready at the same time. */
export function vusToPrepare(scenarios: readonly ScenarioPlan[]): number {
  const ends = (plan: ScenarioPlan) =>
    plan.startTimeMs + plan.executor.regularMs + plan.gracefulStopMs;
  const needs = scenarios.map(({ startTimeMs: at }) =>
    scenarios
      .filter((plan) => plan.startTimeMs <= at && at < ends(plan))
      .reduce((sum, plan) => sum + plan.executor.vus, 0),
  );
  return Math.max(...needs);
}

/** The longest time, in milliseconds, until all scenarios have ended: from the start, and after an interruption. */
export function limitsOf(scenarios: readonly ScenarioPlan[]): {
  readonly limitMs: number;
  readonly stoppedMs: number;
} {
  const ends = scenarios.map(
    (plan) => plan.startTimeMs + plan.executor.regularMs + plan.gracefulStopMs,
  );
  return {
    limitMs: Math.max(...ends),
    stoppedMs: Math.max(...scenarios.map(({ gracefulStopMs }) => gracefulStopMs)),
  };
}

/** Milliseconds that the scenarios last; null where one ends when its iterations are done. */
export function plannedMs(scenarios: readonly ScenarioPlan[]): number | null {
  if (scenarios.some((plan) => plan.executor.iterations !== null)) return null;
  return Math.max(...scenarios.map((plan) => plan.startTimeMs + plan.executor.regularMs));
}

function readScenarios(fields: Fields, segment: Segment): ScenarioPlan[] {
  const shorthands = SHORTHANDS.filter((name) => fields.has(name));
  if (!fields.has('scenarios')) return [readShorthand(fields, shorthands, segment)];
  if (shorthands[0]) {
    throw new ScriptRefused(
      `options has both scenarios and ${shorthands[0]}: give only one of them`,
    );
  }
  const scenarios = Object.entries(new Fields('scenarios', fields.raw('scenarios')).all());
  if (scenarios.length === 0) throw new ScriptRefused('scenarios of options is empty');
  return scenarios.map(([name, value]) => {
    const scenario = new Fields(`scenario "${name}"`, value);
    const executorName = scenario.text('executor', '');
    return readScenario(name, executorName, scenario, segment);
  });
}

function readScenario(
  name: string,
  executorName: string,
  fields: Fields,
  segment: Segment,
): ScenarioPlan {
  if (!/^[0-9a-zA-Z_-]+$/.test(name)) {
    throw new ScriptRefused(`scenario "${name}": a name has letters, digits, _ and - only`);
  }
  if (!isExecutorName(executorName)) {
    throw new ScriptRefused(
      `executor of ${fields.where} is "${executorName}": it must be one of ${Object.keys(EXECUTORS).join(', ')}`,
    );
  }
  const plan = {
    name,
    executorName,
    executor: EXECUTORS[executorName](fields, segment),
    exec: fields.text('exec', 'default'),
    startTimeMs: fields.duration('startTime', 0),
    gracefulStopMs: fields.duration('gracefulStop', 30_000),
    env: fields.record('env'),
    tags: fields.record('tags'),
  };
  fields.finish();
  return plan;
}

/** `vus`, `iterations`, `duration` and `stages` at the top level, as k6 reads them. */
function readShorthand(fields: Fields, given: readonly string[], segment: Segment): ScenarioPlan {
  const values = Object.fromEntries(given.map((name) => [name, fields.raw(name)]));
  if (values.stages !== undefined && (values.iterations ?? values.duration) !== undefined) {
    throw new ScriptRefused('options has stages and iterations or duration: give only one of them');
  }
  const { executor, ...members } = shorthandOf(values);
  return readScenario('default', executor, new Fields('options', members), segment);
}

/** The scenario that they stand for. */
function shorthandOf(values: Readonly<Record<string, unknown>>) {
  const { vus = 1, iterations, duration, stages } = values;
  if (stages !== undefined) return { executor: 'ramping-vus', startVUs: vus, stages };
  if (iterations !== undefined) {
    return { executor: 'shared-iterations', vus, iterations, maxDuration: duration };
  }
  return duration === undefined
    ? { executor: 'per-vu-iterations' }
    : { executor: 'constant-vus', vus, duration };
}

/** The options as `exec.test.options` has them: all options of k6, with the shorthands as a scenario too. */
function consolidated(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = Object.entries(written).filter(([, value]) => value !== null);
  const { scenarios, ...rest } = Object.fromEntries(given);
  return {
    ...Object.fromEntries(OPTION_NAMES.map((name) => [name, null])),
    ...rest,
    scenarios: scenarios ?? { default: shorthandOf(rest) },
  };
}

/** `ext` is where k6 lets other tools have options of their own. */
function readWindowed(fields: Fields): unknown {
  const { dialproof } = new Fields('ext', fields.raw('ext') ?? {}).all();
  if (dialproof === undefined) return undefined;
  const own = new Fields('ext.dialproof', dialproof);
  const windowed = own.raw('thresholds');
  own.finish();
  return windowed;
}

/** Options by the names of this file. As in k6, a script may write them in any case. */
function inOurCase(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = new Map(OPTION_NAMES.map((name) => [name.toLowerCase(), name]));
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => [names.get(name.toLowerCase()) ?? name, value]),
  );
}

/** What k6 ignores and warns of. */
function warningsOf(fields: Fields): string[] {
  const warnings = MISPLACED.filter((name) => fields.raw(name) !== undefined).map(
    (name) => `options has ${name} outside of scenarios: as in k6, it is ignored`,
  );
  const decides = ['scenarios', 'iterations', 'duration', 'stages'];
  if (fields.has('vus') && !decides.some((name) => fields.has(name))) {
    warnings.push(
      'options has vus without iterations, duration or stages: as in k6, it is ignored, and the script runs once',
    );
  }
  return warnings;
}

function readTimeUnit(fields: Fields): string {
  const unit = fields.text('summaryTimeUnit', '');
  if (unit === '' || TIME_UNITS.includes(unit)) return unit;
  throw new ScriptRefused(
    `summaryTimeUnit of options is "${unit}": it must be one of ${TIME_UNITS.join(', ')}`,
  );
}

function readTrendStats(fields: Fields): readonly string[] {
  const stats = fields.texts('summaryTrendStats', DEFAULT_TREND_STATS);
  const known = ['avg', 'min', 'med', 'max', 'count'];
  const wrong = stats.find((stat) => !known.includes(stat) && percentileOf(stat) === null);
  if (wrong !== undefined) {
    throw new ScriptRefused(`summaryTrendStats has "${wrong}": ${known.join(', ')} and p(N) exist`);
  }
  return stats;
}

/** A copy without functions, undefined members and references to the script's own objects. */
function asJson(value: unknown): Record<string, unknown> {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch (error) {
    throw new ScriptRefused(`options cannot be read as JSON: ${(error as Error).message}`);
  }
}
