/** Results on stdout, progress on stderr, colour where it is wanted. */

import { styleText } from 'node:util';
import { harmless } from '../../system/visible.ts';
import { jsonToStdout, painted, showProgress, toStderr, toStdout } from './out.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';

export class Terminal {
  readonly json: boolean;
  readonly #shown: boolean;

  /** @param json keep stdout for one JSON document. */
  constructor(json: boolean) {
    this.json = json;
    this.#shown = process.stderr.isTTY === true && process.env.TERM !== 'dumb' && !process.env.CI;
  }

  /** Prints a line of the result. With --json it prints nothing. */
  say(text: string): void {
    if (!this.json) toStdout(`${text}\n`);
  }

  /** Prints a warning for the user, with --json too. */
  warn(text: string): void {
    toStderr(`${text}\n`);
  }

  /** Rewrites one line of stderr. Does nothing where stderr is not a terminal. */
  progress(text: string): void {
    if (this.#shown) showProgress(text);
  }

  /** The one JSON document. */
  document(value: unknown): void {
    jsonToStdout(value);
  }

  /** Styled text for `say`; plain with NO_COLOR, into a file, or with --json. */
  readonly paint = (style: Style, text: string): string =>
    painted(styleText(style, harmless(text), { stream: process.stdout }));
}
