/** Judges a finished run, writes its reports and prints its result. */

import { rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Engine } from '../../load/engines/engine.ts';
import { seededBugs } from '../../load/self-check/seeded-bugs.ts';
import { changesLines } from '../../reports/changes-lines.ts';
import { runReasonSaid } from '../../reports/english/run.ts';
import { writeReports } from '../../reports/write.ts';
import type { Changes } from '../../run/compare/changes.ts';
import { appendToHistory } from '../../run/compare/history.ts';
import { lineOf } from '../../run/compare/line.ts';
import { count } from '../../run/figures.ts';
import { RUN_SCHEMA, type Run } from '../../run/run.ts';
import { judge, type Unjudged } from '../../run/verdict.ts';
import { originOf } from '../../system/origin.ts';
import { DIALPROOF_VERSION, versionOf, wantedVersionOf } from '../../system/package.ts';
import { visibleLine } from '../../system/visible.ts';
import type { CompareOptions } from '../options/compare-options.ts';
import { EXIT_CODES, exitCodeOf } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';
import { changesSince, failsBy } from './baseline.ts';
import { keepOf, removeOldRuns, unmarkWriting } from './kept-runs.ts';

export interface Reported {
  readonly run: Run;
  /** Path of the page. */
  readonly html: string;
  readonly changes: Changes;
}

/**
 * Judges a run, compares it with the last one, writes every report of it, points `latest` at its folder, and removes
 * old runs.
 */
export async function reportRun(
  run: Omit<Unjudged, 'schema' | 'versions' | 'origin' | 'seededBugs'>,
  engine: Pick<Engine, 'name' | 'version'>,
  out: string,
  dir: string,
  compare: CompareOptions = {},
): Promise<Reported> {
  const unjudged: Unjudged = {
    ...run,
    schema: RUN_SCHEMA,
    versions: versions(engine),
    origin: await originOf(process.argv.slice(2)),
    seededBugs: seededBugs(run.target.bugs, run),
  };
  const judged: Run = { ...unjudged, ...judge(unjudged) };
  const changes = await changesSince(judged, out, compare);
  const { html } = await writeReports(judged, dir, changes);
  if (compare.trend !== undefined) await appendToHistory(compare.trend, lineOf(judged));
  const latest = join(out, 'latest');
  await rm(latest, { force: true, recursive: false });
  await symlink(relative(out, dir), latest);
  await unmarkWriting(dir);
  await makeRoom(out);
  return { run: judged, html, changes };
}

/** The exit code of a run: that of its verdict, or of a regression that --fail-on asks about. */
export function exitCodeOfRun({ run, changes }: Reported, compare: CompareOptions = {}): number {
  const code = exitCodeOf(run.verdict, run.interrupted);
  return code === EXIT_CODES.pass && failsBy(compare, changes) ? EXIT_CODES.failed : code;
}

/** A folder that cannot be removed does not change the result of a run. */
async function makeRoom(out: string): Promise<void> {
  const terminal = new Terminal(true);
  const keep = keepOf(process.env);
  if (!keep) return;
  try {
    const removed = await removeOldRuns(out, keep);
    if (removed.length > 0) {
      terminal.warn(
        `${count(removed.length, 'old run')} removed from ${out} (DIALPROOF_KEEP_RUNS says how many to keep)`,
      );
    }
  } catch (error) {
    terminal.warn(`cannot remove old runs from ${out}: ${(error as Error).message}`);
  }
}

/** Prints the result of a run: its JSON, or the verdict with its reasons and the path of the report. */
export function tellRun(terminal: Terminal, { run, html, changes }: Reported): void {
  if (terminal.json) {
    terminal.document(run);
    return;
  }
  terminal.say(`${mark(terminal.paint, run.verdict)}${run.interrupted ? ' (interrupted)' : ''}`);
  for (const reason of run.reasons) terminal.say(`  ${visibleLine(runReasonSaid(reason))}`);
  for (const line of changesLines(changes, terminal.paint)) terminal.say(line);
  terminal.say(`report: ${relative('', html)}`);
}

export function mark(paint: Terminal['paint'], verdict: Run['verdict']): string {
  if (verdict === 'pass') return paint('green', 'pass');
  return verdict === 'fail' ? paint('red', 'FAIL') : paint('yellow', verdict);
}

function versions(engine: Pick<Engine, 'name' | 'version'>): Record<string, string> {
  return {
    dialproof: DIALPROOF_VERSION,
    [engine.name === 'k6' ? 'k6' : 'embedded engine']: engine.version,
    node: process.versions.node,
    ...installedVersions('@aws-sdk/client-connect', '@pact-foundation/pact'),
    // Part of the package: the version that it was built with.
    '@faker-js/faker': wantedVersionOf('@faker-js/faker'),
  };
}

/** Of packages that only some users install: those that are there. */
function installedVersions(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [name, versionOf(name)]).filter(([, version]) => version !== 'unknown'),
  );
}
