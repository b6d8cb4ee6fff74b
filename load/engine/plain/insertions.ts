/** Text with insertions, and the way back to the columns before them. */

import type { Insertion } from './transform.ts';

export function withInsertions(code: string, insertions: readonly Insertion[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const { at, text } of insertions) {
    parts.push(code.slice(from, at), text);
    from = at;
  }
  return parts.join('') + code.slice(from);
}

/**
 * @param code with the insertions in it.
 * @returns maps a line and a column of the code (from 0) to the column before the insertions.
 */
export function originalColumn(
  code: string,
  insertions: readonly Insertion[],
): (line: number, column: number) => number {
  if (insertions.length === 0) return (_line, column) => column;
  const starts = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  return (line, column) => {
    const start = starts[line] ?? 0;
    let shift = 0;
    let shiftAtStart = 0;
    for (const { at, text } of insertions) {
      if (at + shift < start) shiftAtStart += text.length;
      else if (at + shift > start + column) break;
      // Inside an insertion the place is the one that it stands at.
      else if (at + shift + text.length > start + column) {
        return at - (start - shiftAtStart);
      }
      shift += text.length;
    }
    return column - (shift - shiftAtStart);
  };
}
