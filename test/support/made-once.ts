/** Things that several files of a run need, and that are made by whichever file asks first. */

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PAUSE_MS = 100;
const PATIENCE_MS = 4 * 60_000;

/**
 * Path of what `make` makes. It blocks until it is there.
 *
 * @param name of a file or folder in the folder of the run.
 * @param make is called by one file of the run, with a path that does not exist.
 * @throws Error if it cannot be made, or if the file that makes it does not finish.
 */
export function madeOnce(name: string, make: (path: string) => void): string {
  const folder = process.env.DIALPROOF_TEST_RUN;
  if (!folder) throw new Error('the folder of the run is made by test/support/before-all.ts');
  const made = join(folder, name);
  const failed = `${made}.failed`;
  const until = Date.now() + PATIENCE_MS;
  while (!existsSync(made)) {
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    if (isFirst(`${made}.begun`)) {
      const making = `${made}.making`;
      try {
        make(making);
      } catch (error) {
        writeFileSync(failed, String(error));
        throw error;
      }
      renameSync(making, made);
      return made;
    }
    if (Date.now() > until) throw new Error(`${made} was not made by the file that began it`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  return made;
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
