/** Histories of one run's instances -> one history, in the order in which attempts ended. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { endOf, readHistoryLine } from '../lib/history-line.ts';
import { mayBeCut } from './last-line.ts';
import { Lines, readFileText } from './lines.ts';

/**
 * Merges history files, each in the order in which its attempts ended, as audits want them.
 *
 * Lines that are no attempts keep their place behind the line before them. Memory does not grow with the
 * files. Clocks of several machines are taken as they are. If a file's last line is cut off, so is that of the
 * merged history.
 */
export async function mergeHistories(paths: readonly string[], into: string): Promise<void> {
  const out = createWriteStream(into);
  const failed = once(out, 'error').then(([error]) => Promise.reject(error));
  const heads = await Promise.all(paths.map((path) => new Head(path).next()));
  let cut = '';
  for (;;) {
    const [first] = heads.filter((head) => !head.done).sort((a, b) => a.endMs - b.endMs);
    if (!first) break;
    if (first.isCut) cut = first.line;
    else if (!out.write(`${first.line}\n`)) await Promise.race([once(out, 'drain'), failed]);
    await first.next();
  }
  out.end(cut);
  await Promise.race([once(out, 'close'), failed]);
}

/** The next line of a file. */
class Head {
  readonly #lines: Lines;
  readonly #next: AsyncIterator<string>;
  line = '';
  done = false;
  /** Epoch milliseconds at which the attempt of this line, or of the last one that is one, ended. */
  endMs = 0;

  constructor(path: string) {
    this.#lines = new Lines(readFileText(path, 'history'));
    this.#next = this.#lines[Symbol.asyncIterator]();
  }

  get isCut(): boolean {
    return this.#lines.unended && mayBeCut(this.line);
  }

  async next(): Promise<this> {
    const { value, done } = await this.#next.next();
    this.done = done === true;
    this.line = this.done ? '' : value;
    const attempt = readHistoryLine(this.line);
    if (attempt) this.endMs = endOf(attempt);
    return this;
  }
}
