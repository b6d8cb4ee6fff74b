/** Text as lines, streamed. */

import { createReadStream } from 'node:fs';
import { UserError } from '../../system/errors.ts';

/** Lines of a text that comes in chunks, ended by LF or CRLF. A last one without a line feed counts. */
export class Lines implements AsyncIterable<string> {
  readonly #chunks: AsyncIterable<string>;
  #unended = false;

  constructor(chunks: AsyncIterable<string>) {
    this.#chunks = chunks;
  }

  /** Whether the line that came last has no line feed, so that its end may be missing. */
  get unended(): boolean {
    return this.#unended;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    let rest = '';
    for await (const chunk of this.#chunks) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
    }
    this.#unended = rest !== '';
    if (rest !== '') yield rest;
  }
}

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A file's text in chunks, without a byte-order mark.
 *
 * @param what the file is called in a refusal.
 * @throws UserError where it cannot be read.
 */
export async function* readFileText(path: string, what: string): AsyncGenerator<string> {
  let first = true;
  try {
    for await (const chunk of createReadStream(path, {
      encoding: 'utf8',
      highWaterMark: 1 << 18,
    })) {
      const text = chunk as string;
      yield first && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
      first = false;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new UserError(`cannot read the ${what} ${path} (${code})`);
  }
}
