/** Writes a file so that a reader sees the old one or the new one, never half of one. */

import { rename, rm, writeFile } from 'node:fs/promises';

/** @throws the error of the file system. Nothing is then left behind. */
export async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, content);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
