/** Reads a history file: attempts one by one. */

import { UserError } from '../../system/errors.ts';
import {
  type Attempt,
  HISTORY_TAG,
  isReadable,
  readHistoryLine,
  versionOf,
} from '../lib/history-line.ts';
import { mayBeCut } from './last-line.ts';
import { Lines, readFileText } from './lines.ts';

/** Attempts as a stream. */
export interface History extends AsyncIterable<Attempt> {
  /** Whether the last line is cut off, so that an attempt is missing. It is known when the whole history was read. */
  readonly cut: boolean;
}

/**
 * Attempts of a history file, as a stream. Other lines of the scripts' console are ignored.
 *
 * Iterating it throws a UserError where a line has the tag of an attempt and is not a valid attempt, because the
 * audit would miss it. The last line may be incomplete: the script can end while it is written.
 *
 * @param watch receives every attempt as it is read.
 */
export function readHistory(path: string, watch: (attempt: Attempt) => void = () => {}): History {
  return new HistoryFile(path, watch);
}

class HistoryFile implements History {
  readonly #path: string;
  readonly #watch: (attempt: Attempt) => void;
  cut = false;

  constructor(path: string, watch: (attempt: Attempt) => void) {
    this.#path = path;
    this.#watch = watch;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Attempt> {
    const lines = new Lines(readFileText(this.#path, 'history'));
    let number = 0;
    let broken: string | null = null;
    for await (const line of lines) {
      if (broken !== null) throw new UserError(broken);
      number += 1;
      const version = versionOf(line);
      if (version !== null && !isReadable(version)) {
        throw new UserError(this.#unreadable(number, version));
      }
      if (lines.unended && mayBeCut(line)) {
        this.cut = true;
        return;
      }
      if (version === null) continue;
      const attempt = readHistoryLine(line);
      if (attempt) {
        this.#watch(attempt);
        yield attempt;
      } else {
        broken = `line ${number} of the history ${this.#path} is not a valid attempt (docs/history.md): ${line.slice(0, 60)}`;
      }
    }
    this.cut = broken !== null;
  }

  #unreadable(number: number, version: string): string {
    return (
      `line ${number} of the history ${this.#path} is of version ${version}, and this dialproof reads ` +
      `versions up to ${HISTORY_TAG}: audit it with the dialproof that wrote it`
    );
  }
}
