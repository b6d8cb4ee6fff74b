/** dialproof health: asks a running emulator whether it can answer calls. The health check of the container image. */

import { type Command, Option } from 'commander';
import { readHealth } from '../../load/endpoint/read-health.ts';
import { readUrl, told, wholeNumber } from '../options/read-option.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options {
  readonly url?: URL;
  readonly controlPort: number;
  readonly timeout: number;
  readonly json?: boolean;
}

export function healthCommand(command: Command): void {
  command
    .description('ask the control door of a running emulator whether the endpoint can answer calls')
    .option(
      '--url <url>',
      'control door (default: the control port on this machine)',
      told(readUrl),
    )
    .addOption(
      new Option('--control-port <n>', 'port of the control door on this machine')
        .argParser(wholeNumber(1, 65_535))
        .default(4011)
        .env('DIALPROOF_CONTROL_PORT'),
    )
    .option('--timeout <seconds>', 'seconds to wait for the answer', wholeNumber(1, 600), 3)
    .option('--json', 'print the answer as JSON')
    .addHelpText(
      'after',
      `
Exit code 0: it can. 1: it cannot, or there is no answer.

Examples:
  dialproof health
  dialproof health --url http://127.0.0.1:4011`,
    )
    .action(async ({ url, controlPort, timeout, json }: Options) => {
      const terminal = new Terminal(json === true);
      const origin = url?.origin ?? `http://127.0.0.1:${controlPort}`;
      const { healthy, text, answer } = await readHealth(origin, timeout * 1_000);
      if (terminal.json) terminal.document({ healthy, url: origin, text, answer });
      else if (healthy) terminal.say(text);
      else terminal.warn(text);
      process.exitCode = healthy ? EXIT_CODES.pass : EXIT_CODES.failed;
    });
}
