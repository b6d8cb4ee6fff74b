/** dialproof report trend: how runs change, from the history in a trend folder. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { renderTrend } from '../../reports/html/trend.ts';
import { trendLines } from '../../reports/trend-lines.ts';
import { appendToHistory, HISTORY_FILE, readHistory } from '../../run/compare/history.ts';
import { TREND_SCHEMA } from '../../run/compare/trend.ts';
import { count } from '../../run/figures.ts';
import { explain } from '../../system/file-trouble.ts';
import { runsAt } from '../stages/baseline.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options {
  readonly add?: string;
  readonly branch?: string;
  readonly json?: boolean;
}

export function trendCommand(command: Command): void {
  command
    .description('show how runs change, and write trend.html into the trend folder')
    .argument('<folder>', `folder with ${HISTORY_FILE}; "run --trend" appends to it`)
    .option('--add <run>', 'append this run first: a run.json, or the folder of a run')
    .option('--branch <name>', 'only the runs of this branch')
    .option('--json', 'print the lines of the history as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof run --trend trend
  dialproof report trend trend
  dialproof report trend trend --add out/latest --branch main`,
    )
    .action(async (folder: string, options: Options) => {
      process.exitCode = await trend(folder, options);
    });
}

async function trend(folder: string, { add, branch, json }: Options): Promise<number> {
  const terminal = new Terminal(json === true);
  if (add !== undefined) {
    for (const line of await runsAt(add)) await appendToHistory(folder, line);
  }
  const { lines: all, unreadable } = await readHistory(folder);
  const lines = branch === undefined ? all : all.filter((one) => one.branch === branch);
  if (unreadable > 0) {
    terminal.warn(
      `${join(folder, HISTORY_FILE)}: left out ${count(unreadable, 'line')} that cannot be read`,
    );
  }
  if (terminal.json) terminal.document({ schema: TREND_SCHEMA, unreadable, lines });
  if (lines.length === 0) {
    terminal.say(
      `${join(folder, HISTORY_FILE)} has no run${branch === undefined ? '' : ` of the branch ${branch}`}: append one with --add, or with "run --trend ${folder}"`,
    );
    return EXIT_CODES.pass;
  }
  for (const line of trendLines(lines, terminal.paint)) terminal.say(line);
  const page = join(folder, 'trend.html');
  try {
    await writeFile(page, renderTrend(lines));
  } catch (error) {
    throw explain(error, page);
  }
  terminal.say(`page: ${page}`);
  return EXIT_CODES.pass;
}
