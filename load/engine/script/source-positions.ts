/** Finds the place in the script's own sources at which an error was thrown. */

import { SourceMap, type SourceMapPayload } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { originalColumn } from '../plain/insertions.ts';
import type { Bundle } from './script.ts';

export class SourcePositions {
  readonly #file: string;
  readonly #folder: string;
  readonly #map: SourceMap;
  readonly #column: (line: number, column: number) => number;

  /** @param file the name under which the bundle was compiled. */
  constructor(file: string, bundle: Bundle) {
    this.#file = file;
    this.#folder = dirname(bundle.entry);
    this.#map = new SourceMap(JSON.parse(bundle.map) as SourceMapPayload);
    this.#column = originalColumn(bundle.code, bundle.insertions ?? []);
  }

  /** `path:line:column` of the innermost frame in the script; `''` where no frame is in the script. */
  whereThrown(error: unknown): string {
    const stack = (error as { stack?: unknown } | null | undefined)?.stack;
    if (typeof stack !== 'string') return '';
    for (const frame of stack.split('\n')) {
      const at = frame.lastIndexOf(`${this.#file}:`);
      if (at < 0) continue;
      const [line = 0, column = 0] = frame
        .slice(at + this.#file.length + 1)
        .split(':')
        .map((part) => Number.parseInt(part, 10));
      const where = this.whereWritten(line - 1, this.#column(line - 1, column - 1));
      if (where) return where;
    }
    return '';
  }

  /** The source file of a place (from 0) in the bundle before its insertions; null if it comes from no file. */
  fileOf(line: number, column: number): string | null {
    const entry = this.#map.findEntry(line, column);
    if (!('originalSource' in entry) || entry.originalSource.startsWith('k6:')) return null;
    return resolve(this.#folder, entry.originalSource);
  }

  /** `path:line:column` of a place (from 0) in the bundle before its insertions; `''` if it comes from no file. */
  whereWritten(line: number, column: number): string {
    const entry = this.#map.findEntry(line, column);
    if (!('originalSource' in entry)) return '';
    const path = relative(process.cwd(), resolve(this.#folder, entry.originalSource));
    return `${path}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  }
}
