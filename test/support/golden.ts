/** Files that a test compares with what is made now; UPDATE_GOLDEN=1 writes them, for a look at the difference. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** @returns the text of the file as committed; with UPDATE_GOLDEN=1 `text`, which is then written. */
export function goldenText(path: string, text: string): string {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

export function expectGolden(path: string, text: string): void {
  expect(text).toBe(goldenText(path, text));
}

/**
 * Compares parts of a page with what is made now. A part stands between `<!-- NAME -->` and `<!-- end of NAME -->`.
 *
 * @param parts name -> text.
 */
export function expectGoldenParts(path: string, parts: Readonly<Record<string, string>>): void {
  let page = readFileSync(path, 'utf8');
  for (const [name, text] of Object.entries(parts)) {
    const [before, after] = [`<!-- ${name} -->\n`, `\n<!-- end of ${name} -->`];
    const [from, to] = [page.indexOf(before) + before.length, page.indexOf(after)];
    if (from < before.length || to < from - 1) throw new Error(`${path} has no part "${name}"`);
    page = `${page.slice(0, from)}${text}${page.slice(Math.max(from, to))}`;
  }
  expectGolden(path, page);
}

export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
