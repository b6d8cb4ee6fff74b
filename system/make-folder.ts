/** Makes a folder and its missing parents. */

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './errors.ts';

/**
 * Makes the missing parents one by one, because node's recursive mkdir never returns if a parent cannot hold
 * folders, as in /proc.
 *
 * @throws the error of the file system if a folder cannot be made.
 */
export async function makeFolder(path: string): Promise<void> {
  const problem = await problemOfMaking(path);
  if (!problem) return;
  const parent = dirname(path);
  if (problem.code !== 'ENOENT' || parent === path) throw problem;
  await makeFolder(parent);
  const remaining = await problemOfMaking(path);
  if (remaining) throw remaining;
}

/** @throws UserError if the folder cannot be made. */
export async function makeOutFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot write to ${path} (${code}): choose another folder with --out`);
  }
}

/** Makes one folder. Returns null if the folder exists afterwards, else the error. */
async function problemOfMaking(path: string): Promise<NodeJS.ErrnoException | null> {
  try {
    await mkdir(path);
    return null;
  } catch (error) {
    const problem = error as NodeJS.ErrnoException;
    if (problem.code !== 'EEXIST') return problem;
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    return isFolder ? null : problem;
  }
}
