/** Finds exceptions in k6's log. k6 only logs an exception that an iteration throws, and still exits with 0. */

import type { LoadFault } from '../../run/statements/load.ts';

/** A frame of k6's stack traces, such as `at default (file:///script.js:3:9(4))`. */
const FRAME = /^\s+at (?:.* \()?\S+:\d+:\d+\(\d+\)\)?/;
/** The most different exceptions that are reported. */
const MOST = 20;

export class K6Exceptions {
  readonly #counts = new Map<string, number>();
  /** The previous line. It is the exception's message if stack frames follow. */
  #before = '';
  #rest = '';

  /** @param text what k6 logged, with `--log-format=raw`; lines may be cut. */
  read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const isFrame = FRAME.test(line);
      if (isFrame && this.#before !== '') this.#count(this.#before);
      // The frames that follow belong to the same exception.
      this.#before = isFrame ? '' : line.trim();
    }
  }

  told(): LoadFault[] {
    return [...this.#counts].map(([message, count]) => ({
      kind: 'script threw',
      message,
      count,
      where: null,
    }));
  }

  #count(message: string): void {
    const count = this.#counts.get(message) ?? 0;
    if (count > 0 || this.#counts.size < MOST) this.#counts.set(message, count + 1);
  }
}
