/** The folders of runs do not grow for ever: old ones are removed when a new one is finished. */

import {
  lstat,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { UserError } from '../../system/errors.ts';
import { CORPORA } from './kept-corpus.ts';

export interface Keep {
  readonly runs: number;
  readonly bytes: number;
}

const KEEP: Keep = { runs: 20, bytes: 500_000_000 };

/**
 * What to keep: DIALPROOF_KEEP_RUNS is a number of runs, or `all`.
 *
 * @returns null for all.
 * @throws UserError for anything else.
 */
export function keepOf({ DIALPROOF_KEEP_RUNS: text }: NodeJS.ProcessEnv): Keep | null {
  if (!text) return KEEP;
  if (text === 'all') return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return { runs: Number(text), bytes: Number.POSITIVE_INFINITY };
  throw new UserError(`DIALPROOF_KEEP_RUNS is "${text}": set it to a number of runs, or to "all"`);
}

/** Only folders of this name are ever removed. */
const RUN = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-(?:s\d+|merged)$/;

const WRITING = '.writing';
const REMOVING = '.removing-';

/** A run whose folder is on another machine's disk too is taken to be over after a day. */
const LONGEST_RUN_MS = 24 * 3_600_000;

/** Marks a folder as that of a run which is being written. */
export function markWriting(dir: string): Promise<void> {
  return writeFile(join(dir, WRITING), `${process.pid} ${hostname()}\n`);
}

export function unmarkWriting(dir: string): Promise<void> {
  return rm(join(dir, WRITING), { force: true });
}

/**
 * Removes the oldest runs, and the corpora that no run has any more. Runs to which a link of the folder points
 * (`latest`, `baseline`), runs that a JSON file of the folder names, and runs being written stay.
 *
 * @param out folder of the runs.
 * @returns the names of the runs that were removed.
 */
export async function removeOldRuns(out: string, keep: Keep): Promise<readonly string[]> {
  const entries = await readdir(out, { withFileTypes: true });
  // Left by a process that was killed.
  for (const { name } of entries.filter((one) => one.name.startsWith(REMOVING))) {
    await rm(join(out, name), { recursive: true, force: true });
  }
  const names = entries
    .filter((one) => one.isDirectory() && RUN.test(one.name))
    .map((one) => one.name);
  const runs = await Promise.all(
    names
      .toSorted()
      .toReversed()
      .map(async (name) => ({
        name,
        bytes: await sizeOf(join(out, name)),
        corpus: await corpusOf(join(out, name)),
      })),
  );
  const stays = await namedIn(
    out,
    entries.map(({ name }) => name),
    names,
  );
  for (const name of names) if (await isWriting(join(out, name))) stays.add(name);
  const sizes = new Map<string, number>();
  for (const { corpus } of runs) {
    if (corpus !== null && !sizes.has(corpus))
      sizes.set(corpus, await sizeOf(join(out, CORPORA, corpus)));
  }
  const kept = new Set<string>();
  const corpora = new Set<string>();
  let bytes = 0;
  const bytesWith = (run: (typeof runs)[number]): number =>
    bytes +
    run.bytes +
    (run.corpus === null || corpora.has(run.corpus) ? 0 : (sizes.get(run.corpus) ?? 0));
  const take = (run: (typeof runs)[number]): void => {
    bytes = bytesWith(run);
    kept.add(run.name);
    if (run.corpus !== null) corpora.add(run.corpus);
  };
  for (const run of runs) if (stays.has(run.name)) take(run);
  for (const run of runs.filter(({ name }) => !stays.has(name))) {
    if (kept.size >= keep.runs || bytesWith(run) > keep.bytes) break;
    take(run);
  }
  const removed = names.filter((name) => !kept.has(name));
  for (const name of removed) await removeAtOnce(out, name);
  await removeUnused(out, corpora);
  return removed;
}

/** Nobody sees half a run: it is renamed first. */
async function removeAtOnce(dir: string, name: string): Promise<void> {
  const going = join(dir, `${REMOVING}${name}`);
  try {
    await rename(join(dir, name), going);
  } catch (error) {
    // Another process removes old runs too.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await rm(going, { recursive: true, force: true });
}

async function removeUnused(out: string, used: ReadonlySet<string>): Promise<void> {
  const dir = join(out, CORPORA);
  for (const name of await namesIn(dir)) {
    if (name.startsWith(REMOVING)) await rm(join(dir, name), { recursive: true, force: true });
    else if (!used.has(name)) await removeAtOnce(dir, name);
  }
}

/** The runs that a link or a JSON file of the folder is about. */
async function namedIn(
  out: string,
  entries: readonly string[],
  runs: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const entry of entries) {
    const path = join(out, entry);
    const about = await lstat(path).catch(() => null);
    if (about?.isSymbolicLink()) {
      // One without a target is about nothing.
      const target = await realpath(path).catch(() => '');
      for (const name of runs) if (target.split(/[\\/]/).includes(name)) found.add(name);
    } else if (about?.isFile() && entry.endsWith('.json')) {
      const text = await readFile(path, 'utf8').catch(() => '');
      for (const name of runs) if (text.includes(name)) found.add(name);
    }
  }
  return found;
}

async function isWriting(dir: string): Promise<boolean> {
  const path = join(dir, WRITING);
  const [text, about] = await Promise.all([
    readFile(path, 'utf8').catch(() => null),
    lstat(path).catch(() => null),
  ]);
  if (text === null || !about) return false;
  const [pid, host] = text.trim().split(' ');
  if (host !== hostname()) return Date.now() - about.mtimeMs < LONGEST_RUN_MS;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // A process of another user lives all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Name of the corpus that a run links to. */
async function corpusOf(dir: string): Promise<string | null> {
  const target = await readlink(join(dir, 'corpus')).catch(() => null);
  return target === null ? null : basename(target);
}

/** Bytes of the files below a folder. Links are not followed. */
async function sizeOf(path: string): Promise<number> {
  const about = await lstat(path).catch(() => null);
  if (!about) return 0;
  if (!about.isDirectory()) return about.size;
  const sizes = await Promise.all((await namesIn(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function namesIn(dir: string): Promise<readonly string[]> {
  return readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
