/** What answers a question that AWS leaves open carries its mark, in the pages and in --help. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command, Option } from 'commander';
import { marked, type Token } from 'marked';
import { ALL_CHOICES, CHOICES_HELP } from '../../cli/options/emulator-options.ts';
import { program } from '../../cli/program.ts';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { PAGES } from './blocks.ts';

const MARKS = /\b(documented|inferred|assumed)\b/;
const CHOICES = Object.keys(ALL_CHOICES);

/** Choices that a help text names without a mark and a reason in the lines after it. */
const unmarkedIn = (help: string): string[] =>
  CHOICES.filter(
    (name) =>
      !new RegExp(`^ {2}${name}=.*\\n.*\\n {6}(documented|inferred|assumed): \\S`, 'm').test(help),
  );

test('each choice in --help has its mark and its reason', () => {
  expect(unmarkedIn(CHOICES_HELP)).toEqual([]);
  expect(unmarkedIn(CHOICES_HELP.replace('assumed: both lists', 'both lists'))).toEqual([
    'emptyLists',
  ]);
});

/** Options of the name of a choice: `--pending-limit` is `pendingLimit`. */
function choosing(command: Command): { readonly path: string; readonly option: Option }[] {
  const own = command.options
    .filter((option) => CHOICES.includes(option.attributeName()))
    .map((option) => ({ path: command.name(), option }));
  return [...own, ...command.commands.flatMap(choosing)];
}

test('each other option that answers such a question has its mark', async () => {
  const options = choosing(await program());
  expect(options.length).toBeGreaterThan(1);
  const unmarked = options.filter(({ option }) => !MARKS.test(option.description));
  expect(unmarked.map(({ path, option }) => `${path} ${option.long}`)).toEqual([]);
});

/** Paragraphs, items and rows that name a choice and neither its mark nor the page of all marks. */
function unmarkedOn(markdown: string): string[] {
  const unmarked: string[] = [];
  const look = (tokens: readonly Token[], raw: string): void => {
    const named: string[] = [];
    marked.walkTokens([...tokens], (token) => {
      if (token.type !== 'codespan') return;
      const [, name = ''] = /^(?:--choice )?(\w+)(?:=.*)?$/.exec(token.text) ?? [];
      if (CHOICES.includes(name)) named.push(name);
    });
    if (named.length > 0 && !MARKS.test(raw) && !raw.includes('assumptions.md'))
      unmarked.push(...named);
  };
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'table') {
      for (const row of token.rows) {
        const cells = row as readonly { readonly tokens: Token[]; readonly text: string }[];
        look(
          cells.flatMap(({ tokens }) => tokens),
          cells.map(({ text }) => text).join(' | '),
        );
      }
    } else if (token.type === 'list') {
      for (const item of token.items) look(item.tokens, item.raw);
    } else if ('tokens' in token && token.tokens) {
      look(token.tokens, token.raw);
    }
  }
  return unmarked;
}

test.each(PAGES)('%s has the mark of each choice that it names', (page) => {
  expect(unmarkedOn(readFileSync(join(PACKAGE_ROOT, page), 'utf8'))).toEqual([]);
});

test('a choice without a mark is found', () => {
  const text = [
    'Set `pendingLimit`.',
    'Set `--choice atStop=expire` (inferred).',
    '- `emptyLists`\n- `startSeconds`, which is assumed',
    '| a |\n|---|\n| `v2Expiry` |',
  ].join('\n\n');
  expect(unmarkedOn(text)).toEqual(['pendingLimit', 'emptyLists', 'v2Expiry']);
});
