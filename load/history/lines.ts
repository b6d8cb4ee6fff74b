/** Text as lines, streamed. */

import { createReadStream } from 'node:fs';
import { UserError } from '../../system/errors.ts';

/** Lines of a text that comes in chunks; a last one without a line feed counts. */
export async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/**
 * A file's text in chunks.
 *
 * @param what the file is called in a refusal.
 * @throws UserError where it cannot be read.
 */
export async function* readFileText(path: string, what: string): AsyncGenerator<string> {
  try {
    yield* createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 18 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`cannot read the ${what} ${path} (${code})`);
  }
}
