/** How the blocks of the pages are accounted for: one row for each, which is a test. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { newProject, writeIn } from '../support/installed.ts';
import { type Block, textOf } from './blocks.ts';
import { commandsOf, withoutNpm, wordsOf } from './commands.ts';
import type { Lacking } from './lacking.ts';
import { runCommands, type ShellRun, type Told } from './shell.ts';
import { expectShown } from './shown.ts';

export interface Row {
  /** For the name of the test: what is run, with which substitutions, or why nothing is. */
  readonly how: string;
  /** How many blocks of the page have the key. Default 1. */
  readonly times?: number;
  /** What the machine lacks; the row is skipped then, by name. */
  readonly lacks?: Lacking;
  /** @throws if the block does not do what the page says. Absent for snippets, which are run together. */
  readonly check?: (block: Block) => void | Promise<void>;
  readonly snippet?: Snippet;
  /** Keys of samples that are compared with what the row prints. */
  readonly shows?: readonly string[];
  readonly isSample?: true;
  /** Whether it is a list of commands with what they do, and no command line. */
  readonly isList?: true;
}

export interface Snippet {
  /** Stands before the text, as what the reader has in the file already. */
  readonly before?: string;
  /** Stands after it. */
  readonly after?: string;
  readonly with?: Readonly<Record<string, string>>;
  /** Why it is not run, only its types are checked. */
  readonly typesOnly?: string;
}

/** Pages by name, and their rows by the keys of the blocks. */
export type Account = Readonly<Record<string, Readonly<Record<string, Row>>>>;

const MINUTES = 60_000;

const saidOf = (swaps: Readonly<Record<string, string>> = {}): string =>
  Object.entries(swaps)
    .map(([from, to]) => `, \`${from}\` as \`${to}\``)
    .join('');

/** @throws if the text lacks what is replaced: then the row says something that is not so. */
export function swapped(text: string, swaps: Readonly<Record<string, string>> = {}): string {
  return Object.entries(swaps).reduce((now, [from, to]) => {
    if (!now.includes(from)) throw new Error(`the block has no ${from}`);
    return now.replaceAll(from, to);
  }, text);
}

export interface ShellRow extends ShellRun {
  readonly with?: Readonly<Record<string, string>>;
  readonly lacks?: Lacking;
  readonly manifest?: object;
  /** Where the block is no command but a file: its name, and the commands that read it. */
  readonly file?: { readonly name: string; readonly by: string };
  /** Commands that are not run, by what they begin with, and why. Their options are checked as everywhere. */
  readonly not?: Readonly<Record<string, string>>;
  /** Keys of blocks that show what these commands print. */
  readonly shows?: readonly string[];
  /** @param told what each command printed, in order. */
  readonly after?: (told: readonly Told[], project: string) => void | Promise<void>;
}

/** Commands that are run by a shell, in a project that has the installed package. */
export function runs({
  with: swaps,
  lacks,
  manifest,
  file,
  not = {},
  shows = [],
  after,
  ...run
}: ShellRow = {}): Row {
  const parts = [
    ...(file ? [`as ${file.name}, by \`${file.by}\``] : []),
    ...Object.entries(swaps ?? {}).map(([from, to]) => `\`${from}\` as \`${to}\``),
    ...Object.entries(run.adds ?? {}).map(([command, more]) => `\`${command}\` with \`${more}\``),
    ...(run.beside ? [`beside \`${run.beside}\``] : []),
    ...Object.entries(not).map(([command, why]) => `\`${command}\` not run: ${why}`),
  ];
  return {
    how: ['runs', ...parts].join(', '),
    shows,
    ...(lacks ? { lacks } : {}),
    async check({ page, text }) {
      const project = newProject(manifest);
      const filled = swapped(text, swaps);
      if (file) writeIn(project, file.name, `${filled}\n`);
      const commands = commandsOf(file?.by ?? filled).map(withoutNpm);
      const left = Object.keys(not);
      // A name that is a whole command leaves out only that one.
      const isLeft = (command: string) =>
        left.some((name) =>
          commands.includes(name) ? command === name : command.startsWith(name),
        );
      expect(left.filter((name) => !commands.some((one) => one.startsWith(name)))).toEqual([]);
      const told = await runCommands(
        commands.filter((command) => !isLeft(command) && !isInstallation(command, project)),
        project,
        run,
      );
      const said = told.map(({ stdout, stderr }) => `${stdout}${stderr}`).join('');
      for (const key of shows) expectShown(textOf(page, key), said);
      await after?.(told, project);
    },
  };
}

/** `npm install` and `pip install`. What is named has to be in the projects of these tests, by npm's installation. */
function isInstallation(command: string, project: string): boolean {
  if (/^pip install [\w ]+$/.test(command)) return true;
  if (!/^npm (install|ci)\b/.test(command)) return false;
  const missing = wordsOf(command)
    .slice(2)
    .filter((word) => !word.startsWith('--'))
    .filter((name) => !existsSync(join(project, 'node_modules', name, 'package.json')));
  expect({ command, missing }).toEqual({ command, missing: [] });
  return true;
}

/** What commands of the page print: the row that has it among what it shows compares it. */
export const sample = (): Row => ({ how: 'is what the commands print', isSample: true });

/** Scripts of the checkout: they are there. */
export function scripts(why: string): Row {
  const { scripts: known } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
  ) as { readonly scripts: Readonly<Record<string, string>> };
  return {
    how: `names scripts of the checkout, which are not run here: ${why}`,
    check({ text }) {
      const named = commandsOf(text)
        .flatMap((command) => command.split('&&'))
        .map((command) => wordsOf(command))
        .filter(([program]) => program === 'npm')
        .map(([, verb = '', name = '']) => (verb === 'run' ? name : verb))
        .filter((name) => name !== 'ci');
      expect(named.filter((name) => !(name in known))).toEqual([]);
      expect(named.length + Number(text.includes('npm ci'))).toBeGreaterThan(0);
    },
  };
}

/** @param names what the other test says of the page, in its source. */
export function elsewhere(file: string, ...names: readonly string[]): Row {
  return {
    how: `is run by ${file}`,
    check() {
      const source = readFileSync(join(PACKAGE_ROOT, file), 'utf8');
      expect(names.filter((name) => !source.includes(name))).toEqual([]);
      expect(names.length).toBeGreaterThan(0);
    },
  };
}

interface Twin {
  readonly page: string;
  readonly key: string;
  /** What is named otherwise there: texts of this block, by those of the other. */
  readonly as?: Readonly<Record<string, string>>;
  /** Commands of this block that the other has not, by what they begin with, and what runs them. */
  readonly but?: Readonly<Record<string, string>>;
}

/** Commands that another block has, whose row runs them. */
export function asOn({ page, key, as = {}, but = {} }: Twin): Row {
  const parts = Object.entries(but).map(([command, why]) => `, but \`${command}\`: ${why}`);
  return {
    how: `has commands that are run for ${page}${saidOf(as)}${parts.join('')}`,
    check({ text }) {
      const { ACCOUNTS } = require('./pages/all.ts') as typeof import('./pages/all.ts');
      expect(ACCOUNTS[page]?.[key]?.how).toMatch(/^(runs|is run by)\b/);
      const plain = (of: string) =>
        commandsOf(of).map((one) => withoutNpm(one).replaceAll(/\s+/g, ' '));
      const run = plain(swapped(textOf(page, key), as));
      const own = plain(text).filter((one) => !/^(npm|pip) install\b/.test(one));
      const left = Object.keys(but);
      expect(left.filter((name) => !own.some((one) => one.startsWith(name)))).toEqual([]);
      const shared = own.filter((one) => !left.some((name) => one.startsWith(name)));
      expect(shared.filter((one) => !run.includes(one))).toEqual([]);
      expect(shared.length).toBeGreaterThan(0);
    },
  };
}

/** A text that is no command: `check` compares it with what it is a sample of. */
export const holds = (how: string, check: (block: Block) => void | Promise<void>): Row => ({
  how,
  check,
});

/** JSON, read by the code that takes it from users. */
export const json = (how: string, read: (value: unknown, block: Block) => unknown): Row => ({
  how,
  async check(block) {
    await read(JSON.parse(block.text), block);
  },
});

/** TypeScript or JavaScript: its types are checked against the installed package, and jest runs it there. */
export const snippet = (given: Snippet = {}): Row => ({
  how: given.typesOnly
    ? `has the right types; not run: ${given.typesOnly}`
    : `has the right types and passes${saidOf(given.with)}`,
  snippet: given,
});

/** What cannot be run here. Options of `dialproof` in it are checked as everywhere. */
export const notHere = (why: string, check: (block: Block) => void = () => undefined): Row => ({
  how: `is not run here: ${why}`,
  check,
});

/** Tests of the rows of an account that are no snippets. */
export function testRows(account: Account, blocksOf: (page: string) => readonly Block[]): void {
  describe.each(Object.entries(account))('%s', (page, rows) => {
    for (const block of blocksOf(page)) {
      const row = rows[block.key];
      if (!row?.check) continue;
      const name = `${block.key}: ${row.how}`;
      const { check } = row;
      const lacking = row.lacks?.();
      if (lacking) test.skip(`${name} (not run: ${lacking})`, () => undefined);
      else test(name, async () => check(block), 10 * MINUTES);
    }
  });
}
