/** dialproof report: render a run again from its JSON. */

import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from 'commander';
import { writeReports } from '../../reports/write.ts';
import { readRun } from '../../run/json.ts';
import { UserError } from '../../system/errors.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

export function reportCommand(command: Command): void {
  command
    .description('render the reports of a run again, as HTML, JUnit, Markdown and JSON')
    .argument('[run.json]', 'JSON of the run', 'out/latest/run.json')
    .option('--out <dir>', 'folder to write to (default: the folder of the run)')
    .option('--json', 'print the paths as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof report
  dialproof report artifacts/run.json --out site`,
    )
    .action(async (file: string, options: { out?: string; json?: boolean }) => {
      const terminal = new Terminal(options.json === true);
      const run = readRun(await readText(file), file);
      const paths = await writeReports(run, options.out ?? dirname(file));
      if (terminal.json) terminal.document(paths);
      else for (const path of Object.values(paths)) terminal.say(path);
      process.exitCode = exitCodeOf(run.verdict, run.interrupted);
    });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot read ${file} (${code}): name the run.json of an earlier run`);
  }
}
