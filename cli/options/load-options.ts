/** Options of everything that puts load on an endpoint. */

import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { durationMs } from '../../load/engine/read/duration.ts';
import {
  PROFILE_KEYS,
  type ProfileValues,
  SCENARIO_NAMES,
  SCENARIOS,
  type ScenarioName,
} from '../../load/lib/profiles.ts';
import type { OutputChoices } from '../../load/outputs/choices.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import { UserError } from '../../system/errors.ts';
import { suggestion } from '../../system/suggestion.ts';
import { liveOption } from './live-option.ts';
import { readUrl, wholeNumber } from './read-option.ts';

export interface EngineOptions {
  readonly engine: 'dialproof' | 'k6';
  readonly k6?: string;
  /** Processes of the embedded engine. */
  readonly workers: number;
  readonly rate?: number;
  /** Seconds. */
  readonly duration?: number;
  readonly vus?: number;
  readonly iterations?: number;
  readonly p95Ms?: number;
  readonly set: ProfileValues;
  readonly output: OutputChoices;
  /** Port of the page on which the load can be watched. */
  readonly live?: number;
  /** Values of single scenarios, of the configuration. The flags count before them. */
  readonly configuredValues?: Readonly<Record<string, ProfileValues>>;
}

export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <name>', 'dialproof: the embedded engine; k6: your installed k6')
        .choices(['dialproof', 'k6'])
        .default('dialproof'),
    )
    .option('--k6 <file>', 'k6 for --engine k6 (default: the one on PATH)')
    .option(
      '--workers <n>',
      'number of processes, each with a part of the load',
      wholeNumber(1, 64),
      1,
    )
    .option('--rate <n>', 'batches per second, in scenarios with a rate', wholeNumber(1, 100_000))
    .option('--duration <time>', 'duration, in scenarios with a rate: 30, 30s, 5m, 1h', readSeconds)
    .option('--vus <n>', 'number of virtual users', wholeNumber(1, 10_000))
    .option(
      '--iterations <n>',
      'number of iterations, in scenarios that count them',
      wholeNumber(1, 10_000_000),
    )
    .option(
      '--p95-ms <n>',
      'objective: 95 % of the answers come within so many milliseconds',
      wholeNumber(1, 600_000),
    )
    .addOption(
      new Option('--set <name=value>', 'replace any value of the profile (repeatable)')
        .argParser((text: string, before: ProfileValues) => ({ ...before, ...readValue(text) }))
        .default({}, 'the scenario’s own'),
    )
    .addOption(
      new Option(
        '--output <kind=where>',
        'send metrics during the load: json=FILE, otlp=URL, prometheus=URL (repeatable)',
      )
        .argParser((text: string, before: OutputChoices) => ({ ...before, ...readOutput(text) }))
        .default({}, 'none'),
    )
    .addOption(liveOption('load'));
}

/** The profile values that were given. */
export function valuesOf({ set, ...options }: EngineOptions): ProfileValues {
  const { rate, duration, vus, iterations, p95Ms } = options;
  const given = { rate, seconds: duration, vus, iterations, p95Ms };
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(told) as ProfileValues), ...set };
}

/**
 * The values that each scenario takes.
 *
 * @param configured values of single scenarios, which count after `values`.
 * @throws UserError for a value that none of them has, and for a peak below the rate that rises to it.
 */
export function valuesFor(
  scenarios: readonly ScenarioName[],
  values: ProfileValues,
  configured: EngineOptions['configuredValues'] = {},
): ReadonlyMap<ScenarioName, ProfileValues> {
  const has = (scenario: ScenarioName, key: string) =>
    Object.hasOwn(SCENARIOS[scenario].profile, key);
  for (const key of Object.keys(values)) {
    if (scenarios.some((scenario) => has(scenario, key))) continue;
    const keys = new Set(scenarios.flatMap((scenario) => Object.keys(SCENARIOS[scenario].profile)));
    throw new UserError(
      `${scenarios.join(', ')}: the profile has no value "${key}": choose from ${[...keys].join(', ')}`,
    );
  }
  return new Map(
    scenarios.map((scenario) => {
      const given = Object.entries(values).filter(([key]) => has(scenario, key));
      const own: ProfileValues = { ...configured[scenario], ...Object.fromEntries(given) };
      const { rate = 0, peak = rate }: ProfileValues = { ...SCENARIOS[scenario].profile, ...own };
      if (peak < rate) {
        throw new UserError(
          `${scenario}: the peak of ${peak} is below the rate of ${rate}: give a higher peak with --set peak=N, or a lower --rate`,
        );
      }
      return [scenario, own];
    }),
  );
}

/** @throws InvalidArgumentError where no shipped scenario has this name. */
export function readScenario(name: string): ScenarioName {
  const known = SCENARIO_NAMES.find((candidate) => candidate === name);
  if (!known) {
    throw new InvalidArgumentError(
      `unknown scenario "${name}": choose from ${SCENARIO_NAMES.join(', ')}.${suggestion(name, SCENARIO_NAMES)}`,
    );
  }
  return known;
}

/**
 * A scenario's name, or the path of a script. A path has a slash or ends in .ts or .js.
 *
 * @throws InvalidArgumentError where the text is neither a path nor the name of a shipped scenario.
 */
export function readScenarioOrPath(text: string): ScenarioName | { readonly path: string } {
  return /[/\\]|\.[cm]?[tj]s$/.test(text) ? { path: text } : readScenario(text);
}

/**
 * Names of scenarios, separated by commas.
 *
 * @throws InvalidArgumentError where no shipped scenario has one of the names.
 */
export function readScenarios(text: string): ScenarioName[] {
  return text.split(',').map((name) => readScenario(name.trim()));
}

function readSeconds(text: string): number {
  const ms = /^\d+$/.test(text) ? Number(text) * 1_000 : durationMs(text);
  if (ms === null || ms < 1_000 || ms > 604_800_000 || ms % 1_000 !== 0) {
    throw new InvalidArgumentError('give whole seconds, up to 7 days, such as 30, 30s, 5m or 1h.');
  }
  return ms / 1_000;
}

function readOutput(text: string): OutputChoices {
  const [, kind = '', where = ''] = /^(json|otlp|prometheus)=(.+)$/.exec(text) ?? [];
  if (kind === '') {
    throw new InvalidArgumentError('write json=FILE, otlp=URL or prometheus=URL.');
  }
  if (kind === 'json') return { json: resolve(where) };
  return { [kind]: readUrl(where) };
}

/**
 * `name=number`, a value of a scenario.
 *
 * @throws InvalidArgumentError where the text is not of this form.
 */
export function readValue(text: string): ProfileValues {
  const [, name, value] = /^([A-Za-z][A-Za-z0-9]*)=(\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(
      `write name=number; names of the shipped scenarios are ${PROFILE_KEYS.join(', ')}.`,
    );
  }
  return { [name]: Number(value) };
}

/**
 * `name=value`, for a script's `__ENV`.
 *
 * @throws InvalidArgumentError where the text is not of this form.
 */
export function readVariable(text: string): Record<string, string> {
  const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined) throw new InvalidArgumentError('write name=value.');
  return { [name]: value };
}

/**
 * `10/15`: requests a second and burst.
 *
 * @throws InvalidArgumentError where the text is not of this form, or a number is not above 0.
 */
export function readQuota(text: string): Quota {
  const [, rate, burst] = /^(\d+(?:\.\d+)?)\/(\d+)$/.exec(text) ?? [];
  if (!(Number(rate) > 0) || !(Number(burst) > 0)) {
    throw new InvalidArgumentError('write requests per second and burst, such as 10/15.');
  }
  return { ratePerSecond: Number(rate), burst: Number(burst) };
}
