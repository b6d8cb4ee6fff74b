/** Exceptions in what k6 logs: one that an iteration throws is logged and forgotten, and k6 ends with 0. */

import type { LoadFault } from '../../run/statements/load.ts';

/** A frame of k6's stack traces, such as `at default (file:///script.js:3:9(4))`. */
const FRAME = /^\s+at (?:.* \()?\S+:\d+:\d+\(\d+\)\)?/;
/** Different ones that are told. */
const MOST = 20;

export class K6Exceptions {
  readonly #counts = new Map<string, number>();
  /** The line before: what was thrown, where frames follow. */
  #before = '';
  #rest = '';

  /** @param text what k6 logged, with `--log-format=raw`; lines may be cut. */
  read(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      const isFrame = FRAME.test(line);
      if (isFrame && this.#before !== '') this.#count(this.#before);
      // Further frames are of the same one.
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
