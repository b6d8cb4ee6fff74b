/** The files that a script opens. Each is read or opened once and shared by all VUs. */

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface OpenFile {
  readonly descriptor: number;
  /** Size in bytes when the file was opened. */
  readonly size: number;
}

export class SharedFiles {
  readonly #folder: string;
  readonly #contents = new Map<string, Buffer>();
  readonly #open = new Map<string, OpenFile>();

  /** @param folder of the script. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * @param folder the folder at which a relative path starts.
   * @throws Error naming the file and what is wrong with it.
   */
  contents(path: string, folder: string): Buffer {
    const full = pathOf(path, folder);
    let contents = this.#contents.get(full);
    if (!contents) {
      contents = readFileSync(full);
      this.#contents.set(full, contents);
    }
    return contents;
  }

  /** @throws Error naming the file and what is wrong with it. */
  open(path: string): OpenFile {
    const full = pathOf(path, this.#folder);
    let file = this.#open.get(full);
    if (!file) {
      const descriptor = openSync(full, 'r');
      file = { descriptor, size: fstatSync(descriptor).size };
      this.#open.set(full, file);
    }
    return file;
  }

  close(): void {
    for (const { descriptor } of this.#open.values()) closeSync(descriptor);
    this.#open.clear();
  }
}

/** Converts a file URL to a path. As in k6, both are allowed. */
function pathOf(path: string, folder: string): string {
  return path.startsWith('file://') ? fileURLToPath(path) : resolve(folder, path);
}
