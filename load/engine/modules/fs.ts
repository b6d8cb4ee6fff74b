/** k6/experimental/fs: positioned reads from a file that all VUs share. */

import { readSync } from 'node:fs';
import { basename } from 'node:path';
import { isUint8Array } from 'node:util/types';
import type { OpenFile } from '../script/shared-files.ts';
import type { K6Module } from './module.ts';

const SeekMode = Object.freeze({ Start: 0, Current: 1, End: 2 });

export const fsModule: K6Module = {
  members: ['open', 'SeekMode'],
  left: ['File'],
  make: (vu) => ({
    SeekMode,
    open: async (path: string): Promise<File> => {
      if (vu.phase !== 'init') throw new Error('fs.open() must be called in the init context');
      return new File(path, vu.run.files.open(path));
    },
  }),
};

/** A VU's own place in a shared file. */
class File {
  readonly path: string;
  readonly #file: OpenFile;
  #offset = 0;

  constructor(path: string, file: OpenFile) {
    this.path = path;
    this.#file = file;
  }

  /** @returns bytes read; null at the end of the file. */
  async read(into: Uint8Array): Promise<number | null> {
    if (!isUint8Array(into)) throw new Error('read() takes a Uint8Array');
    if (into.byteLength === 0) return 0;
    const { descriptor, size } = this.#file;
    const wanted = Math.min(into.byteLength, size - this.#offset);
    if (wanted <= 0) return null;
    const read = readSync(descriptor, into, 0, wanted, this.#offset);
    this.#offset += read;
    return read === 0 ? null : read;
  }

  /** @returns the new offset. */
  async seek(offset: number, whence: number): Promise<number> {
    const from = { 0: 0, 1: this.#offset, 2: this.#file.size }[whence];
    if (from === undefined) throw new Error(`seek() takes a SeekMode, not ${String(whence)}`);
    const to = from + offset;
    if (!Number.isInteger(to) || to < 0 || to > this.#file.size) {
      throw new Error(`seek() to ${to} is outside ${this.path} (0..${this.#file.size})`);
    }
    this.#offset = to;
    return to;
  }

  async stat(): Promise<{ name: string; size: number }> {
    return { name: basename(this.path), size: this.#file.size };
  }
}
