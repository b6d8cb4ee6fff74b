/** Reads the file of a run, which a user may name by its folder, too. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../system/errors.ts';

/** @returns the run.json of a folder; any other path as it is. */
export async function runFileAt(path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, 'run.json') : path;
}

/** @param advice what to do if there is no such file. @throws UserError if the file cannot be read. */
export async function runTextIn(file: string, advice: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot read ${file} (${code}): ${advice}`);
  }
}
