/** Finds the earlier runs that a run is compared with. */

import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CHANGES_SCHEMA, type Changes, hasRegression } from '../../run/compare/changes.ts';
import { type Comparison, compareRuns } from '../../run/compare/compare.ts';
import { isOfSameCommand } from '../../run/compare/conditions.ts';
import { HISTORY_FILE, parseHistory, readHistory } from '../../run/compare/history.ts';
import { lineOf, type RunLine } from '../../run/compare/line.ts';
import { readRun } from '../../run/json.ts';
import type { Run } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import type { CompareOptions } from '../options/compare-options.ts';

/** Where a branch is looked for, without --trend. */
export const TREND_FOLDER = 'trend';

/** So many of the newest runs of a branch are the baseline. Timings are compared over all of them. */
export const BRANCH_RUNS = 10;

/** What `--baseline latest` asks for. */
const LATEST = 'latest';

/** Runs that a name stands for. */
export interface Found {
  /** Such as `the baseline main`. */
  readonly against: string;
  /** Empty if there is none. */
  readonly lines: readonly RunLine[];
  /** Where they were looked for. */
  readonly where: string;
}

/**
 * Compares a run that has just ended with the last one, and with the baseline if one is named.
 *
 * @param out the folder of runs, in which `latest` is still the last one.
 */
export async function changesSince(
  run: Run,
  out: string,
  { baseline, trend }: CompareOptions,
): Promise<Changes> {
  const now = lineOf(run);
  const last = await lastRun(out, now);
  const named =
    baseline === undefined || baseline === LATEST ? [] : [await baselineOf(baseline, trend)];
  const found = [last, ...named].map((one) => ({
    ...one,
    lines: one.lines.filter(({ id }) => id !== run.id),
  }));
  return {
    schema: CHANGES_SCHEMA,
    comparisons: found
      .filter(({ lines }) => lines.length > 0)
      .map(({ lines, against }) => compareRuns(lines, [now], against)),
    missing: found
      .filter(({ lines }) => lines.length === 0)
      .map(({ against, where }) => ({ against, where })),
  };
}

/** Whether --fail-on asks for a failure: by the baseline if one is named, else by the last run. */
export function failsBy({ failOn, baseline }: CompareOptions, changes: Changes): boolean {
  if (failOn !== 'regression') return false;
  const isAsked = ({ against }: Comparison): boolean =>
    baseline === undefined || baseline === LATEST || against !== LAST_RUN;
  return hasRegression({ ...changes, comparisons: changes.comparisons.filter(isAsked) });
}

const LAST_RUN = 'the last run';

/** So many folders are searched for the last run of the same command. */
const SEARCHED = 20;

/**
 * The last run of the same command: the parts of another one say nothing of what changed. A last run that cannot be read
 * is as good as none, because the run that has just ended must not be lost for it.
 */
async function lastRun(out: string, now: RunLine): Promise<Found> {
  const found = { against: LAST_RUN, where: join(out, LATEST, 'run.json') };
  const latest = await lineIn(found.where);
  if (latest.line && isOfSameCommand(latest.line, now)) return { ...found, lines: [latest.line] };
  if (!latest.line) {
    const where = latest.why === found.where ? `${out} has no earlier run` : latest.why;
    return { ...found, lines: [], where };
  }
  // Names of folders begin with the time.
  const names = (await readdir(out))
    .filter((name) => name !== LATEST)
    .toSorted()
    .toReversed();
  for (const name of names.slice(0, SEARCHED)) {
    const { line } = await lineIn(join(out, name, 'run.json'));
    if (line && line.id !== now.id && isOfSameCommand(line, now))
      return { ...found, lines: [line] };
  }
  return { ...found, lines: [], where: `${out} has no earlier run of this command` };
}

async function lineIn(
  path: string,
): Promise<{ readonly line: RunLine | null; readonly why: string }> {
  try {
    return { line: lineOf(readRun(await readFile(path, 'utf8'), path)), why: path };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!(error instanceof UserError) && code === undefined) throw error;
    return { line: null, why: error instanceof UserError ? error.message : path };
  }
}

/**
 * Finds the runs of --baseline: those of a file or folder of this name, or else the newest of the branch.
 *
 * @param name a path or a branch.
 * @param trend the trend folder.
 */
export async function baselineOf(name: string, trend: string = TREND_FOLDER): Promise<Found> {
  const against = `the baseline ${name}`;
  if (await exists(name)) return { against, lines: await runsAt(name), where: name };
  const { lines } = await readHistory(trend);
  return {
    against,
    lines: lines.filter(({ branch }) => branch === name).slice(-BRANCH_RUNS),
    where: `no such file, and ${branchesIn(lines, join(trend, HISTORY_FILE))}`,
  };
}

/** What a history has, if it has not the branch that is asked for. */
function branchesIn(lines: readonly RunLine[], file: string): string {
  const branches = [...new Set(lines.map(({ branch }) => branch ?? 'no branch'))].toSorted();
  return branches.length === 0
    ? `${file} has no run`
    : `${file} has runs of ${branches.join(', ')} only`;
}

/** The run before this one of the same command, in the same folder of runs. */
export async function runBefore(path: string, run: RunLine): Promise<Found> {
  const file = await realpath(path).catch(() => path);
  const folder = basename(file) === 'run.json' ? dirname(file) : file;
  const out = dirname(folder);
  const older = (await runsBelow(out))
    .filter(
      (one) => one.id !== run.id && one.startedAt < run.startedAt && isOfSameCommand(one, run),
    )
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return { against: 'the run before it', lines: older.slice(0, 1), where: out };
}

/**
 * Reads runs: of a run.json, of a history, of the folder of a run, of a trend folder, or of a folder of several runs.
 *
 * @throws UserError if there is no run.
 */
export async function runsAt(path: string): Promise<readonly RunLine[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => {
      throw new UserError(
        `cannot read ${path} (${error.code}): name the run.json or the folder of a run`,
      );
    },
  );
  if (!isFolder) {
    const text = await readFile(path, 'utf8');
    if (path.endsWith('.ndjson')) return someOf(parseHistory(text).lines, path);
    return [lineOf(readRun(text, path))];
  }
  if (await exists(join(path, 'run.json'))) return runsAt(join(path, 'run.json'));
  if (await exists(join(path, HISTORY_FILE))) return runsAt(join(path, HISTORY_FILE));
  return someOf(await runsBelow(path), path);
}

function someOf(lines: readonly RunLine[], path: string): readonly RunLine[] {
  if (lines.length > 0) return lines;
  throw new UserError(`${path} has no run: name the run.json or the folder of a run`);
}

/** Runs in the subfolders of a folder. Links such as `latest` are left out, because they name a run again. */
async function runsBelow(folder: string): Promise<readonly RunLine[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lines: RunLine[] = [];
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const path = join(folder, entry.name, 'run.json');
    if (await exists(path)) lines.push(lineOf(readRun(await readFile(path, 'utf8'), path)));
  }
  return lines;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
