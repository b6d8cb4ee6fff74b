/** dialproof contracts: write the pact and verify it against the embedded emulator. */

import { join } from 'node:path';
import type { Command } from 'commander';
import { embeddedEngine } from '../../load/engines/embedded.ts';
import { changesLines } from '../../reports/changes-lines.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { interactionTroubleSaid } from '../../reports/english/contracts.ts';
import type { ContractsResult } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { suggestion } from '../../system/suggestion.ts';
import { addCompareOptions, type CompareOptions } from '../options/compare-options.ts';
import type { Configured } from '../options/configured-endpoint.ts';
import {
  addMisbehaviourOptions,
  type MisbehaviourOptions,
  tellBugs,
} from '../options/emulator-options.ts';
import { ownTarget, spawnOwnEmulator } from '../stages/own-endpoints.ts';
import { exitCodeOfRun, reportRun } from '../stages/report-run.ts';
import {
  checkContracts,
  contractLines,
  needContractPackages,
  openFolder,
  runId,
} from '../stages/stages.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';
import { addContractBroker } from './contract-broker.ts';
import { addContractMock } from './contract-mock.ts';
import { addContractTools } from './contract-tools.ts';
import { addContractVerify } from './contract-verify.ts';
import { addContractWrite } from './contract-write.ts';

interface ContractsOptions extends CompareOptions, MisbehaviourOptions, Configured {
  readonly out: string;
  readonly json?: boolean;
}

export function contractsCommand(command: Command): void {
  addCompareOptions(addMisbehaviourOptions(command.enablePositionalOptions()))
    .description('write the contracts, verify the emulator, mutate both, compare with the AWS SDK')
    .option('--out <dir>', 'folder in which this run gets its own folder', 'out')
    .option('--json', 'print the run as JSON')
    .addHelpText(
      'after',
      `
Examples:
  dialproof contracts
  dialproof contracts --bug wrong-code      (exits with 1: the verification catches it)
  dialproof contracts drift --model service-2.json`,
    )
    .argument('[command]', 'one of the commands below')
    .action(async (other: string | undefined, options: ContractsOptions) => {
      if (other !== undefined) {
        const names = command.commands.map((one) => one.name());
        throw new UserError(
          `contracts has no command "${other}": choose from ${names.join(', ')}.${suggestion(other, names)}`,
        );
      }
      process.exitCode = await contracts(options);
    });
  addContractTools(command);
  addContractMock(command);
  addContractWrite(command);
  addContractVerify(command);
  addContractBroker(command);
}

async function contracts(options: ContractsOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  needContractPackages();
  tellBugs(terminal, options.bug);
  const startedAt = new Date();
  const id = runId(startedAt, 0);
  const dir = await openFolder(options.out, id);
  const emulator = await spawnOwnEmulator('stress', options);
  const results = await checkContracts({ terminal, signal }, dir, emulator, (result) =>
    tell(terminal, result, dir),
  ).finally(() => emulator.close());
  const reported = await reportRun(
    {
      id,
      startedAt: startedAt.toISOString(),
      durationMs: Date.now() - startedAt.getTime(),
      seed: 0,
      target: ownTarget(emulator.url, options),
      contacts: null,
      contracts: results,
      campaigns: null,
      load: [],
      selfChecks: [],
      interrupted: signal.aborted,
      configuration: options.configuration ?? null,
    },
    embeddedEngine,
    options.out,
    dir,
    options,
  );
  const { run, html, changes } = reported;
  if (terminal.json) {
    terminal.document(run);
    return exitCodeOfRun(reported, options);
  }
  for (const line of changesLines(changes, terminal.paint)) terminal.say(line);
  terminal.say(`report: ${html}`);
  return exitCodeOfRun(reported, options);
}

/** @param dir the folder of the run. */
function tell(terminal: Terminal, result: ContractsResult, dir: string): void {
  for (const one of result.interactions) {
    if (one.consumer !== 'fail' && one.provider !== 'fail') continue;
    terminal.say(`FAIL ${one.description}\n${interactionTroubleSaid(one)}`);
  }
  for (const check of result.checks) {
    if (check.verdict === 'fail') terminal.say(`FAIL ${check.name}: ${checkSaid(check.detail)}`);
  }
  for (const line of contractLines(result, terminal.paint)) terminal.say(line);
  terminal.say(`     pact        ${join(dir, result.pactFile)}`);
}
