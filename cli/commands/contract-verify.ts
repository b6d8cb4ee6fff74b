/** dialproof contracts verify: verifies the user's provider against the contract. */

import type { Command } from 'commander';
import type { ContractName } from '../../contracts/contract.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { pactAt } from '../../contracts/contracts.ts';
import { isAws, verifyElsewhere } from '../../contracts/provider/verify-elsewhere.ts';
import { isLoopback } from '../../load/engine/http/loopback.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { worst } from '../../run/verdict.ts';
import { UserError } from '../../system/errors.ts';
import { credentialsOfChain } from '../options/aws-credentials.ts';
import { contractOption } from '../options/contract-option.ts';
import { readUrl } from '../options/read-option.ts';
import { mark } from '../stages/report-run.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options {
  readonly target: string;
  readonly region: string;
  readonly states?: string;
  readonly contract: ContractName;
  readonly pact?: string;
  readonly allowRemote?: boolean;
  readonly json?: boolean;
}

export function addContractVerify(command: Command): void {
  command
    .command('verify')
    .description('verify your own endpoint against the contract')
    .requiredOption('--target <url>', 'the endpoint, http or https')
    .option('--region <name>', 'Region for the signatures', ordinaryFacts().region)
    .option(
      '--states <url>',
      'URL that accepts Pact’s state changes by POST (default: no state is set)',
    )
    .addOption(contractOption())
    .option('--pact <file>', 'existing pact (default: a newly written one)')
    .option('--allow-remote', 'allow a --target or --states on another machine')
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
Requests are signed with the credentials of the AWS SDK's default chain. An interaction whose state cannot
be set is not exercised; the exit code is then 1. AWS refuses every call of an ordinary account, so only the
refusal can be verified there.

Examples:
  dialproof contracts verify --target http://127.0.0.1:8080 --states http://127.0.0.1:8080/_states
  dialproof contracts verify --target https://connect.us-east-1.amazonaws.com --allow-remote`,
    )
    .action(async (options: Options) => {
      process.exitCode = await verify(options);
    });
}

async function verify(options: Options): Promise<number> {
  const target = readUrl(options.target);
  const states = options.states === undefined ? null : readUrl(options.states);
  for (const url of [target, ...(states ? [states] : [])]) {
    if (!options.allowRemote && !isLoopback(url.hostname)) {
      throw new UserError(
        `${url.hostname} is not on this machine: add --allow-remote to verify it anyway`,
      );
    }
  }
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  if (isAws(target.origin)) {
    terminal.warn('AWS refuses every call of an ordinary account: only the refusal is verified.');
  }
  const where = {
    url: target.origin,
    region: options.region,
    key: await credentialsOfChain(options.region),
    statesUrl: states?.href ?? null,
  };
  const pact = await pactAt(contractNamed(options.contract), options.pact);
  const { results, checks } = await verifyElsewhere(pact, where, () => new Date(), signal);
  const verdict = worst([...results, ...checks].map((one) => one.verdict));
  if (terminal.json) {
    terminal.document({ verdict, results, checks });
    return exitCodeOf(verdict, signal.aborted);
  }
  for (const one of results.filter(({ verdict: of }) => of !== 'pass')) {
    terminal.say(
      `${mark(terminal.paint, one.verdict)} ${one.description}: ${one.detail ? troubleSaid(one.detail) : ''}`,
    );
  }
  const passed = results.filter((one) => one.verdict === 'pass').length;
  terminal.say(`${mark(terminal.paint, verdict)} ${passed} of ${results.length} interactions pass`);
  return exitCodeOf(verdict, signal.aborted);
}
