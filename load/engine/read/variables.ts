/**
 * Options that k6 takes from the environment, before those of the script.
 *
 * @see https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/
 */

import { ScriptRefused } from './refusal.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Written = Readonly<Record<string, unknown>>;

/** What decides when iterations run: one of them from the environment replaces all of the script's. */
const EXECUTION = ['scenarios', 'stages', 'duration', 'iterations'];

const text = (value: string): unknown => value;
const list = (value: string): unknown => value.split(',').map((one) => one.trim());

function number(value: string, name: string): unknown {
  if (!/^\d+(\.\d+)?$/.test(value)) throw wrong(name, value, 'a number');
  return Number(value);
}

function flag(value: string, name: string): unknown {
  if (!/^(true|false|1|0)$/i.test(value)) throw wrong(name, value, 'true or false');
  return /^(true|1)$/i.test(value);
}

/** `5s:10,1m:20`: durations and targets. */
function stages(value: string, name: string): unknown {
  return value.split(',').map((stage) => {
    const [, duration, target] = /^\s*([^:]+):(\d+)\s*$/.exec(stage) ?? [];
    if (duration === undefined) throw wrong(name, value, 'stages such as 5s:10,1m:20');
    return { duration, target: Number(target) };
  });
}

/** Variable -> option, and how it is written. What the engine does not support is refused as in a script. */
const VARIABLES: Readonly<
  Record<string, readonly [option: string, read: (value: string, name: string) => unknown]>
> = {
  K6_VUS: ['vus', number],
  K6_ITERATIONS: ['iterations', number],
  K6_DURATION: ['duration', text],
  K6_STAGES: ['stages', stages],
  K6_RPS: ['rps', number],
  K6_BATCH: ['batch', number],
  K6_BATCH_PER_HOST: ['batchPerHost', number],
  K6_MAX_REDIRECTS: ['maxRedirects', number],
  K6_USER_AGENT: ['userAgent', text],
  K6_DISCARD_RESPONSE_BODIES: ['discardResponseBodies', flag],
  K6_INSECURE_SKIP_TLS_VERIFY: ['insecureSkipTLSVerify', flag],
  K6_NO_CONNECTION_REUSE: ['noConnectionReuse', flag],
  K6_SETUP_TIMEOUT: ['setupTimeout', text],
  K6_TEARDOWN_TIMEOUT: ['teardownTimeout', text],
  K6_NO_SETUP: ['noSetup', flag],
  K6_NO_TEARDOWN: ['noTeardown', flag],
  K6_NO_THRESHOLDS: ['noThresholds', flag],
  K6_SUMMARY_TREND_STATS: ['summaryTrendStats', list],
  K6_EXECUTION_SEGMENT: ['executionSegment', text],
  K6_EXECUTION_SEGMENT_SEQUENCE: ['executionSegmentSequence', text],
  K6_BLACKLIST_IPS: ['blacklistIPs', list],
  K6_BLOCK_HOSTNAMES: ['blockHostnames', list],
  K6_DNS: ['dns', text],
  K6_HTTP_DEBUG: ['httpDebug', text],
  K6_LINGER: ['linger', flag],
  K6_MIN_ITERATION_DURATION: ['minIterationDuration', text],
  K6_NO_COOKIES_RESET: ['noCookiesReset', flag],
  K6_NO_VU_CONNECTION_REUSE: ['noVUConnectionReuse', flag],
  K6_PAUSED: ['paused', flag],
  K6_SYSTEM_TAGS: ['systemTags', list],
  K6_THROW: ['throw', flag],
};

/** The part of an environment that holds options; empty values count as unset. */
export function optionVariables(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.keys(VARIABLES).flatMap((name) => {
      const value = environment[name];
      return value ? [[name, value]] : [];
    }),
  );
}

/**
 * The script's options, replaced by the environment's.
 *
 * @throws ScriptRefused (104) naming a variable that cannot be read.
 */
export function withVariables(written: Written, environment: Environment): Written {
  const given = Object.entries(optionVariables(environment)).map(([name, value]) => {
    const [option, read] = VARIABLES[name] as (typeof VARIABLES)[string];
    return [option, read(value, name)] as const;
  });
  const replaced = replacedBy(given.map(([option]) => option));
  const kept = Object.entries(written).filter(([name]) => !replaced.includes(name));
  return Object.fromEntries([...kept, ...given]);
}

/** K6_VUS alone replaces scenarios, and keeps the other shorthands of the script. */
function replacedBy(options: readonly string[]): readonly string[] {
  if (options.some((option) => EXECUTION.includes(option))) return EXECUTION;
  return options.includes('vus') ? ['scenarios'] : [];
}

function wrong(name: string, value: string, wanted: string): ScriptRefused {
  return new ScriptRefused(`${name} is "${value}": it must be ${wanted}`);
}
