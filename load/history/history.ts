/** Reads a history file: attempts one by one. */

import { UserError } from '../../system/errors.ts';
import { type Attempt, isHistoryLine, readHistoryLine } from '../lib/history-line.ts';
import { linesOf, readFileText } from './lines.ts';

/**
 * Attempts of a history file, as a stream. Other lines of the scripts' console are ignored.
 *
 * @throws UserError where a line has the tag of an attempt and is not a valid attempt, because the audit would miss
 * it. The last line may be incomplete: the script can end while it is written.
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
