/** dialproof contracts write: writes the pact, or a pact of selected interactions. */

import { type Command, Option } from 'commander';
import { CONTRACT_NAMES, type ContractName } from '../../contracts/contract.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { EVENT_MESSAGES, EVENTS } from '../../contracts/events/messages.ts';
import { writeEventPact } from '../../contracts/events/write-events.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { UserError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';
import {
  addSelectionOptions,
  type SelectionOptions,
  selectionOf,
} from '../options/selection-options.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends SelectionOptions {
  readonly contract: ContractName | typeof EVENTS | 'all';
  readonly out: string;
  readonly json?: boolean;
}

export function addContractWrite(command: Command): void {
  addSelectionOptions(
    command
      .command('write')
      .description('write the pact of a contract, or of selected interactions, for any verifier')
      .addOption(
        new Option('--contract <name>', 'the contract')
          .choices([...CONTRACT_NAMES, EVENTS, 'all'])
          .default('BatchPutContact'),
      )
      .option('--out <dir>', 'folder of the pact; an older pact in it is replaced', 'pacts'),
  )
    .option('--json', 'print the path and the number of interactions as JSON')
    .addHelpText(
      'after',
      `
The AWS SDK client runs through every interaction that is written. ContactEvents is the pact of the messages that a
handler of contact events gets.

Examples:
  dialproof contracts write
  dialproof contracts write --contract all --out pacts
  dialproof contracts write --contract ContactEvents
  dialproof contracts write --only documented
  dialproof contracts write --only inferred --choice throttleError=ThrottlingException --out pacts`,
    )
    .action(async (options: Options) => {
      const terminal = new Terminal(options.json === true);
      const names =
        options.contract === 'all' ? ([...CONTRACT_NAMES, EVENTS] as const) : [options.contract];
      const pacts: Written[] = [];
      for (const name of names) {
        const pact = name === EVENTS ? await events(options) : await http(name, options, terminal);
        if (!terminal.json) terminal.say(`${pact.interactions} interactions in ${pact.pactFile}`);
        pacts.push(pact);
      }
      if (terminal.json) terminal.document({ pacts });
    });
}

interface Written {
  readonly pactFile: string;
  readonly interactions: number;
}

async function http(name: ContractName, options: Options, terminal: Terminal): Promise<Written> {
  const contract = contractNamed(name);
  const selection = selectionOf(options, contract);
  needPackages('the contract', ['@pact-foundation/pact', contract.sdk.packageName]);
  const { pactFile, results } = await writePact(contract, options.out, undefined, selection);
  if (results.length === 0) throw new UserError('no interaction is selected');
  const failed = results.filter(({ verdict }) => verdict !== 'pass');
  for (const { description, detail } of failed) {
    terminal.say(`FAIL ${description}: ${detail ? troubleSaid(detail) : ''}`);
  }
  if (failed.length > 0) process.exitCode = EXIT_CODES.failed;
  return { pactFile, interactions: results.length - failed.length };
}

async function events({ only, choice, contract, out }: Options): Promise<Written> {
  if (contract === EVENTS && (only !== undefined || choice.length > 0)) {
    throw new UserError(
      `the messages of ${EVENTS} are always written together: leave out --only and --choice`,
    );
  }
  needPackages('the contract', ['@pact-foundation/pact']);
  const pactFile = await writeEventPact(out, () => {});
  return { pactFile, interactions: EVENT_MESSAGES.length };
}
