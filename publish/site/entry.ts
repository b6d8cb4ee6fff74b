/** The list of the runs that a site has: index.json. The page index.html is made from it. */

import type { RunVerdict } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import {
  list,
  Mismatch,
  number,
  oneOf,
  orNull,
  type Reader,
  structure,
  text,
} from '../../system/read.ts';

export const SITE_FORMAT = 'dialproof-site/1';

export interface SiteEntry {
  readonly id: string;
  /** Folder of the run below runs/. */
  readonly folder: string;
  readonly verdict: RunVerdict;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly commit: string | null;
  readonly branch: string | null;
  readonly buildUrl: string | null;
  /** Why the verdict is not `pass`; the first few. */
  readonly reasons: readonly string[];
  /** What failed, for `--on change`. */
  readonly causes: readonly string[];
  /** Paths below the folder, so that pruning knows what to remove. */
  readonly files: readonly string[];
}

const entry: Reader<SiteEntry> = structure<SiteEntry>({
  id: text,
  folder: text,
  verdict: oneOf('pass', 'fail', 'not valid', 'not exercised'),
  startedAt: text,
  durationMs: number,
  commit: orNull(text),
  branch: orNull(text),
  buildUrl: orNull(text),
  reasons: list(text),
  causes: list(text),
  files: list(text),
});

const site = structure<{ schema: typeof SITE_FORMAT; runs: readonly SiteEntry[] }>({
  schema: oneOf(SITE_FORMAT),
  runs: list(entry),
});

/** @throws UserError where the text is not what `writeEntries` wrote. */
export function readEntries(json: string, where: string): readonly SiteEntry[] {
  try {
    return site(JSON.parse(json), '').runs;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof Mismatch)) throw error;
    throw new UserError(
      `${where} has an index.json that dialproof did not write (${error.message}): choose another place`,
    );
  }
}

export function writeEntries(runs: readonly SiteEntry[]): string {
  return `${JSON.stringify({ schema: SITE_FORMAT, runs }, null, 2)}\n`;
}

export interface Kept {
  /** The newest first. */
  readonly kept: readonly SiteEntry[];
  readonly pruned: readonly SiteEntry[];
}

/**
 * Adds a run, in the place of an earlier one with its id, and keeps the newest.
 *
 * @param keep how many. The run that is added and the pinned one are kept in any case.
 */
export function addEntry(
  known: readonly SiteEntry[],
  added: SiteEntry,
  keep: number,
  pinned: string | null,
): Kept {
  const all = [added, ...known.filter(({ id }) => id !== added.id)].toSorted((a, b) =>
    a.startedAt === b.startedAt ? (a.id < b.id ? 1 : -1) : a.startedAt < b.startedAt ? 1 : -1,
  );
  const stays = new Set([added.id, ...(pinned === null ? [] : [pinned])]);
  let room = keep - all.filter(({ id }) => stays.has(id)).length;
  const kept: SiteEntry[] = [];
  const pruned: SiteEntry[] = [];
  for (const one of all) {
    if (stays.has(one.id)) kept.push(one);
    else if (room > 0) {
      room -= 1;
      kept.push(one);
    } else pruned.push(one);
  }
  return { kept, pruned };
}

/** The run before this one: of the same branch if there is one. */
export function entryBefore(
  known: readonly SiteEntry[],
  id: string,
  branch: string | null,
): SiteEntry | null {
  const others = known.filter((one) => one.id !== id);
  return others.find((one) => branch !== null && one.branch === branch) ?? others[0] ?? null;
}
