/** Where a script's console lines go: the bare message and a newline, as k6's raw format has it. */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { inspect } from 'node:util';
import { ScriptRefused } from './refusal.ts';

const FLUSH_CHARACTERS = 65_536;
const FLUSH_MS = 1_000;

export class ConsoleOutput {
  readonly #stream: WriteStream | NodeJS.WriteStream;
  readonly #ownsStream: boolean;
  readonly #timer: NodeJS.Timeout;
  #pending = '';
  #failure: Error | null = null;

  /** @param file null writes to stderr. */
  constructor(file: string | null) {
    this.#ownsStream = file !== null;
    this.#stream = file === null ? process.stderr : createWriteStream(file);
    if (this.#ownsStream) {
      this.#stream.on('error', (error) => {
        this.#failure = error;
      });
    }
    this.#timer = setInterval(() => this.#flush(), FLUSH_MS).unref();
  }

  readonly write = (...values: unknown[]): void => {
    const [only] = values;
    const line =
      values.length === 1 && typeof only === 'string' ? only : values.map(text).join(' ');
    this.#pending += `${line}\n`;
    if (this.#pending.length >= FLUSH_CHARACTERS || !this.#ownsStream) this.#flush();
  };

  /** @throws ScriptRefused where lines could not be written. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#flush();
    if (this.#ownsStream && !this.#failure) {
      this.#stream.end();
      await once(this.#stream, 'close').catch((error: Error) => {
        this.#failure = error;
      });
    }
    if (this.#failure) {
      throw new ScriptRefused(`the console output cannot be written: ${this.#failure.message}`);
    }
  }

  #flush(): void {
    if (this.#pending === '') return;
    this.#stream.write(this.#pending);
    this.#pending = '';
  }
}

/** As k6 prints: strings as they are, objects as JSON. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if (value instanceof Error || 'stack' in value) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return inspect(value);
  }
}
