/** dialproof report: render a run again from its JSON, compare runs, show how they change. */

import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { CHANGES_FILE, writeReports } from '../../reports/write.ts';
import { type Changes, changes, NO_CHANGES } from '../../run/compare/changes.ts';
import { readRun } from '../../run/json.ts';
import { UserError } from '../../system/errors.ts';
import { parseJson } from '../../system/read.ts';
import { runFileAt, runTextIn } from '../stages/run-file.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';
import { compareCommand } from './report-compare.ts';
import { trendCommand } from './report-trend.ts';

interface ReportOptions {
  readonly out?: string;
  readonly json?: boolean;
  /** Folder of the runs, of the configuration. */
  readonly configuredOut?: string;
}

export function reportCommand(command: Command): void {
  command
    .enablePositionalOptions()
    .description('render the reports of a run again, as HTML, JUnit, CTRF, Markdown and JSON')
    .argument('[run]', 'run.json, or the folder of a run (default: out/latest)')
    .option('--out <dir>', 'folder to write to (default: the folder of the run)')
    .option('--json', 'print the paths as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof report
  dialproof report artifacts/run.json --out site
  dialproof report compare out/2026-11-28 out/latest
  dialproof report compare --baseline main --trend trend --fail-on regression
  dialproof report trend trend --add out/latest`,
    )
    .action(async (given: string | undefined, options: ReportOptions) => {
      const file = await runFileAt(given ?? join(options.configuredOut ?? 'out', 'latest'));
      const terminal = new Terminal(options.json === true);
      const run = readRun(await runTextIn(file, 'name the run.json or the folder of a run'), file);
      const known = await changesBeside(file);
      const paths = await writeReports(run, options.out ?? dirname(file), known);
      if (terminal.json) terminal.document(paths);
      else for (const path of Object.values(paths)) terminal.say(path);
      process.exitCode = exitCodeOf(run.verdict, run.interrupted);
    });
  compareCommand(command.command('compare'));
  trendCommand(command.command('trend'));
}

/** What the run was compared with. A run that an older version wrote was compared with nothing. */
async function changesBeside(file: string): Promise<Changes> {
  const path = join(dirname(file), CHANGES_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new UserError(`cannot read ${path} (${error.code})`);
  });
  return text === null ? NO_CHANGES : changes(parseJson(text, path), '');
}
