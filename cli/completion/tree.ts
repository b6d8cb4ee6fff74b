/** The commands as shells complete them, read from commander's own tree. */

import type { Argument, Command, Option } from 'commander';
import { suggestedValues } from '../options/suggested-values.ts';

export interface Completed {
  /** Names from below `dialproof` on, joined by spaces; empty for `dialproof` itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly does: string }[];
  readonly options: readonly CompletedOption[];
  /** Of the first argument. */
  readonly argument: CompletedValue | null;
}

export interface CompletedOption {
  /** Such as `-e` and `--env`. */
  readonly flags: readonly string[];
  readonly does: string;
  /** Null where nothing follows the option. */
  readonly value: CompletedValue | null;
  /** Whether the value may be left out. */
  readonly isOptional: boolean;
}

export interface CompletedValue {
  readonly values: readonly string[];
  readonly isFile: boolean;
}

/** A command, and all below it. */
export function completedTree(command: Command, path = ''): readonly Completed[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const [argument] = command.registeredArguments;
  const own: Completed = {
    path,
    commands: commands.map((one) => ({
      name: one.name(),
      does: firstLine(help.subcommandDescription(one)),
    })),
    options: help.visibleOptions(command).map(optionOf),
    argument: argument
      ? completedValue(argument, `${argument.name()} ${argument.description}`)
      : null,
  };
  const below = command.commands.flatMap((one) =>
    completedTree(one, path === '' ? one.name() : `${path} ${one.name()}`),
  );
  return [own, ...below];
}

function optionOf(option: Option): CompletedOption {
  const { short, long, required, optional, description, flags } = option;
  return {
    flags: [short, long].filter((one) => one !== undefined),
    does: firstLine(description),
    value: required || optional ? completedValue(option, flags) : null,
    isOptional: optional,
  };
}

function completedValue(one: Argument | Option, named: string): CompletedValue {
  return {
    values: suggestedValues(one),
    isFile: /\b(?:file|dir|folder|path|plan|run\.json)\b/i.test(named),
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
