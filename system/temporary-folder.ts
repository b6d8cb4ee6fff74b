/** Folders that are gone when this process ends, also where a second Ctrl-C ends it in the middle. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from './errors.ts';

const folders = new Set<string>();

/**
 * @param purpose a word for its name.
 * @throws UserError where nothing temporary can be put.
 */
export function makeTemporaryFolder(purpose: string): string {
  try {
    return makeTemporaryFolderAs(join(tmpdir(), `dialproof-${purpose}-`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      `cannot make a temporary folder in ${tmpdir()} (${code}): set TMPDIR to one that can be written to`,
    );
  }
}

/** @param prefix its path, but for some letters of chance. */
export function makeTemporaryFolderAs(prefix: string): string {
  const folder = mkdtempSync(prefix);
  if (folders.size === 0) process.once('exit', removeAll);
  folders.add(folder);
  return folder;
}

/** One that is gone already is well. */
export function removeTemporaryFolder(folder: string): void {
  // What is being ended may still write into it.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', removeAll);
}

function removeAll(): void {
  for (const folder of folders) removeTemporaryFolder(folder);
}
