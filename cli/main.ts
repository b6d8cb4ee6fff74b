#!/usr/bin/env node
/** The `dialproof` command: its subcommands, and how every command ends. */

import './terminal/node-version.ts';
import { type Command, CommanderError } from 'commander';
import { UserError } from '../system/errors.ts';
import { explainUnexpected } from '../system/file-trouble.ts';
import { DIALPROOF_VERSION } from '../system/package.ts';
import { addConfigurationOptions, ConfiguredCommand } from './configuration/configured-command.ts';
import { EXIT_CODES, EXIT_CODES_HELP, exitCodeOfError } from './terminal/exit-codes.ts';
import { wasInterrupted } from './terminal/interrupt.ts';
import { toStderr, toStdout, watchOutput } from './terminal/out.ts';

type Define = (command: Command) => void;

/** Each is loaded on use, so that the emulator does not wait for Pact, faker and the reports. */
const COMMANDS: Record<string, () => Promise<Define>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  generate: async () => (await import('./commands/generate.ts')).generateCommand,
  emulator: async () => (await import('./commands/emulator.ts')).emulatorCommand,
  health: async () => (await import('./commands/health.ts')).healthCommand,
  contracts: async () => (await import('./commands/contracts.ts')).contractsCommand,
  load: async () => (await import('./commands/load.ts')).loadCommand,
  audit: async () => (await import('./commands/audit.ts')).auditCommand,
  'crash-test': async () => (await import('./commands/crash-test.ts')).crashTestCommand,
  campaign: async () => (await import('./commands/campaign.ts')).campaignCommand,
  feeder: async () => (await import('./commands/feeder.ts')).feederCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  publish: async () => (await import('./commands/publish.ts')).publishCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  completion: async () => (await import('./commands/completion.ts')).completionCommand,
};

async function program(wanted: string): Promise<Command> {
  const root = new ConfiguredCommand('dialproof')
    .description(
      'contract tests, load tests and a strict emulated endpoint for Amazon Connect BatchPutContact',
    )
    .version(DIALPROOF_VERSION)
    .showSuggestionAfterError()
    // An option belongs to the command that it follows.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: toStdout, writeErr: toStderr })
    .addHelpText('after', EXIT_CODES_HELP);
  // The script of a shell is about all of them.
  const isOne = Object.hasOwn(COMMANDS, wanted) && wanted !== 'completion';
  const names = isOne ? [wanted] : Object.keys(COMMANDS);
  for (const name of names) {
    // A subcommand copies its parent's settings when it is created, so exitOverride comes first.
    const define = await COMMANDS[name]?.();
    define?.(root.command(name));
  }
  addConfigurationOptions(root);
  return root;
}

watchOutput(EXIT_CODES.usage);

program(process.argv[2] ?? '')
  .then((root) => root.parseAsync())
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      // commander has already told the user. Help and version end here too, and are not errors.
      process.exitCode = error.exitCode === 0 ? EXIT_CODES.pass : EXIT_CODES.usage;
      return;
    }
    // What Ctrl-C ends can fail in any way, such as a bundler that gets the signal too.
    if (wasInterrupted() || (error instanceof Error && error.name === 'AbortError')) {
      toStderr('dialproof: interrupted before there was a result\n');
      process.exitCode = EXIT_CODES.interrupted;
      return;
    }
    // A user's mistake gets one sentence, and so does a full disk. Anything else is a defect, so the stack is shown.
    const said = explainUnexpected(error);
    const text = said instanceof UserError ? said.message : String((said as Error).stack ?? said);
    toStderr(`dialproof: ${text}\n`);
    process.exitCode = exitCodeOfError(said);
  });
