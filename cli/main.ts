#!/usr/bin/env node
/** The `dialproof` command: its subcommands, and how every command ends. */

import './node-version.ts';
import { Command, CommanderError } from 'commander';
import { UserError } from '../errors.ts';
import { DIALPROOF_VERSION } from '../package-root.ts';
import { contractsCommand } from './commands/contracts.ts';
import { doctorCommand } from './commands/doctor.ts';
import { emulatorCommand } from './commands/emulator.ts';
import { generateCommand } from './commands/generate.ts';
import { loadCommand } from './commands/load.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { EXIT_CODES, EXIT_CODES_HELP, exitCodeOfError } from './exit-codes.ts';

const COMMANDS: Record<string, (command: Command) => void> = {
  run: runCommand,
  generate: generateCommand,
  emulator: emulatorCommand,
  contracts: contractsCommand,
  load: loadCommand,
  report: reportCommand,
  doctor: doctorCommand,
};

function program(): Command {
  const root = new Command('dialproof')
    .description('Contract tests, load tests and a strict endpoint for Connect BatchPutContact')
    .version(DIALPROOF_VERSION)
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXIT_CODES_HELP);
  // A subcommand copies what its parent has when it is made: exitOverride first.
  for (const [name, define] of Object.entries(COMMANDS)) define(root.command(name));
  return root;
}

program()
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // commander has told the user already; help and version are no error.
      process.exitCode = error.exitCode === 0 ? EXIT_CODES.pass : EXIT_CODES.usage;
      return;
    }
    if (error instanceof Error && error.name === 'AbortError') {
      process.exitCode = EXIT_CODES.interrupted;
      return;
    }
    // A user's mistake is one sentence; anything else is a defect, and its stack is wanted.
    const text =
      error instanceof UserError ? error.message : String((error as Error).stack ?? error);
    process.stderr.write(`dialproof: ${text}\n`);
    process.exitCode = exitCodeOfError(error);
  });
