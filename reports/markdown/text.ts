/** Texts that are safe in GitHub-flavoured Markdown. */

import { clip, visibleLine } from '../../system/visible.ts';

/** GitHub refuses a comment above 65,536 characters; the rest is left for text around the report. */
export const MOST_BYTES = 60_000;

export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  if (body.length === 0) return '';
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n');
}

/**
 * One line of text that is only text: no markup, cell end, mention, issue link or formula.
 *
 * @param letters the longest text, before it is escaped.
 */
export function line(text: string, letters: number): string {
  return unlinked(clip(visibleLine(text), letters))
    .replace(/[\\`*[\]<>~&$]|(?<!\w)_|_(?!\w)|^\s*[-+#=]|(?<=^\s*\d+)[.)](?=\s|$)/g, '\\$&')
    .replaceAll('|', '&#124;');
}

/** GitHub looks for mentions and issues in the rendered text, so escapes do not stop it. */
export function unlinked(text: string): string {
  return text.replace(/@(?=\w)|#(?=\d)/g, '$&\u200b');
}
