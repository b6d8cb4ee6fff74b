/** dialproof report compare: what changed between two runs, or two groups of runs. */

import type { Command } from 'commander';
import { comparisonLines } from '../../reports/changes-lines.ts';
import { missingSaid } from '../../reports/english/changes.ts';
import { renderComparison } from '../../reports/markdown/comparison.ts';
import { compareRuns, regressionsOf } from '../../run/compare/compare.ts';
import type { RunLine } from '../../run/compare/line.ts';
import { UserError } from '../../system/errors.ts';
import { failOnOption } from '../options/compare-options.ts';
import { baselineOf, type Found, runBefore, runsAt, TREND_FOLDER } from '../stages/baseline.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options {
  readonly baseline?: string;
  readonly trend: string;
  readonly failOn?: 'regression';
  readonly markdown?: boolean;
  readonly json?: boolean;
}

const LATEST = 'out/latest';

export function compareCommand(command: Command): void {
  command
    .description('compare a run with an earlier one; timings need several runs of each')
    .argument('[runs...]', 'the earlier run and the newer one; with --baseline, the newer one')
    .option(
      '--baseline <run>',
      'the earlier run: a run.json, a folder of one run or several, "latest" for the run before, or a branch of the trend folder',
    )
    .option('--trend <folder>', 'trend folder that is asked for the branch', TREND_FOLDER)
    .addOption(failOnOption())
    .option('--markdown', 'print Markdown')
    .option('--json', 'print the comparison as JSON')
    .addHelpText(
      'after',
      `
A run is a run.json or its folder. A folder of several run folders, and a history.ndjson, stand for all
of their runs. The newest one is compared in everything, and all of them in timings.

Without a baseline there is nothing to compare. The command says so and exits with 0.

Examples:
  dialproof report compare out/monday out/latest
  dialproof report compare --baseline latest
  dialproof report compare runs-before runs-after --fail-on regression
  dialproof report compare out/latest --baseline main --trend trend --fail-on regression`,
    )
    .action(async (runs: readonly string[], options: Options) => {
      process.exitCode = await compare(runs, options);
    });
}

async function compare(runs: readonly string[], options: Options): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const { before, after } = await sides(runs, options);
  if (before.lines.length === 0) {
    const missing = { against: before.against, where: before.where };
    if (terminal.json) terminal.document({ schema: 'dialproof-missing/1', ...missing });
    terminal.say(missingSaid(missing));
    return EXIT_CODES.pass;
  }
  const comparison = compareRuns(before.lines, after, before.against);
  if (terminal.json) terminal.document(comparison);
  else if (options.markdown) terminal.say(renderComparison(comparison).trimEnd());
  else {
    const all = comparison.changes.length;
    for (const line of comparisonLines(comparison, terminal.paint, all)) terminal.say(line);
  }
  const worse = regressionsOf(comparison).length > 0;
  return worse && options.failOn === 'regression' ? EXIT_CODES.failed : EXIT_CODES.pass;
}

async function sides(
  runs: readonly string[],
  { baseline, trend }: Options,
): Promise<{ readonly before: Found; readonly after: readonly RunLine[] }> {
  if (baseline === undefined) {
    const [earlier, newer] = runs;
    if (runs.length !== 2 || earlier === undefined || newer === undefined) {
      throw new UserError(
        `report compare needs two runs, and got ${runs.length}: name the earlier one and the newer one, or one with --baseline`,
      );
    }
    return {
      before: { against: earlier, lines: await runsAt(earlier), where: earlier },
      after: await runsAt(newer),
    };
  }
  if (runs.length > 1) {
    throw new UserError('report compare needs one run with --baseline: leave out the others');
  }
  const [path = LATEST] = runs;
  const after = await runsAt(path);
  const [newest] = after.toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  const before =
    baseline === 'latest' && newest
      ? await runBefore(path, newest)
      : await baselineOf(baseline, trend);
  const own = new Set(after.map(({ id }) => id));
  return { before: { ...before, lines: before.lines.filter(({ id }) => !own.has(id)) }, after };
}
