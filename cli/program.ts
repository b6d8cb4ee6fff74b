/** The tree of commands. */

import type { Command } from 'commander';
import { DIALPROOF_VERSION } from '../system/package.ts';
import { addConfigurationOptions, ConfiguredCommand } from './configuration/configured-command.ts';
import { EXIT_CODES_HELP } from './terminal/exit-codes.ts';
import { toStderr, toStdout } from './terminal/out.ts';

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

/** @param wanted the only command that is defined, if it is one; otherwise all are. */
export async function program(wanted = ''): Promise<Command> {
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
