/** Histories of one run's instances -> one history, in the order in which attempts ended. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readHistoryLine } from '../lib/history-line.ts';
import { linesOf, readFileText } from './lines.ts';

/**
 * Merges history files, each in the order in which its attempts ended, as audits want them.
 *
 * Lines that are no attempts keep their place behind the line before them. Memory does not grow with the
 * files. Clocks of several machines are taken as they are.
 */
export async function mergeHistories(paths: readonly string[], into: string): Promise<void> {
  const out = createWriteStream(into);
  const failed = once(out, 'error').then(([error]) => Promise.reject(error));
  const heads = await Promise.all(paths.map((path) => new Head(path).next()));
  for (;;) {
    const [first] = heads.filter((head) => !head.done).sort((a, b) => a.endMs - b.endMs);
    if (!first) break;
    if (!out.write(`${first.line}\n`)) await Promise.race([once(out, 'drain'), failed]);
    await first.next();
  }
  out.end();
  await Promise.race([once(out, 'close'), failed]);
}

/** The next line of a file. */
class Head {
  readonly #lines: AsyncGenerator<string>;
  line = '';
  done = false;
  /** Epoch milliseconds at which the attempt of this line, or of the last one that is one, ended. */
  endMs = 0;

  constructor(path: string) {
    this.#lines = linesOf(readFileText(path, 'history'));
  }

  async next(): Promise<this> {
    const { value, done } = await this.#lines.next();
    this.done = done === true;
    this.line = value ?? '';
    const attempt = readHistoryLine(this.line);
    if (attempt) this.endMs = attempt.startMs + attempt.durationMs;
    return this;
  }
}
