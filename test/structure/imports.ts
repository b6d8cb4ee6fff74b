/**
 * What every source file imports, types included.
 *
 * dependency-cruiser 18.7.2 was tried in place of this: it counts a subfolder's files as its folder's own, and so
 * does not see a cycle of the two.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { preProcessFile } from 'typescript';

/** Paths are relative to the root, with slashes. */
export interface Import {
  readonly from: string;
  /** A file; null where it is a package or a module of Node. */
  readonly to: string | null;
  /** As it is written. */
  readonly written: string;
}

export interface Sources {
  readonly files: readonly string[];
  readonly imports: readonly Import[];
}

/** Reads the .ts files below `folders` of `root`. */
export function readSources(root: string, folders: readonly string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .sort(),
  );
  const imports = files.flatMap((from) =>
    preProcessFile(readFileSync(join(root, from), 'utf8'), true, true).importedFiles.map(
      ({ fileName: written }): Import => ({
        from,
        to: written.startsWith('.') ? posix.join(posix.dirname(from), written) : null,
        written,
      }),
    ),
  );
  return { files, imports };
}
