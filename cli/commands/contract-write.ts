/** dialproof contracts write: writes the pact, or a pact of selected interactions. */

import type { Command } from 'commander';
import type { ContractName } from '../../contracts/contract.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { UserError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';
import { contractOption } from '../options/contract-option.ts';
import {
  addSelectionOptions,
  type SelectionOptions,
  selectionOf,
} from '../options/selection-options.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends SelectionOptions {
  readonly contract: ContractName;
  readonly out: string;
  readonly json?: boolean;
}

export function addContractWrite(command: Command): void {
  addSelectionOptions(
    command
      .command('write')
      .description('write the pact of a contract, or of selected interactions, for any verifier')
      .addOption(contractOption())
      .option('--out <dir>', 'folder of the pact; an older pact in it is replaced', 'pacts'),
  )
    .option('--json', 'print the path and the number of interactions as JSON')
    .addHelpText(
      'after',
      `
The AWS SDK client runs through every interaction that is written.

Examples:
  dialproof contracts write
  dialproof contracts write --only documented
  dialproof contracts write --only inferred --choice throttleError=ThrottlingException --out pacts`,
    )
    .action(async (options: Options) => {
      const terminal = new Terminal(options.json === true);
      const contract = contractNamed(options.contract);
      const selection = selectionOf(options, contract);
      needPackages('the contract', ['@pact-foundation/pact', contract.sdk.packageName]);
      const { pactFile, results } = await writePact(
        contract,
        options.out,
        undefined,
        undefined,
        selection,
      );
      if (results.length === 0) throw new UserError('no interaction is selected');
      const failed = results.filter(({ verdict }) => verdict !== 'pass');
      for (const { description, detail } of failed) {
        terminal.say(`FAIL ${description}: ${detail ? troubleSaid(detail) : ''}`);
      }
      const written = results.length - failed.length;
      if (terminal.json) terminal.document({ pactFile, interactions: written });
      else terminal.say(`${written} interactions in ${pactFile}`);
      if (failed.length > 0) process.exitCode = EXIT_CODES.failed;
    });
}
