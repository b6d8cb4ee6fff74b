/** A site in a folder. */

import { createHash } from 'node:crypto';
import { open, readdir, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../../system/errors.ts';
import { makeFolder } from '../../system/make-folder.ts';
import { writeWhole } from '../../system/write-whole.ts';
import type { SiteStore } from './site.ts';

const LOCK_STALE_MS = 30_000;
const LOCK_PAUSE_MS = 50;

export function folderStore(dir: string): SiteStore {
  const at = (path: string): string => join(dir, ...path.split('/'));
  const told = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw new UserError(`cannot write to ${dir} (${code}): choose another folder`);
    }
  };
  const store: SiteStore = {
    name: dir,
    read: async (path) => {
      try {
        const text = await readFile(at(path), 'utf8');
        return { text, tag: createHash('sha256').update(text).digest('hex') };
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') return null;
        throw new UserError(`cannot read ${at(path)} (${code})`);
      }
    },
    write: (path, body) =>
      told(async () => {
        const target = at(path);
        await makeFolder(dirname(target));
        await writeWhole(target, body);
      }),
    replace: (path, body, type, before) =>
      told(() =>
        locked(dir, async () => {
          if (((await store.read(path))?.tag ?? null) !== before) return false;
          await store.write(path, body, type);
          return true;
        }),
      ),
    remove: (path) =>
      told(async () => {
        await rm(at(path), { force: true });
        // The folders that it was in, as far as they are empty.
        for (
          let folder = dirname(path);
          folder !== '.' && folder !== 'runs';
          folder = dirname(folder)
        ) {
          if ((await readdir(at(folder)).catch(() => ['?'])).length > 0) return;
          await rmdir(at(folder));
        }
      }),
  };
  return store;
}

/** Does something while no other process does it in the same folder. */
async function locked<T>(dir: string, act: () => Promise<T>): Promise<T> {
  const lock = join(dir, '.publishing');
  for (;;) {
    try {
      await (await open(lock, 'wx')).close();
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const age = await stat(lock).then(
        ({ mtimeMs }) => Date.now() - mtimeMs,
        () => 0,
      );
      // Left by a process that was killed.
      if (age > LOCK_STALE_MS) await rm(lock, { force: true });
      else await sleep(LOCK_PAUSE_MS);
    }
  }
  try {
    return await act();
  } finally {
    await rm(lock, { force: true });
  }
}
