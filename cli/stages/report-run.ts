/** Judges a finished run, writes its reports and prints its result. */

import { rm, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Engine } from '../../load/engines/engine.ts';
import { seededBugs } from '../../load/self-check/seeded-bugs.ts';
import { visibleLine } from '../../reports/content/visible.ts';
import { runReasonSaid } from '../../reports/english/run.ts';
import { writeReports } from '../../reports/write.ts';
import { count } from '../../run/figures.ts';
import { RUN_SCHEMA, type Run } from '../../run/run.ts';
import { judge, type Unjudged } from '../../run/verdict.ts';
import { DIALPROOF_VERSION, versionOf, wantedVersionOf } from '../../system/package.ts';
import { Terminal } from '../terminal/terminal.ts';
import { keepOf, removeOldRuns, unmarkWriting } from './kept-runs.ts';

/** Judges a run, writes every report of it, points `latest` at its folder, and removes old runs. */
export async function reportRun(
  run: Omit<Unjudged, 'schema' | 'versions' | 'seededBugs'>,
  engine: Pick<Engine, 'name' | 'version'>,
  out: string,
  dir: string,
): Promise<{ run: Run; html: string }> {
  const unjudged: Unjudged = {
    ...run,
    schema: RUN_SCHEMA,
    versions: versions(engine),
    seededBugs: seededBugs(run.target.bugs, run),
  };
  const judged: Run = { ...unjudged, ...judge(unjudged) };
  const { html } = await writeReports(judged, dir);
  const latest = join(out, 'latest');
  await rm(latest, { force: true, recursive: false });
  await symlink(relative(out, dir), latest);
  await unmarkWriting(dir);
  await makeRoom(out);
  return { run: judged, html };
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
export function tellRun(terminal: Terminal, run: Run, html: string): void {
  if (terminal.json) {
    terminal.document(run);
    return;
  }
  terminal.say(`${mark(terminal.paint, run.verdict)}${run.interrupted ? ' (interrupted)' : ''}`);
  for (const reason of run.reasons) terminal.say(`  ${visibleLine(runReasonSaid(reason))}`);
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
