/** A corpus is kept once for all runs that send it: in the folder corpora, to which the folders of the runs link. */

import { createHash } from 'node:crypto';
import { rename, rm, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { CorpusManifest } from '../../generators/corpus.ts';
import { makeFolder } from '../../system/make-folder.ts';

export const CORPORA = 'corpora';

/**
 * Moves the corpus of a run beside the runs, or removes it if the same corpus is there already. A link stays in its
 * place.
 *
 * @param corpusDir a folder in the run's own folder.
 */
export async function keepCorpusOnce(corpusDir: string, manifest: CorpusManifest): Promise<void> {
  const runDir = dirname(corpusDir);
  const corpora = join(dirname(runDir), CORPORA);
  const name = createHash('sha256').update(JSON.stringify(manifest)).digest('hex').slice(0, 16);
  const shared = join(corpora, name);
  const own = join(runDir, `.${basename(corpusDir)}`);
  await makeFolder(corpora);
  await rename(corpusDir, own);
  // First the link: whoever removes corpora that no run has any more, sees it.
  await symlink(relative(runDir, shared), corpusDir, 'dir');
  if (await isThere(join(shared, 'manifest.json'))) {
    await rm(own, { recursive: true });
    return;
  }
  try {
    await rename(own, shared);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    // Another run has made it in the meantime.
    await rm(own, { recursive: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
