/** Text that takes no more than the room that there is: lists and tables that are cut, and say so. */

import { whole } from '../../run/figures.ts';
import type { RunVerdict } from '../../run/run.ts';
import { clip, visible, visibleLine } from '../../system/visible.ts';
import { line as plainLine, unlinked } from './text.ts';

/** How much a list and a text may take. */
export interface Room {
  readonly items: number;
  readonly letters: number;
}

export function verdictText(verdict: RunVerdict): string {
  return verdict === 'fail' ? '**fail**' : verdict;
}

/** The blocks of the first items, and a word on the items that had no room. */
export function blocks<Item>(
  items: readonly Item[],
  room: Room,
  make: (item: Item) => readonly string[],
): readonly string[] {
  return [...items.slice(0, room.items).flatMap(make), ...more(items, room)];
}

/** The table rows of the first items, and a row on the items that had no room. */
export function rows<Item>(
  items: readonly Item[],
  room: Room,
  make: (item: Item) => readonly (readonly string[])[],
): readonly (readonly string[])[] {
  return [...items.slice(0, room.items).flatMap(make), ...more(items, room).map((text) => [text])];
}

function more(items: readonly unknown[], room: Room): readonly string[] {
  return items.length > room.items
    ? [`${whole(items.length - room.items)} more in report.html`]
    : [];
}

export function folded(title: string, content: string | readonly string[]): string {
  const kept = [content].flat().filter((text) => text !== '');
  if (kept.length === 0) return '';
  return `<details><summary>${title}</summary>\n\n${kept.join('\n\n')}\n\n</details>`;
}

/** Text in a code block, its fence longer than any run of backticks in the text. */
export function block(texts: readonly string[], room: Room): string {
  const shown = blocks(texts, room, (text) => [clip(visible(text), room.letters)]).join('\n');
  if (shown === '') return '';
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((found) => found.length));
  const fence = '`'.repeat(longest + 1);
  return `\n\n${fence}text\n${shown}\n${fence}`;
}

/** One line of text in code face. */
export function coded(text: string, room: Room): string {
  // Within backticks nothing can be escaped, and a table is cut at a pipe before code is seen.
  return /^[^`|\\]+$/.test(text)
    ? `\`${clip(visibleLine(text), room.letters)}\``
    : `<code>${line(text, room)}</code>`;
}

/** Text within an HTML element of the Markdown. */
export function html(text: string, { letters }: Room): string {
  return unlinked(clip(visibleLine(text), letters))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** One line of text that is only text. */
export function line(text: string, { letters }: Room): string {
  return plainLine(text, letters);
}
