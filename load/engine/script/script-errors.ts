/** Counts the exceptions of a script by message and place. */

import type { SourcePositions } from './source-positions.ts';

export interface ScriptError {
  readonly message: string;
  readonly count: number;
  /** `path:line:column`; `''` where it is not known. */
  readonly where: string;
}

/** The limit keeps errors that differ only in an id from filling the memory. */
const MAX_DIFFERENT = 100;

export class ScriptErrors {
  readonly #positions: SourcePositions;
  readonly #counts = new ErrorCounts();

  constructor(positions: SourcePositions) {
    this.#positions = positions;
  }

  add(error: unknown): void {
    const where = this.#positions.whereThrown(error);
    this.#counts.add({ message: messageOf(error), count: 1, where });
  }

  /** Most frequent first. */
  list(): ScriptError[] {
    return this.#counts.list();
  }
}

/** Errors counted already, and those of several instances. */
export class ErrorCounts {
  readonly #counts = new Map<string, { message: string; count: number; where: string }>();

  add({ message, count, where }: ScriptError): void {
    const full = this.#counts.size >= MAX_DIFFERENT && !this.#counts.has(`${where} ${message}`);
    const key = full ? '' : `${where} ${message}`;
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else if (full) this.#counts.set(key, { message: 'other errors', count, where: '' });
    else this.#counts.set(key, { message, count, where });
  }

  /** Most frequent first. */
  list(): ScriptError[] {
    return [...this.#counts.values()].sort((a, b) => b.count - a.count);
  }
}

export function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  const name = (error as { name?: unknown } | null | undefined)?.name;
  if (typeof message !== 'string') return String(error);
  return typeof name === 'string' && name !== 'Error' ? `${name}: ${message}` : message;
}
