/** Inserts text, and maps columns of the result back to columns of the original. */

/** Text to insert into one line of the bundle. It has no line break. */
export interface Insertion {
  /** Offset in the bundle before any insertion. */
  readonly at: number;
  readonly text: string;
}

export function withInsertions(code: string, insertions: readonly Insertion[]): string {
  let from = 0;
  const parts: string[] = [];
  for (const { at, text } of insertions) {
    parts.push(code.slice(from, at), text);
    from = at;
  }
  return parts.join('') + code.slice(from);
}

/** @returns a function that maps an offset of the text to its line and column, both from 0. */
export function placesIn(text: string): (offset: number) => [line: number, column: number] {
  const starts = lineStarts(text);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return [low, offset - (starts[low] ?? 0)];
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * @param code with the insertions in it.
 * @returns a function that maps a line and a column of the code (from 0) to the column before the insertions.
 */
export function originalColumn(
  code: string,
  insertions: readonly Insertion[],
): (line: number, column: number) => number {
  if (insertions.length === 0) return (_line, column) => column;
  const starts = lineStarts(code);
  return (line, column) => {
    const start = starts[line] ?? 0;
    let shift = 0;
    let shiftAtStart = 0;
    for (const { at, text } of insertions) {
      if (at + shift < start) shiftAtStart += text.length;
      else if (at + shift > start + column) break;
      // A place inside an insertion maps to the place of the insertion.
      else if (at + shift + text.length > start + column) {
        return at - (start - shiftAtStart);
      }
      shift += text.length;
    }
    return column - (shift - shiftAtStart);
  };
}
