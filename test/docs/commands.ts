/** Shell text as commands and words, and whether `dialproof` understands a command line. */

import type { Command } from 'commander';
import { program } from '../../cli/program.ts';
import { UserError } from '../../system/errors.ts';

/** The commands of a block: without comments, and with lines that go on joined. */
export function commandsOf(text: string): string[] {
  const commands: string[] = [];
  let command = '';
  let quote = '';
  for (let i = 0; i <= text.length; i += 1) {
    const one = text[i] ?? '\n';
    if (quote !== '') {
      if (one === quote) quote = '';
      command += one;
    } else if (one === '\\' && text[i + 1] === '\n') {
      i += 1;
    } else if (one === '#' && /(^|\s)$/.test(command)) {
      const end = text.indexOf('\n', i);
      i = (end < 0 ? text.length : end) - 1;
    } else if (one === '\n') {
      if (command.trim() !== '') commands.push(command.trim());
      command = '';
    } else {
      if (one === "'" || one === '"') quote = one;
      command += one;
    }
  }
  return commands;
}

/** Words as a shell splits them, without what is after a redirection or in the background. */
export function wordsOf(command: string): string[] {
  const words = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const end = words.findIndex((word) => /^([|&>]|2>)/.test(word));
  return (end < 0 ? words : words.slice(0, end)).map((word) => word.replace(/['"]/g, ''));
}

/** A command of npm that starts `dialproof`, as that. */
export const withoutNpm = (text: string): string =>
  text
    .replaceAll(/\bnpx dialproof\b/g, 'dialproof')
    .replaceAll(/\bnpm run dialproof --(?= )/g, 'dialproof')
    .replaceAll(/\bnpm start( --(?= -)|$)/gm, 'dialproof run');

/** The words after `dialproof`, where a command is one. Variables before it, and prompts of a CI, do not count. */
export function dialproofWords(command: string): string[] | null {
  const [, rest] = /^(?:- run: )?(?:\w+=\S* )*dialproof (.+)$/s.exec(withoutNpm(command)) ?? [];
  return rest === undefined ? null : wordsOf(rest);
}

/** What stands for a value that the reader has, and a value that a command takes. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  N: '2',
  SECONDS: '60',
  URL: 'http://127.0.0.1:4010',
  PATH: './script.ts',
  NAME: 'smoke',
  COMMAND: 'doctor',
  'name=value': 'emptyLists=present',
  'my-plan.json': 'ambiguous',
};

/** What the prose leaves out where it names a command. */
const LEFT_OUT = [
  'commander.missingMandatoryOptionValue',
  'commander.missingArgument',
  'commander.optionMissingArgument',
];

/**
 * Reads a command line with the parser of the command, and runs nothing.
 *
 * @param words after `dialproof`; brackets and bars of a synopsis do not count, nor does `…`.
 * @param isName whether it may lack what the command needs, because it only names the command.
 * @returns what the parser says against it; null for nothing.
 */
export async function notUnderstood(
  words: readonly string[],
  isName = false,
): Promise<string | null> {
  const bare = words
    .map((word) => word.replace(/^\[|\]$/g, ''))
    .filter((word) => !['|', '…', ''].includes(word))
    .map((word) => word.split('|')[0] ?? '')
    .map((word) => PLACEHOLDERS[word] ?? word);
  const root = await program(bare[0]);
  let said = '';
  forEach(root, (command) => {
    command.exitOverride().configureOutput({
      writeOut: () => undefined,
      writeErr: (text) => {
        said += text;
      },
    });
    // What has subcommands and no action of its own keeps none: it asks for a subcommand.
    if (command.commands.length === 0 || hasAction(command)) command.action(() => undefined);
  });
  try {
    await root.parseAsync(bare, { from: 'user' });
    return null;
  } catch (error) {
    const isHelp = bare.some((word) => word === '--help' || word === '--version');
    const { code = '' } = error as { readonly code?: string };
    if (isHelp || (isName && LEFT_OUT.includes(code))) return null;
    return said || (error instanceof UserError ? error.message : String(error));
  }
}

/** Long options of every command. */
export async function knownOptions(): Promise<ReadonlySet<string>> {
  const known = new Set<string>(['--help', '--version']);
  forEach(await program(), (command) => {
    for (const { long } of command.options) if (long) known.add(long);
  });
  return known;
}

/** Paths of the commands that can be given, such as `load run`. */
export async function commandPaths(): Promise<readonly string[]> {
  const paths: string[] = [];
  const visit = (command: Command, path: readonly string[]): void => {
    if (path.length > 0 && (command.commands.length === 0 || hasAction(command)))
      paths.push(path.join(' '));
    for (const one of command.commands) visit(one, [...path, one.name()]);
  };
  visit(await program(), []);
  return paths;
}

function forEach(command: Command, act: (command: Command) => void): void {
  for (const one of command.commands) forEach(one, act);
  act(command);
}

/** commander says it nowhere in public. */
const hasAction = (command: Command): boolean =>
  (command as unknown as { readonly _actionHandler: unknown })._actionHandler !== null;
