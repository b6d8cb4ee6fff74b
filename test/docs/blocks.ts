/** The fenced blocks and the code spans of the pages, as marked reads them. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { marked, type Token, type Tokens } from 'marked';
import { PACKAGE_ROOT } from '../../system/package.ts';
import { ROOMS } from '../structure/rooms.ts';

export interface Block {
  /** From the root of the checkout, such as `docs/load.md`. */
  readonly page: string;
  /** Its first line that tells it from others: no import, and no lone bracket. */
  readonly key: string;
  /** Empty if the page names none. */
  readonly language: string;
  readonly text: string;
}

const markdownIn = (folder: string): string[] =>
  readdirSync(join(PACKAGE_ROOT, folder))
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => join(folder, name));

/** Every page that is written for people: the manual, the examples, and what the rooms say of themselves. */
export const PAGES: readonly string[] = [
  ...markdownIn('.'),
  ...markdownIn('docs'),
  ...readdirSync(join(PACKAGE_ROOT, 'examples')).flatMap((name) =>
    markdownIn(join('examples', name)),
  ),
  ...Object.keys(ROOMS).flatMap(markdownIn),
];

function tokensOf(page: string): Token[] {
  const found: Token[] = [];
  const tokens = marked.lexer(readFileSync(join(PACKAGE_ROOT, page), 'utf8'));
  marked.walkTokens(tokens, (token) => {
    found.push(token);
  });
  return found;
}

export function blocksOf(page: string): Block[] {
  return tokensOf(page)
    .filter((token): token is Tokens.Code => token.type === 'code')
    .map(({ lang = '', text }) => ({ page, key: keyOf(text), language: lang, text }));
}

/** What stands between backticks in the prose. */
export function spansOf(page: string): string[] {
  return tokensOf(page)
    .filter((token): token is Tokens.Codespan => token.type === 'codespan')
    .map(({ text }) => text);
}

/** @throws Error if the page has no block, or several, with that key. */
export function textOf(page: string, key: string): string {
  const [found, ...more] = blocksOf(page).filter((block) => block.key === key);
  if (found === undefined || more.length > 0)
    throw new Error(`${page} has ${found ? 'several blocks' : 'no block'}: ${key}`);
  return found.text;
}

function keyOf(text: string): string {
  const lines = text.split('\n');
  const telling = lines.find(
    (line) => /\w/.test(line) && !/^(import\b|}? from |expect\.extend)/.test(line),
  );
  return (telling ?? lines[0] ?? '').trim();
}
