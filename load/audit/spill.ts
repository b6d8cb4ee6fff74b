/**
 * Sorts lines into parts by a key. One part is held in memory at a time, so memory does not grow with the run.
 *
 * Few lines stay in memory, as a single part. Several parts are written to files in a temporary folder.
 */

import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { hashOf } from './hash.ts';

/** Target size of a part in bytes. One part is held in memory at a time. */
const PART_BYTES = 2 * 1_024 * 1_024;
/** Bytes gathered before a part's file is written to. */
const CHUNK = 16_384;
/** The most parts, because each has an open file, and an audit has two spills. If more would be needed, the parts grow. */
const MOST_PARTS = 512;
/** The fewest parts in files: more lines came than were expected, and nobody knows how many more will. */
const FEWEST_PARTS = 64;

interface Part {
  readonly fd: number;
  readonly path: string;
  /** Lines are gathered as bytes, because strings would live long enough to make the heap grow. */
  readonly gathered: Buffer;
  used: number;
}

interface Line {
  readonly key: string;
  readonly line: string;
}

export class Spill {
  #dir: string | null = null;
  readonly #files: Part[] = [];
  #memory: Line[] = [];
  #memoryBytes = 0;

  /** @param expectedBytes about how many bytes of lines will come. */
  constructor(expectedBytes: number) {
    const parts = Math.min(MOST_PARTS, Math.ceil(expectedBytes / PART_BYTES));
    if (parts > 1) this.#openFiles(parts);
  }

  /** @param key all lines of a key are in the same part. */
  add(key: string, line: string): void {
    if (this.#dir) {
      this.#write(key, line);
      return;
    }
    this.#memory.push({ key, line });
    this.#memoryBytes += line.length;
    if (this.#memoryBytes <= PART_BYTES) return;
    this.#openFiles(FEWEST_PARTS);
    for (const one of this.#memory) this.#write(one.key, one.line);
    this.#memory = [];
  }

  #openFiles(parts: number): void {
    this.#dir = makeTemporaryFolder('audit');
    for (let i = 0; i < parts; i += 1) {
      const path = join(this.#dir, String(i));
      this.#files.push({
        fd: openSync(path, 'w'),
        path,
        gathered: Buffer.allocUnsafeSlow(CHUNK),
        used: 0,
      });
    }
  }

  #write(key: string, line: string): void {
    const part = this.#files[hashOf(key) % this.#files.length] as Part;
    // A character takes three bytes at most.
    const most = 3 * line.length + 1;
    if (part.used + most > CHUNK) flush(part);
    if (most > CHUNK) writeSync(part.fd, `${line}\n`);
    else part.used += part.gathered.write(`${line}\n`, part.used);
  }

  /** The parts one by one, each with its lines in the order in which they came. */
  *parts(): Generator<readonly string[]> {
    if (!this.#dir) {
      yield this.#memory.map(({ line }) => line);
      return;
    }
    for (const part of this.#files) {
      flush(part);
      const lines = readFileSync(part.path, 'utf8').split('\n');
      lines.pop();
      yield lines;
    }
  }

  /** Removes the files. */
  close(): void {
    for (const { fd } of this.#files) closeSync(fd);
    if (this.#dir) removeTemporaryFolder(this.#dir);
  }
}

function flush(part: Part): void {
  writeSync(part.fd, part.gathered, 0, part.used);
  part.used = 0;
}
