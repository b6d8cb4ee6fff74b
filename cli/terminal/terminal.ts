/** Results on stdout, progress on stderr, colour where it is wanted. */

import { styleText } from 'node:util';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

export class Terminal {
  readonly json: boolean;
  readonly #shown: boolean;
  #line = '';

  /** @param json keep stdout for one JSON document. */
  constructor(json: boolean) {
    this.json = json;
    this.#shown = process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !process.env.CI;
  }

  /** Prints a line of the result. With --json it prints nothing. */
  say(text: string): void {
    this.#clear();
    if (!this.json) process.stdout.write(`${text}\n`);
  }

  /** Prints a warning for the user, with --json too. */
  warn(text: string): void {
    this.#clear();
    process.stderr.write(`${text}\n`);
  }

  /** Rewrites one line of stderr. Does nothing where stderr is not a terminal. */
  progress(text: string): void {
    if (!this.#shown || text === this.#line) return;
    // A terminal without a size says 0.
    const width = process.stderr.columns || 80;
    process.stderr.write(`\r\x1b[2K${text.slice(0, width - 1)}`);
    this.#line = text;
  }

  /** The one JSON document. */
  document(value: unknown): void {
    this.#clear();
    process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** Styled text for stdout; plain with NO_COLOR, into a file, or with --json. */
  readonly paint = (style: Style, text: string): string =>
    styleText(style, text, { stream: process.stdout });

  #clear(): void {
    if (this.#line === '') return;
    process.stderr.write('\r\x1b[2K');
    this.#line = '';
  }
}
