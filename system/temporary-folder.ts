/** Temporary folders. They are removed when this process ends, even if a second Ctrl-C ends it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from './errors.ts';

const folders = new Set<string>();

/**
 * @param purpose a word for its name.
 * @throws UserError if the folder cannot be made in the system's temporary folder.
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

/** @param prefix the path of the folder, to which random letters are added. */
export function makeTemporaryFolderAs(prefix: string): string {
  const folder = mkdtempSync(prefix);
  if (folders.size === 0) process.once('exit', removeAll);
  folders.add(folder);
  return folder;
}

/** Removes a folder. It is no error if the folder no longer exists. */
export function removeTemporaryFolder(folder: string): void {
  // A process that is ending may still write into the folder.
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', removeAll);
}

function removeAll(): void {
  for (const folder of folders) removeTemporaryFolder(folder);
}
