/** Reads a history file: attempts one by one. */

import { type Attempt, readHistoryLine } from './history-line.ts';
import { linesOf, readFileText } from './lines.ts';

/** Attempts of a history file, streamed; other lines of the scripts' console are passed over. */
export async function* readHistory(path: string): AsyncGenerator<Attempt> {
  for await (const line of linesOf(readFileText(path, 'history'))) {
    const attempt = readHistoryLine(line);
    if (attempt) yield attempt;
  }
}
