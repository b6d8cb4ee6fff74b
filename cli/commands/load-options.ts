/** Options of everything that puts load on an endpoint. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  PROFILE_KEYS,
  type Profile,
  SCENARIO_NAMES,
  type ScenarioName,
} from '../../load/lib/profiles.ts';
import { wholeNumber } from './read-option.ts';

export interface EngineOptions extends Partial<Profile> {
  readonly engine: 'dialproof' | 'k6';
  readonly k6?: string;
}

export function addEngineOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--engine <name>', 'dialproof: the embedded engine; k6: your own k6')
        .choices(['dialproof', 'k6'])
        .default('dialproof'),
    )
    .option('--k6 <file>', 'the k6 to use with --engine k6, instead of the one on PATH')
    .option('--rate <n>', 'batches per second of throughput', wholeNumber(1, 100_000))
    .option('--seconds <n>', 'duration of throughput', wholeNumber(1, 86_400))
    .option('--vus <n>', 'virtual users', wholeNumber(1, 10_000))
    .option('--iterations <n>', 'iterations of smoke and replay', wholeNumber(1, 10_000_000))
    .option('--copies <n>', 'times that replay sends a token at once', wholeNumber(2, 100))
    .option('--p95-ms <n>', 'objective: 95 % of answers within this', wholeNumber(1, 600_000));
}

/** The profile values that were given. */
export function profileOf(options: EngineOptions): Partial<Profile> {
  return Object.fromEntries(
    PROFILE_KEYS.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]])),
  );
}

export function readScenario(name: string): ScenarioName {
  const known = SCENARIO_NAMES.find((candidate) => candidate === name);
  if (!known) {
    throw new InvalidArgumentError(
      `unknown scenario "${name}": choose from ${SCENARIO_NAMES.join(', ')}.`,
    );
  }
  return known;
}

export function readScenarios(text: string): ScenarioName[] {
  return text.split(',').map((name) => readScenario(name.trim()));
}
