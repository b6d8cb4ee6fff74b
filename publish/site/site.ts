/** Adds a run to a site: its files, the list of runs, the page, and the removal of old runs. */

import { count } from '../../run/figures.ts';
import { UserError } from '../../system/errors.ts';
import { addEntry, readEntries, type SiteEntry, writeEntries } from './entry.ts';
import { sitePage } from './page.ts';

export interface Stored {
  readonly text: string;
  /** Changes with the text. */
  readonly tag: string;
}

/** Where a site is kept. Paths are relative, with slashes. */
export interface SiteStore {
  /** For sentences. */
  readonly name: string;
  /** Null where there is no such file. */
  read(path: string): Promise<Stored | null>;
  write(path: string, body: Buffer, type: string): Promise<void>;
  /**
   * Writes a file unless somebody else has changed it since it was read.
   *
   * @param before the tag that it was read with; null if it was not there.
   * @returns false where somebody has.
   */
  replace(path: string, body: Buffer, type: string, before: string | null): Promise<boolean>;
  remove(path: string): Promise<void>;
}

interface SiteFile {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

export interface Addition {
  readonly entry: SiteEntry;
  readonly files: readonly SiteFile[];
  readonly keep: number;
  readonly pinned: string | null;
}

const INDEX = 'index.json';
const PAGE = 'index.html';
/** Builds that publish at the same time wait for each other by trying again. */
const TRIES = 10;

/** @returns what was done. */
export async function addToSite(store: SiteStore, addition: Addition): Promise<string> {
  const { entry, files, keep, pinned } = addition;
  // Before anything is written: the place may be another's.
  await readSite(store);
  for (const { path, type, body } of files) {
    await store.write(`runs/${entry.folder}/${path}`, body, type);
  }
  for (let tried = 0; tried < TRIES; tried += 1) {
    const before = await store.read(INDEX);
    const known = before ? readEntries(before.text, store.name) : [];
    const { kept, pruned } = addEntry(known, entry, keep, pinned);
    const json = Buffer.from(writeEntries(kept));
    if (!(await store.replace(INDEX, json, 'application/json', before?.tag ?? null))) continue;
    await writePage(store, kept, json.toString());
    for (const old of pruned) {
      for (const path of old.files) await store.remove(`runs/${old.folder}/${path}`);
    }
    const again = known.some(({ id }) => id === entry.id) ? 'updated' : 'added';
    const gone = pruned.length === 0 ? '' : `, ${count(pruned.length, 'old run')} removed`;
    return `${again}, ${count(kept.length, 'run')} in the index${gone}`;
  }
  throw new UserError(`${store.name} is changed by others all the time: publish again`);
}

/** Another build may have changed the list in the meantime, and have written its page already. */
async function writePage(
  store: SiteStore,
  runs: readonly SiteEntry[],
  written: string,
): Promise<void> {
  let [shown, json] = [runs, written];
  for (let tried = 0; tried < TRIES; tried += 1) {
    await store.write(PAGE, Buffer.from(sitePage(shown)), 'text/html; charset=utf-8');
    const now = await store.read(INDEX);
    if (!now || now.text === json) return;
    json = now.text;
    shown = readEntries(json, store.name);
  }
}

/**
 * The runs that a site has, the newest first.
 *
 * @throws UserError if the place has an index that is not dialproof's.
 */
export async function readSite(store: SiteStore): Promise<readonly SiteEntry[]> {
  const index = await store.read(INDEX);
  if (index) return readEntries(index.text, store.name);
  if (await store.read(PAGE)) {
    throw new UserError(
      `${store.name} has an index.html that dialproof did not write: choose an empty place`,
    );
  }
  return [];
}

/** The name of a run's folder. An id is made by dialproof, but a run.json can be written by anybody. */
export function folderOf(id: string): string {
  return id.replace(/[^A-Za-z0-9-]/g, '-').slice(0, 100) || 'run';
}
