/** Reads a history file: attempts one by one. */

import { UserError } from '../../system/errors.ts';
import { type Attempt, isHistoryLine, readHistoryLine } from '../lib/history-line.ts';
import { linesOf, readFileText } from './lines.ts';

/**
 * Attempts of a history file, streamed; other lines of the scripts' console are passed over.
 *
 * @throws UserError for a line that should be an attempt and is none: what it says would go unaudited. The last
 * one may be cut off, by whatever ended the script.
 */
export async function* readHistory(path: string): AsyncGenerator<Attempt> {
  let number = 0;
  let broken: string | null = null;
  for await (const line of linesOf(readFileText(path, 'history'))) {
    if (broken !== null) throw new UserError(broken);
    number += 1;
    const attempt = readHistoryLine(line);
    if (attempt) yield attempt;
    else if (isHistoryLine(line)) {
      broken = `line ${number} of the history ${path} is not a valid attempt (docs/history.md): ${line.slice(0, 60)}`;
    }
  }
}
