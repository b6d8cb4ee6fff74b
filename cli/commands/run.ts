/** dialproof run: the whole road, from generated contacts to a report. */

import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { SCENARIO_NAMES, type ScenarioName } from '../../load/lib/profiles.ts';
import type { ContractsResult, LoadResult } from '../../reports/run.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import {
  checkContracts,
  chooseEngine,
  contactsResult,
  contractLines,
  makeContacts,
  mark,
  openFolder,
  ownTarget,
  putLoad,
  reportRun,
  runId,
  spawnOwnEmulator,
  tellRun,
} from '../stages.ts';
import { Terminal } from '../terminal.ts';
import { addContactOptions, type ContactOptions } from './contact-options.ts';
import { addMisbehaviourOptions, type MisbehaviourOptions } from './emulator-options.ts';
import { addEngineOptions, type EngineOptions, profileOf, readScenarios } from './load-options.ts';

interface RunOptions extends ContactOptions, MisbehaviourOptions, EngineOptions {
  readonly out: string;
  readonly scenarios: readonly ScenarioName[];
  readonly contracts: boolean;
  readonly json?: boolean;
}

export function runCommand(command: Command): void {
  addEngineOptions(addMisbehaviourOptions(addContactOptions(command, 1_600)))
    .description('contacts, contracts, load, audit and report, against the embedded emulator')
    .addOption(
      new Option('--scenarios <names>', 'load scenarios, comma-separated')
        .argParser(readScenarios)
        .default(SCENARIO_NAMES, SCENARIO_NAMES.join(',')),
    )
    .option('--no-contracts', 'leave the contracts out')
    .option('--out <dir>', 'folder that gets a folder for this run', 'out')
    .option('--json', 'print the run as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof run
  dialproof run --seed 7 --mix every=0.3 --rate 200 --seconds 30
  dialproof run --bug forgets-tokens        (ends 1: the audit catches it)`,
    )
    .action(async (options: RunOptions) => {
      process.exitCode = await run(options);
    });
}

async function run(options: RunOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const stage = { terminal, signal };
  const { paint } = terminal;
  const engine = await chooseEngine(options.engine, options.k6);
  const startedAt = new Date();
  const id = runId(startedAt, options.seed);
  const dir = await openFolder(options.out, id);
  const corpusDir = join(dir, 'corpus');
  const manifest = await makeContacts(stage, corpusDir, options);
  terminal.say(
    `${paint('bold', 'contacts')}    ${manifest.contacts} in ${manifest.batches} batches, seed ${manifest.seed}`,
  );
  const emulator = await spawnOwnEmulator(options);
  let contracts: ContractsResult | null = null;
  let load: LoadResult[] = [];
  try {
    if (options.contracts && !signal.aborted) {
      contracts = await checkContracts(stage, dir, emulator);
      const verified = contracts.interactions.filter((one) => one.provider === 'pass').length;
      terminal.say(
        `${mark(paint, contracts.verdict)} contracts   ${contracts.interactions.length} interactions written, ` +
          `${verified} verified, in ${(contracts.durationMs / 1_000).toFixed(1)} s`,
      );
      for (const line of contractLines(contracts)) terminal.say(`     ${line}`);
    }
    load = await putLoad(stage, {
      engine,
      emulator,
      corpusDir,
      manifest,
      outDir: dir,
      scenarios: options.scenarios,
      profile: profileOf(options),
    });
  } finally {
    await emulator.close();
  }
  const { run: judged, html } = await reportRun(
    {
      id,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      seed: options.seed,
      target: ownTarget(emulator.url, options),
      contacts: contactsResult(manifest),
      contracts,
      load,
      interrupted: signal.aborted,
    },
    engine,
    options.out,
    dir,
  );
  terminal.say('');
  tellRun(terminal, judged, html);
  return exitCodeOf(judged.verdict, judged.interrupted);
}
