/** What takes long to make and all files of a jest run share: the first that needs it makes it, the others wait. */

import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const PAUSE_MS = 100;
const PATIENCE_MS = 4 * 60_000;

/**
 * Path of a file or folder in the folder of the run. It blocks until it is there.
 *
 * @param make makes it in that folder. @returns where it is; it is moved to its name when it is whole.
 * @throws Error of `make`, or if the file that began to make it does not finish.
 */
export function madeOnce(name: string, make: (folder: string) => string): string {
  const folder = process.env.DIALPROOF_TEST_RUN;
  if (!folder) throw new Error('the folder of the run is made by test/support/before-all.ts');
  const path = join(folder, name);
  const until = Date.now() + PATIENCE_MS;
  while (!existsSync(path)) {
    if (isFirst(`${path}.begun`)) {
      renameSync(make(folder), path);
      return path;
    }
    if (Date.now() > until) throw new Error(`${path} was not made by the file that began it`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return path;
}

/** Whoever makes the folder is the first. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
