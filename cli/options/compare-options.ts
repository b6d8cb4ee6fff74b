/** --baseline, --trend and --fail-on: what a run is compared with, and what follows. */

import { type Command, Option } from 'commander';

export interface CompareOptions {
  readonly baseline?: string;
  readonly trend?: string;
  readonly failOn?: 'regression';
}

export function addCompareOptions(command: Command): Command {
  return command
    .option(
      '--baseline <run>',
      'compare with this run as well: a run.json, the folder of one run or of several, "latest", or a branch of the trend folder',
    )
    .option('--trend <folder>', 'append one line on this run to the history in this folder')
    .addOption(failOnOption());
}

export function failOnOption(): Option {
  return new Option(
    '--fail-on <what>',
    'exit with 1 if something is worse than in the baseline, or else than in the last run',
  ).choices(['regression']);
}
