/** Reads a history file: attempts one by one, and the figures that reports show. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Attempt, readHistoryLine } from './history-line.ts';

/** Attempts of a history file, streamed; other lines of the scripts' console are passed over. */
export async function* readHistory(path: string): AsyncGenerator<Attempt> {
  const lines = createInterface({
    input: createReadStream(path),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  for await (const line of lines) {
    const attempt = readHistoryLine(line);
    if (attempt) yield attempt;
  }
}
