/** The script's options -> the plan of a run. */

import { readBlocked } from '../http/blocked.ts';
import { readTls } from '../http/tls.ts';
import { percentileOf } from '../metrics/sinks.ts';
import { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import { readSegment, type SegmentText } from '../read/segment.ts';
import { readSystemTags } from '../read/system-tags.ts';
import { withVariables } from '../read/variables.ts';
import type { RunPlan } from './plan.ts';
import { readScenarios, shorthandOf } from './scenarios.ts';

const DEFAULT_TREND_STATS = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)'];
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
