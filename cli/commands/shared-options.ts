/** Options that several commands share, and how their texts are read. */

import { type Command, InvalidArgumentError, Option } from 'commander';
import { BUGS, type BugName } from '../../emulator/bugs.ts';
import { UserError } from '../../errors.ts';
import { LOCALE_NAMES, type LocaleName, readLocales } from '../../generators/locales.ts';
import { type Mix, readMix } from '../../generators/mix.ts';
import { CHOICES, type Choices } from '../../operation/choices.ts';
import { LIMITS } from '../../operation/limits.ts';

export interface ContactOptions {
  readonly seed: number;
  readonly batches: number;
  readonly contactsPerBatch: number;
  readonly mix: Mix;
  readonly locales: readonly LocaleName[];
}

export function addContactOptions(command: Command, batches: number): Command {
  return command
    .option('--seed <n>', 'seed of everything that is drawn', wholeNumber(0, 2 ** 32 - 1), 1)
    .option('--batches <n>', 'batches in the corpus', wholeNumber(1, 10_000_000), batches)
    .option(
      '--contacts-per-batch <n>',
      'contacts in a batch',
      wholeNumber(LIMITS.contacts.min, LIMITS.contacts.max),
      LIMITS.contacts.max,
    )
    .addOption(
      new Option('--mix <shares>', 'shares of failure codes: none, every=0.1, or CODE=0.05,…')
        .argParser(told(readMix))
        .default(readMix('every=0.1'), 'every=0.1'),
    )
    .addOption(
      new Option('--locales <names>', `locales, comma-separated, of ${LOCALE_NAMES.join(', ')}`)
        .argParser(told(readLocales))
        .default(LOCALE_NAMES, 'all'),
    );
}

export interface MisbehaviourOptions {
  readonly bug: readonly BugName[];
  readonly choice: Partial<Choices>;
}

export function addMisbehaviourOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--bug <name>', 'seed a known bug in the emulator (repeatable)')
        .argParser((name: string, before: BugName[]) => [...before, readBug(name)])
        .default([] as BugName[], 'none'),
    )
    .addOption(
      new Option('--choice <name=value>', 'settle an open question otherwise (repeatable)')
        .argParser((text: string, before: Partial<Choices>) => ({ ...before, ...readChoice(text) }))
        .default({}, 'the documented defaults'),
    );
}

/** Texts of `--choice` again, for a child process. */
export function choiceArgs(choice: Partial<Choices>): string[] {
  return Object.entries(choice).flatMap(([name, value]) => ['--choice', `${name}=${value}`]);
}

export function wholeNumber(min: number, max: number) {
  return (text: string): number => {
    const n = Number(text);
    if (!/^\d+$/.test(text) || n < min || n > max) {
      throw new InvalidArgumentError(`give a whole number from ${min} to ${max}.`);
    }
    return n;
  };
}

function readBug(name: string): BugName {
  const known = (Object.keys(BUGS) as BugName[]).find((candidate) => candidate === name);
  if (!known) throw new InvalidArgumentError(`choose from ${Object.keys(BUGS).join(', ')}.`);
  return known;
}

function readChoice(text: string): Partial<Choices> {
  const cut = text.indexOf('=');
  const name = text.slice(0, cut);
  const row = Object.hasOwn(CHOICES, name) ? CHOICES[name as keyof Choices] : undefined;
  if (!row) throw new InvalidArgumentError(`choose from ${Object.keys(CHOICES).join(', ')}.`);
  const value = row.read(text.slice(cut + 1));
  if (value === null) throw new InvalidArgumentError(`${name} takes ${row.values}.`);
  return { [name]: value };
}

/** A reader's own sentence as commander's. */
function told<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof UserError) throw new InvalidArgumentError(`${error.message}.`);
      throw error;
    }
  };
}
