/** Writes a script's console lines: the bare message and a newline, as in k6's raw format. On stderr they are cleaned. */

import { inspect } from 'node:util';
import { harmless } from '../../../system/visible.ts';
import { LineFile } from '../read/line-file.ts';

export class ConsoleOutput {
  readonly #file: LineFile | null;

  /** @param file null writes to stderr. */
  constructor(file: string | null) {
    this.#file = file === null ? null : new LineFile(file, 'the console output');
  }

  readonly write = (...values: unknown[]): void => {
    const [only] = values;
    const line =
      values.length === 1 && typeof only === 'string' ? only : values.map(text).join(' ');
    if (this.#file) this.#file.write(line);
    else process.stderr.write(`${harmless(line)}\n`);
  };

  /** @throws ScriptRefused where lines could not be written. */
  async close(): Promise<void> {
    await this.#file?.close();
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
