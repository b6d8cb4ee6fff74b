/** Options of everything that makes contacts. */

import { type Command, Option } from 'commander';
import { LOCALE_NAMES, type LocaleName, readLocales } from '../../generators/locales.ts';
import { type Mix, readMix } from '../../generators/mix.ts';
import { LIMITS } from '../../operation/connect/limits.ts';
import { told, wholeNumber } from './read-option.ts';

/** What is drawn, whatever the operation. */
export interface DrawOptions {
  readonly seed: number;
  readonly batches: number;
  readonly contactsPerBatch: number;
  readonly locales: readonly LocaleName[];
}

export interface ContactOptions extends DrawOptions {
  readonly mix: Mix;
}

/** The mix of a command that is given none. */
export const DEFAULT_MIX = 'every=0.1';

export function mixOption(): Option {
  return new Option('--mix <shares>', 'shares of failure codes: none, every=0.1, or CODE=0.05,…');
}

export function addContactOptions(command: Command, batches: number): Command {
  return addDrawOptions(command, batches).addOption(
    mixOption().argParser(told(readMix)).default(readMix(DEFAULT_MIX), DEFAULT_MIX),
  );
}

export function addDrawOptions(command: Command, batches: number): Command {
  return command
    .option('--seed <n>', 'seed of everything that is generated', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--batches <n>', 'number of batches in the corpus', wholeNumber(1, 10_000_000), batches)
    .option(
      '--contacts-per-batch <n>',
      'number of contacts in a batch',
      wholeNumber(LIMITS.contacts.min, LIMITS.contacts.max),
      LIMITS.contacts.max,
    )
    .addOption(
      new Option('--locales <names>', `comma-separated list of locales: ${LOCALE_NAMES.join(', ')}`)
        .argParser(told(readLocales))
        .default(LOCALE_NAMES, 'all'),
    );
}
