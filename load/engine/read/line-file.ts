/** Writes lines to a file in batches. */

import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ScriptRefused } from './refusal.ts';

const FLUSH_CHARACTERS = 65_536;
const FLUSH_MS = 1_000;

export class LineFile {
  readonly #what: string;
  readonly #stream: Writable;
  /** What became of the file: null when all of it is there. */
  readonly #ended: Promise<Error | null>;
  readonly #timer: NodeJS.Timeout;
  #pending = '';

  /**
   * @param file packed with gzip where its name ends in `.gz`.
   * @param what it holds, for messages.
   */
  constructor(file: string, what: string, { append = false } = {}) {
    this.#what = what;
    const target = createWriteStream(file, { flags: append ? 'a' : 'w' });
    const packed = file.endsWith('.gz') ? createGzip() : null;
    this.#stream = packed ?? target;
    const ended = packed ? pipeline(packed, target) : finished(target);
    this.#ended = ended.then(
      () => null,
      (error: Error) => error,
    );
    this.#timer = setInterval(() => this.#flush(), FLUSH_MS).unref();
  }

  write(line: string): void {
    this.#pending += `${line}\n`;
    if (this.#pending.length >= FLUSH_CHARACTERS) this.#flush();
  }

  /** @throws ScriptRefused where lines could not be written. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush();
    this.#stream.end();
    const error = await this.#ended;
    if (error) throw new ScriptRefused(`${this.#what} cannot be written: ${error.message}`);
  }

  #flush(): void {
    if (this.#pending === '') return;
    this.#stream.write(this.#pending);
    this.#pending = '';
  }
}
