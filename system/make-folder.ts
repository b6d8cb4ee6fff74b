/** Makes a folder to write to, with those above it. */

import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from './errors.ts';

/** One by one: node's recursive mkdir does not return where a parent takes no folder, as in /proc. */
export async function makeFolder(path: string): Promise<void> {
  const problem = await problemOfMaking(path);
  if (!problem) return;
  const parent = dirname(path);
  if (problem.code !== 'ENOENT' || parent === path) throw problem;
  await makeFolder(parent);
  const remaining = await problemOfMaking(path);
  if (remaining) throw remaining;
}

/** @throws UserError where it cannot be made. */
export async function makeOutFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot write to ${path} (${code}): choose another folder with --out`);
  }
}

/** Null where the folder is there now. */
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
