/** A command that takes from the configuration of the project what its flags and the environment do not say. */

import { dirname, relative } from 'node:path';
import { Command, InvalidArgumentError, type Option } from 'commander';
import { findConfig, namedConfig } from '../../config/find.ts';
import type { Loaded } from '../../config/load.ts';
import type { Configuration } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { OF_CAPACITY, ROWS, type Row, rebaseFrom } from './rows.ts';

/** Commands that use the configuration otherwise than for their options. */
const READERS = ['doctor'];

export class ConfiguredCommand extends Command {
  override createCommand(name?: string): ConfiguredCommand {
    return new ConfiguredCommand(name);
  }

  /**
   * A flag without a text, such as --target "$URL" of a variable that is not set, is no flag left out: a run would go
   * elsewhere and pass.
   */
  override addOption(option: Option): this {
    // Before commander's own listener, which keeps the value.
    this.on(`option:${option.name()}`, (text: unknown) => {
      if (text === '') {
        const name = option.long ?? option.flags;
        throw new UserError(`${name} is empty: give it a value, or leave it out`);
      }
    });
    return super.addOption(option);
  }

  /** Parses the flags. Then the environment is read, which counts before the configuration. */
  override parseOptions(argv: string[]): ReturnType<Command['parseOptions']> {
    const parsed = super.parseOptions(argv);
    const isHelp = parsed.unknown.some((one) => one === '--help' || one === '-h');
    const [first] = parsed.operands;
    const isBelow = this.commands.some((one) => one.name() === first);
    if (!isHelp && !isBelow) configure(this, parsed.operands);
    return parsed;
  }
}

/** Gives `--config` and `--no-config` to each command that takes something from the configuration. */
export function addConfigurationOptions(root: Command): void {
  for (const command of root.commands) {
    addConfigurationOptions(command);
    const path = pathOf(command);
    if (!READERS.includes(path) && !ROWS.some(({ of }) => of.includes(path))) continue;
    command
      .option(
        '--config <file>',
        'configuration (default: dialproof.config.ts, .js or .json, in this folder or above)',
      )
      .option('--no-config', 'use no configuration');
  }
}

/**
 * The configuration of a command whose flags are parsed.
 *
 * @returns null where there is none.
 * @throws UserError with file, line and column for one that cannot be used.
 */
export function configurationOf(command: Command): Loaded | null {
  const named = command.getOptionValue('config') as string | boolean | undefined;
  if (named === false) return null;
  const file = typeof named === 'string' ? namedConfig(named) : findConfig(process.cwd());
  if (file === null) return null;
  // Loaded where there is one: it knows every choice and every scenario. Required, for the parser waits for nobody.
  const { loadConfig } = require('../../config/load') as typeof import('../../config/load.ts');
  return loadConfig(file);
}

function configure(command: Command, operands: readonly string[]): void {
  const path = pathOf(command);
  const rows = ROWS.filter(({ of }) => of.includes(path));
  const loaded = rows.length === 0 ? null : configurationOf(command);
  if (!loaded) return;
  const values: Record<string, unknown> = {};
  for (const row of rows) {
    const value = memberOf(loaded.config, row.member);
    if (value === undefined || isLeftOut(command, row)) continue;
    const acted = give(command, row, value, loaded);
    if (acted === undefined) continue;
    const told = row.told ? row.told(acted as never, operands, dirname(loaded.file)) : acted;
    if (told !== undefined) values[row.member] ??= told;
  }
  // A report has it in the form of URLs on every system.
  const file = relative('', loaded.file).replaceAll('\\', '/');
  const configuration: Configuration = { file, values };
  command.setOptionValueWithSource('configuration', configuration, 'config');
}

function isLeftOut(command: Command, { member, unless = [] }: Row): boolean {
  if (command.getOptionValue('capacity') === true && !OF_CAPACITY.includes(member)) return true;
  return unless.some((name) => isSaid(command, name));
}

/** Whether a flag or the environment has the option. */
function isSaid(command: Command, name: string): boolean {
  if (command.getOptionValueSource(name) === 'cli') return true;
  const option = command.options.find((one) => one.attributeName() === name);
  return option !== undefined && isInEnvironment(option);
}

/** As commander asks: an empty variable is one. */
function isInEnvironment({ envVar }: Option): boolean {
  return envVar !== undefined && envVar in process.env;
}

/** @returns the part of the value that acts: the rest is said by a flag or a variable. Undefined if nothing of it acts. */
function give(command: Command, row: Row, value: unknown, loaded: Loaded): unknown {
  const rebase = rebaseFrom(dirname(loaded.file));
  const option = optionOf(command, row);
  const isText = row.texts !== undefined && !(row.option === 'faults' && typeof value === 'object');
  const texts = isText ? (row.texts?.(value as never, rebase) ?? []) : [];
  if (!option) {
    const taken = row.value?.(value as never, dirname(loaded.file)) ?? value;
    command.setOptionValueWithSource(row.key ?? '', isText ? texts[0] : taken, 'config');
    return value;
  }
  if (isInEnvironment(option)) return undefined;
  if (isText && texts.length === 0) return undefined;
  const key = option.attributeName();
  const given = isText ? parsed(option, texts, row, loaded) : value;
  if (command.getOptionValueSource(key) !== 'cli') {
    command.setOptionValueWithSource(key, given, 'config');
    return value;
  }
  // Of named values, such as choices, a flag replaces those that it names.
  const flag: unknown = command.getOptionValue(key);
  if (!isNamed(option.defaultValue) || !isNamed(flag) || !isNamed(given)) return undefined;
  command.setOptionValueWithSource(key, { ...given, ...flag }, 'cli');
  const left = Object.entries(value as object).filter(([name]) => !Object.hasOwn(flag, name));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

function optionOf(command: Command, { option }: Row): Option | null {
  if (option === undefined) return null;
  const found =
    command.options.find(({ long }) => long === `--${option}`) ??
    command.options.find(({ long }) => long === `--no-${option}`);
  if (!found) throw new Error(`${pathOf(command)} has no option --${option}`);
  return found;
}

/** Reads texts as those of the flag are read. */
function parsed(
  option: Option,
  texts: readonly string[],
  { member }: Row,
  loaded: Loaded,
): unknown {
  try {
    return texts.reduce<unknown>(
      (before, text) => (option.parseArg ? option.parseArg(text, before) : text),
      option.defaultValue,
    );
  } catch (error) {
    if (!(error instanceof InvalidArgumentError) && !(error instanceof UserError)) throw error;
    throw loaded.wrong(member, error.message.replace(/\.$/, ''));
  }
}

function isNamed(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function memberOf(config: object, member: string): unknown {
  return member
    .split('.')
    .reduce<unknown>((at, name) => (isNamed(at) ? at[name] : undefined), config);
}

/** Names of the commands from below `dialproof` on. */
function pathOf(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at?.parent; at = at.parent) names.unshift(at.name());
  return names.join(' ');
}
