/** dialproof load merge: the instances of a divided run, merged, audited and reported as one. */

import { rm } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { mergeInstances } from '../../load/divide/merge-instances.ts';
import { controlOrigin } from '../options/control-origin.ts';
import { exitCodeOfRun, reportRun, tellRun } from '../stages/report-run.ts';
import { contactsResult, openFolder, runId } from '../stages/stages.ts';
import { Terminal } from '../terminal/terminal.ts';

interface MergeOptions {
  readonly corpus?: string;
  readonly control: readonly string[];
  readonly out: string;
  readonly json?: boolean;
}

export function loadMergeCommand(command: Command): void {
  command
    .description('merge, audit and report the instances of a run divided by --execution-segment')
    .argument('<dir...>', '--out folder of each instance')
    .option('--corpus <dir>', 'corpus (default: where the first instance had it)')
    .addOption(
      new Option(
        '--control <url>',
        'control door to read a ledger from (repeatable: one per store)',
      )
        .argParser((url: string, before: readonly string[]) => [...before, controlOrigin(url)])
        .default([], 'none'),
    )
    .option('--out <dir>', 'folder in which this run gets its own folder', 'out')
    .option('--json', 'print the run as JSON')
    .action(async (dirs: string[], options: MergeOptions) => {
      process.exitCode = await merge(dirs, options);
    });
}

async function merge(dirs: readonly string[], options: MergeOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const mergedAt = new Date();
  const id = `${runId(mergedAt, 0).replace(/-s0$/, '')}-merged`;
  const outDir = await openFolder(options.out, id);
  const { load, instances } = await mergeInstances({
    dirs,
    corpusDir: options.corpus ?? null,
    controlUrls: options.control,
    outDir,
  }).catch(async (error: unknown) => {
    // A refused merge leaves no folder behind.
    await rm(outDir, { recursive: true });
    throw error;
  });
  const [first] = instances;
  if (!first) throw new Error('there is no instance');
  const { manifest, target } = first;
  const urls = new Set(instances.map((instance) => instance.target.url));
  const reported = await reportRun(
    {
      id,
      startedAt: load.startedAt,
      durationMs: load.durationMs,
      seed: manifest.seed,
      target: { ...target, url: [...urls].join(', ') },
      contacts: contactsResult(manifest),
      contracts: [],
      campaigns: null,
      load: [load],
      selfChecks: [],
      // Each instance had its own.
      configuration: null,
      interrupted: instances.some(({ outcome }) => outcome.interrupted),
    },
    load.engine,
    options.out,
    outDir,
  );
  tellRun(terminal, reported);
  return exitCodeOfRun(reported);
}
