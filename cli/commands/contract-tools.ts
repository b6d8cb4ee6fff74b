/** dialproof contracts mutate, drift, coverage: commands that need the contract and no endpoint. */

import type { Command } from 'commander';
import type { ContractName } from '../../contracts/contract.ts';
import { contractNamed, coveragePage } from '../../contracts/contract-list.ts';
import { contractOfPact, mutateContract, pactAt } from '../../contracts/contracts.ts';
import { coverageMarkdown } from '../../contracts/coverage/markdown.ts';
import { checkMatrix, coverageMatrix, keyOf } from '../../contracts/coverage/matrix.ts';
import { driftCheck, driftFromFile, driftFromPublished } from '../../contracts/drift/drift.ts';
import { coverageSaid, driftSaid, mutationSaid } from '../../reports/content/contract-figures.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { driftRowSaid, mutantSaid } from '../../reports/english/contracts.ts';
import type { CheckResult } from '../../run/run.ts';
import { worst } from '../../run/verdict.ts';
import { contractOption } from '../options/contract-option.ts';
import { mark } from '../stages/report-run.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { toStdout } from '../terminal/out.ts';
import { Terminal } from '../terminal/terminal.ts';

interface CoverageOptions {
  readonly contract: ContractName;
  readonly markdown?: boolean;
  readonly json?: boolean;
}

interface PactOptions {
  readonly contract: ContractName;
  readonly pact?: string;
  readonly json?: boolean;
}

const PACT = ['--pact <file>', 'existing pact (default: a newly written one)'] as const;

export function addContractTools(command: Command): void {
  command
    .command('mutate')
    .description(
      'change the contract in one place at a time, and report which changes go unnoticed',
    )
    .addOption(contractOption())
    .option(...PACT)
    .option('--json', 'print the score as JSON')
    .action(async ({ contract: name, pact, json }: PactOptions) => {
      const terminal = new Terminal(json === true);
      const signal = interruptSignal(terminal);
      const contract = pact === undefined ? contractNamed(name) : contractOfPact(pact);
      const { result, checks } = await mutateContract(
        contract,
        await pactAt(contract, pact, signal),
        signal,
        (said) => terminal.progress(said),
      );
      for (const { side, mutation, count, reason } of result.survivors) {
        terminal.say(`${side}  ${mutantSaid(mutation)}  (${count}): ${reason ?? 'NO REASON'}`);
      }
      end(terminal, checks, mutationSaid(result), result);
    });

  command
    .command('drift')
    .description('compare the definitions with the published models')
    .option(
      '--model <file>',
      'Smithy JSON AST or botocore service-2.json (default: the extracts in this package, and the installed AWS SDK)',
    )
    .option('--json', 'print the differences as JSON')
    .action(({ model, json }: { model?: string; json?: boolean }) => {
      const terminal = new Terminal(json === true);
      const drift = model === undefined ? driftFromPublished() : driftFromFile(model);
      for (const row of drift.differences) terminal.say(`${row.level}: ${driftRowSaid(row)}`);
      end(terminal, [driftCheck(drift)], driftSaid(drift), drift);
    });

  command
    .command('coverage')
    .description('show what the contract pins, and what accounts for the rest')
    .addOption(contractOption())
    .option('--markdown', 'print the whole matrix as a Markdown page')
    .option('--json', 'print the cells as JSON')
    .action(({ contract: name, markdown, json }: CoverageOptions) => {
      const terminal = new Terminal(json === true);
      const contract = contractNamed(name);
      const cells = coverageMatrix(contract);
      if (markdown && !json) {
        toStdout(coverageMarkdown(coveragePage(contract, cells)));
        return;
      }
      for (const cell of cells.filter(({ status }) => status !== 'pinned')) {
        terminal.say(`${cell.status}: ${keyOf(cell)}: ${cell.reason ?? cell.by.join('; ')}`);
      }
      const declared = contract.interactions.map(({ description }) => description);
      end(terminal, checkMatrix(cells, declared, contract), coverageSaid(cells), cells);
    });
}

function end(
  terminal: Terminal,
  checks: readonly CheckResult[],
  said: string,
  document: unknown,
): void {
  for (const { name, verdict, detail } of checks) {
    if (verdict === 'fail') terminal.say(`FAIL ${name}: ${checkSaid(detail)}`);
  }
  const verdict = worst(checks.map((check) => check.verdict));
  terminal.say(`${mark(terminal.paint, verdict)} ${said}`);
  if (terminal.json) terminal.document(document);
  process.exitCode = exitCodeOf(verdict, false);
}
