/** dialproof contracts verify: verifies the user's provider against the contract. */

import type { Command } from 'commander';
import { GROUPS } from '../../contracts/agreement/interaction.ts';
import type { ContractName } from '../../contracts/contract.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { anyPactAt } from '../../contracts/contracts.ts';
import type { CallerKeys } from '../../contracts/provider/callers.ts';
import type { OwnNames } from '../../contracts/provider/names.ts';
import type { Outcome, Row } from '../../contracts/provider/outcome.ts';
import type { Where } from '../../contracts/provider/verify.ts';
import { isAws } from '../../contracts/provider/verify-elsewhere.ts';
import { verifyProvider } from '../../contracts/provider/verify-provider.ts';
import { isLoopback } from '../../load/engine/http/loopback.ts';
import { ordinaryFacts } from '../../operation/connect/facts.ts';
import { checkSaid } from '../../reports/english/checks.ts';
import { troubleSaid, undocumentedSaid } from '../../reports/english/contracts.ts';
import { count } from '../../run/figures.ts';
import type { CheckResult } from '../../run/run.ts';
import { UserError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';
import { type AcceptOptions, acceptancesOf, addAcceptOptions } from '../options/accept-options.ts';
import { callerKeys } from '../options/caller-keys.ts';
import { contractOption } from '../options/contract-option.ts';
import { readUrl } from '../options/read-option.ts';
import {
  addSelectionOptions,
  type SelectionOptions,
  selectionOf,
} from '../options/selection-options.ts';
import { mark } from '../stages/report-run.ts';
import { exitCodeOf } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface Options extends SelectionOptions, AcceptOptions, OwnNames {
  readonly target: string;
  readonly region: string;
  readonly states?: string;
  readonly credentials?: string;
  readonly contract: ContractName;
  readonly pact?: string;
  readonly allowRemote?: boolean;
  readonly json?: boolean;
}

export function addContractVerify(command: Command): void {
  addAcceptOptions(
    addSelectionOptions(
      command
        .command('verify')
        .description('verify your own endpoint against the contract')
        .requiredOption(
          '--target <url>',
          'the endpoint, http or https; a path comes before that of every request',
        )
        .option('--region <name>', 'Region for the signatures', ordinaryFacts().region)
        .option(
          '--states <url>',
          'URL that accepts Pact’s state changes by POST (default: no state is set)',
        )
        .option(
          '--credentials <file>',
          'JSON with the keys of the callers: principal, refused, denied, expired',
        )
        .option('--instance <id>', 'your InstanceId (default: that of the contract)')
        .option('--queue <id>', 'a queue of your instance that is enabled')
        .option('--number <number>', 'a phone number claimed to your instance, as E.164')
        .option('--campaign <id>', 'a campaign for which contacts may be put')
        .addOption(contractOption())
        .option(
          '--pact <file>',
          'existing pact of any specification (default: that of the contract)',
        ),
    ),
  )
    .option('--allow-remote', 'allow a --target or --states on another machine')
    .option('--json', 'print the results as JSON')
    .addHelpText(
      'after',
      `
What is documented or inferred is required. What is assumed is verified too, but counts with --only assumed or
its --choice only. The exit code is 0 if everything required passes, and at least one success or failure code is
among it. Without --states, what needs a state is not exercised and not required.

The keys of the callers come from DIALPROOF_PRINCIPAL_ACCESS_KEY_ID, …_SECRET_ACCESS_KEY and …_SESSION_TOKEN, the
same for DIALPROOF_REFUSED, DIALPROOF_DENIED and DIALPROOF_EXPIRED, or from --credentials. Otherwise outbound
campaigns signs with the AWS SDK's default chain, or on this machine with the keys that every emulator knows.

Groups for --accept:
${Object.entries(GROUPS)
  .map(([name, meaning]) => `  ${name.padEnd(12)}${meaning}`)
  .join('\n')}

Examples:
  dialproof contracts verify --target http://127.0.0.1:8080
  dialproof contracts verify --target http://127.0.0.1:8080 --states http://127.0.0.1:8080/_states
  dialproof contracts verify --target http://127.0.0.1:8080 --only documented --choice throttleError=ThrottlingException
  dialproof contracts verify --target http://127.0.0.1:8080 --accept signatures --accept-file accepted.json
  dialproof contracts verify --target https://connect.us-east-1.amazonaws.com --allow-remote`,
    )
    .action(async (options: Options) => {
      process.exitCode = await verify(options);
    });
}

async function verify(options: Options): Promise<number> {
  const target = readUrl(options.target);
  const statesUrl = options.states === undefined ? null : readUrl(options.states);
  for (const url of [target, ...(statesUrl ? [statesUrl] : [])]) {
    if (!options.allowRemote && !isLoopback(url.hostname)) {
      throw new UserError(
        `${url.hostname} is not on this machine: add --allow-remote to verify it anyway`,
      );
    }
  }
  if (target.search !== '') {
    throw new UserError(`--target has a query (${target.search}): give the address without it`);
  }
  const contract = contractNamed(options.contract);
  const selection = selectionOf(options, contract);
  const acceptances = acceptancesOf(options);
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  needPackages('the contract', ['@pact-foundation/pact']);
  const aws = isAws(target.origin);
  if (aws) {
    terminal.warn('AWS refuses every call of an ordinary account: only the refusal is verified.');
  }
  const keys = await callerKeys({
    region: options.region,
    file: options.credentials,
    isLoopback: isLoopback(target.hostname),
  });
  const where: Where = {
    ...(aws ? refusedOnly(keys) : keys),
    url: target.href,
    region: options.region,
    statesUrl: statesUrl?.href ?? null,
    names: namesIn(options),
  };
  const pact = await anyPactAt(contract, options.pact);
  const { outcome, checks, verdict } = await verifyProvider(pact, where, {
    selection,
    acceptances,
    pairs: aws || options.pact !== undefined ? [] : contract.pairs,
    now: () => new Date(),
    onProgress: (done, total) => terminal.progress(`verifying: ${done} of ${total}`),
    signal,
  });
  if (terminal.json) {
    terminal.document(documentOf(outcome, checks, verdict));
  } else {
    tell(terminal, outcome, checks, verdict);
  }
  return exitCodeOf(verdict, signal.aborted);
}

function namesIn({ instance, queue, number, campaign }: OwnNames): OwnNames {
  return {
    ...(instance !== undefined && { instance }),
    ...(queue !== undefined && { queue }),
    ...(number !== undefined && { number }),
    ...(campaign !== undefined && { campaign }),
  };
}

/** At AWS the key of an ordinary account is that of a caller who is refused. */
function refusedOnly(keys: CallerKeys): CallerKeys {
  return { ...keys, outsider: keys.outsider ?? keys.principal };
}

function documentOf(outcome: Outcome, checks: readonly CheckResult[], verdict: string): object {
  return {
    verdict,
    required: outcome.required,
    passed: outcome.passed,
    failed: outcome.failed,
    failedUndocumented: outcome.failedUndocumented,
    results: outcome.rows.map((row) => ({
      description: row.description,
      verdict: row.verdict,
      required: row.required,
      accepted: row.accepted !== null,
      group: row.written?.group ?? null,
      mark: row.written?.mark ?? null,
      detail: row.detail,
      said: row.detail && troubleSaid(row.detail),
      undocumented: undocumentedOf(row),
    })),
    checks,
  };
}

/** How a row that does not pass is left out, where AWS does not document what it asserts. */
function undocumentedOf({ verdict, undocumented }: Row): string | null {
  return verdict === 'pass' || undocumented === null ? null : undocumentedSaid(undocumented);
}

function tell(
  terminal: Terminal,
  outcome: Outcome,
  checks: readonly CheckResult[],
  verdict: CheckResult['verdict'],
): void {
  const { rows, required, passed, needless, empty } = outcome;
  const wanting = rows.filter((row) => row.verdict !== 'pass');
  const counts = (row: Row): boolean => row.required && row.accepted === null;
  for (const row of wanting.filter((one) => counts(one) && one.verdict === 'fail')) {
    const why = undocumentedOf(row);
    terminal.say(`${mark(terminal.paint, row.verdict)} ${lineOf(row)}${why ? `\n  ${why}` : ''}`);
  }
  tellUntried(
    terminal,
    `${mark(terminal.paint, 'not exercised')} and required: `,
    wanting.filter((one) => counts(one) && one.verdict === 'not exercised'),
  );
  const assumed = wanting.filter(
    (row) => !row.required && row.verdict === 'fail' && row.accepted === null,
  );
  if (assumed.length > 0) {
    terminal.say('differs from what is assumed, which is no fault (--only assumed tells how):');
    tellNames(terminal, assumed);
  }
  for (const row of wanting.filter(({ accepted }) => accepted !== null)) {
    const why = row.accepted?.reason ?? null;
    terminal.say(`accepted${why === null ? '' : ` (${why})`}: ${lineOf(row)}`);
  }
  const untried = wanting.filter(
    (row) => !row.required && !row.accepted && row.verdict === 'not exercised',
  );
  const stateless = untried.filter(({ detail }) => detail?.kind === 'nothing sets states');
  if (stateless.length > 0) {
    terminal.say(
      `not exercised: ${count(stateless.length, 'interaction')} for which nothing sets a state: give --states (docs/provider-states.md has the states)`,
    );
  }
  tellUntried(
    terminal,
    'not exercised: ',
    untried.filter((row) => !stateless.includes(row)),
  );
  for (const { name } of needless) terminal.warn(`"${name}" is accepted, but it passes.`);
  for (const { name, verdict: of, detail } of checks) {
    if (of === 'fail') terminal.say(`FAIL ${name}: ${checkSaid(detail)}`);
  }
  if (wanting.some((row) => counts(row) && row.verdict !== 'fail' && row.undocumented !== null)) {
    terminal.say(
      'Not all that is not exercised is documented: --only documented leaves out the rest.',
    );
  }
  if (wanting.some((row) => counts(row) && row.written?.group === 'signatures')) {
    terminal.say(
      'A provider that checks no signatures accepts that by name: --accept signatures --accept callers.',
    );
  }
  if (empty) terminal.say('No success and no failure code was verified: the run shows nothing.');
  terminal.say(
    `${mark(terminal.paint, verdict)} ${passed} of ${required} required interactions pass${failedSaid(outcome)}${rest(rows, counts)}`,
  );
}

/** What was not exercised, one line for each reason. */
function tellUntried(terminal: Terminal, before: string, rows: readonly Row[]): void {
  const byReason = new Map<string, Row[]>();
  for (const row of rows) {
    const why = row.detail ? shortened(troubleSaid(row.detail)) : 'it was not sent';
    byReason.set(why, [...(byReason.get(why) ?? []), row]);
  }
  for (const [why, of] of byReason) {
    terminal.say(`${before}${why}`);
    for (const { description } of of) terminal.say(`  ${description}`);
  }
}

/** Of what is no fault, so many names are shown. */
const MOST_NAMES = 5;

function tellNames(terminal: Terminal, rows: readonly Row[]): void {
  const shown = rows.length > MOST_NAMES + 1 ? rows.slice(0, MOST_NAMES) : rows;
  for (const { description } of shown) terminal.say(`  ${description}`);
  const more = rows.length - shown.length;
  if (more > 0) terminal.say(`  … and ${more} more (--json has all)`);
}

const MOST_LINES = 3;
const WIDEST = 240;

function lineOf({ description, written, detail }: Row): string {
  const marked = written ? ` [${written.group}, ${written.mark}]` : '';
  return `${description}${marked}: ${detail ? shortened(troubleSaid(detail)) : 'it was not sent'}`;
}

/** Pact repeats whole lists in its differences. The JSON has all of them. */
function shortened(text: string): string {
  const lines = text.split('\n');
  const shown = lines
    .slice(0, MOST_LINES)
    .map((line) => (line.length > WIDEST ? `${line.slice(0, WIDEST)}…` : line));
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [`… and ${more} more (--json has all)`] : [])].join('\n  ');
}

function failedSaid({ failed, failedUndocumented }: Outcome): string {
  if (failedUndocumented === 0) return '';
  const documented = failed - failedUndocumented;
  return `; of the ${failed} that fail, AWS documents ${documented} and does not document ${failedUndocumented}`;
}

function rest(rows: readonly Row[], counts: (row: Row) => boolean): string {
  const others = rows.filter((row) => !counts(row));
  const of = (verdict: Row['verdict']): number =>
    others.filter((row) => row.verdict === verdict).length;
  const parts = [
    [of('pass'), 'passes', 'pass'],
    [of('fail'), 'differs', 'differ'],
    [of('not exercised'), 'is not exercised', 'are not exercised'],
  ] as const;
  const told = parts.filter(([n]) => n > 0).map(([n, one, many]) => `${n} ${n === 1 ? one : many}`);
  return told.length === 0 ? '' : `; of ${others.length} others ${told.join(', ')}`;
}
