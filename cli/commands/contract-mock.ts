/** dialproof contracts mock: serves a consumer, until interrupted or for as long as a command runs. */

import { type Command, Option } from 'commander';
import { PROVIDER } from '../../contracts/agreement/interaction.ts';
import { CONTRACT_NAMES, type ContractName } from '../../contracts/contract.ts';
import { allContracts } from '../../contracts/contract-list.ts';
import { mismatchSaid } from '../../contracts/mock/mismatch.ts';
import { type ConsumerMock, openConsumerMock } from '../../contracts/mock/mock.ts';
import { otherDataSaid } from '../../contracts/mock/other-data.ts';
import { MOCKED, servingOf } from '../../contracts/mock/serving.ts';
import { checkName, writeConsumerPact } from '../../contracts/mock/write-pact.ts';
import { startEmulator } from '../../emulator/emulator.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { count } from '../../run/figures.ts';
import { UserError } from '../../system/errors.ts';
import { exceptLoopback } from '../../system/loopback.ts';
import { type ConfiguredEndpoint, configuredSeed } from '../options/configured-endpoint.ts';
import { wholeNumber } from '../options/read-option.ts';
import { runChild } from '../terminal/child-command.ts';
import {
  addressVariables,
  exportLines,
  regionVariables,
  SERVICES,
} from '../terminal/client-variables.ts';
import { EXIT_CODES } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface MockOptions extends ConfiguredEndpoint {
  readonly contract?: ContractName;
  readonly port?: number;
  readonly pact?: string;
  readonly literal?: boolean;
  readonly strict?: boolean;
  readonly consumer?: string;
  readonly provider?: string;
  readonly out?: string;
  readonly merge?: boolean;
  readonly json?: boolean;
}

const PORT = 4020;

export function addContractMock(command: Command): void {
  command
    .command('mock')
    .description('serve a consumer under test on 127.0.0.1, and write its pact')
    .argument(
      '[command...]',
      'what to run against the mock, after --; without it, until interrupted',
    )
    .option(
      '--consumer <name>',
      'write the interactions that were used as the pact of this consumer',
    )
    .option(
      '--provider <name>',
      `the provider in that pact (default: "${PROVIDER}", or that of --pact)`,
    )
    .option('--out <dir>', 'folder of that pact (default: "pacts")')
    .option('--merge', 'add to the pact that is there; otherwise it is replaced')
    .option('--strict', 'a refusal that no provider state asks for is a mismatch')
    .addOption(
      new Option('--contract <name>', 'serve the operations of this contract only').choices(
        CONTRACT_NAMES,
      ),
    )
    .option('--pact <file>', 'serve the interactions of this pact, of any team')
    .option('--literal', "serve the contract to the letter, with Pact's mock server")
    .option(
      '--port <n>',
      `port; 0 for any free port (default: ${PORT}, with a command 0)`,
      wholeNumber(0, 65_535),
    )
    .option('--json', 'print the address as JSON')
    .addHelpText(
      'after',
      `
The answers are the endpoint's own decisions: a good call succeeds, with its identifiers, and any other
call is refused as the endpoint refuses it. POST /_mock/states sets a provider state:
{"state": "calls are throttled"}. The state "an ordinary day" undoes all others.

A call that is not served gets 501, with what was expected, what came and where. The exit code is then 1,
and no pact is written.

The command gets the address in AWS_ENDPOINT_URL_CONNECT, AWS_ENDPOINT_URL_CONNECTCAMPAIGNS and
AWS_ENDPOINT_URL_CONNECTCAMPAIGNSV2, and in DIALPROOF_MOCK_URL, and a Region and keys if there are none.

Examples:
  dialproof contracts mock
  dialproof contracts mock --consumer night-dialer -- python3 -m pytest
  dialproof contracts mock --pact pacts/night-dialer-dial-gateway.json
  dialproof contracts mock --literal --contract ConnectCampaignsV2`,
    )
    .action(async (run: string[], options: MockOptions) => {
      process.exitCode = await serve(run, options);
    });
}

async function serve(run: readonly string[], options: MockOptions): Promise<number> {
  if (options.consumer === undefined) {
    const needless = (['provider', 'out', 'merge'] as const).find(
      (one) => options[one] !== undefined,
    );
    if (needless)
      throw new UserError(`--${needless} is about the pact of a consumer: add --consumer`);
  }
  if (options.json && run.length > 0) {
    throw new UserError(
      '--json is for a mock that another program waits for: leave it out with a command',
    );
  }
  // Said before the tests of a team run, and not after them.
  for (const name of [options.consumer, options.provider]) {
    if (name !== undefined) checkName(name);
  }
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const serving = await servingOf(options, () => startEmulator(MOCKED), signal);
  const mock = await openConsumerMock(serving, {
    port: options.port ?? (run.length > 0 ? 0 : PORT),
    strict: options.strict ?? false,
    tell: (line) => terminal.warn(line),
  });
  try {
    signal.throwIfAborted();
    if (run.length > 0) return await withCommand(run, mock, options, terminal, signal);
    tellAddress(mock, options, terminal);
    // Pact's own threads do not keep this process alive.
    const alive = setInterval(() => {}, 60_000);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    clearInterval(alive);
    return await conclude(mock, options, terminal, 0);
  } finally {
    await mock.close();
  }
}

function tellAddress(mock: ConsumerMock, options: MockOptions, terminal: Terminal): void {
  const { region } = configuredSeed(options).facts;
  if (terminal.json) {
    terminal.document({ url: mock.url, region, instanceId: ORDINARY_INSTANCE.id });
    return;
  }
  terminal.say(`the mock is at ${mock.url}  (Ctrl-C stops)`);
  const served = allContracts().filter(({ name }) => [undefined, name].includes(options.contract));
  const services = served.map(({ sdk }) => sdk.variable);
  for (const line of exportLines({
    ...addressVariables(mock.url, services),
    ...regionVariables(region),
  })) {
    terminal.say(line);
  }
  terminal.say(
    options.pact === undefined && !options.literal
      ? 'any access key works, and any instance id'
      : 'any access key works; the pact lists the requests that get an answer',
  );
}

/** Runs the command, whose exit code counts first. */
async function withCommand(
  command: readonly string[],
  mock: ConsumerMock,
  options: MockOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<number> {
  const { region } = configuredSeed(options).facts;
  const env = environmentFor(mock.url, region, process.env);
  const code = await runChild(command, { env, signal, reads: true });
  if (signal.aborted) return EXIT_CODES.interrupted;
  return conclude(mock, options, terminal, code);
}

/** What every AWS SDK reads. A Region and keys of the user's own stay. */
function environmentFor(url: string, region: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...regionVariables(region),
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'any',
    ...env,
    ...exceptLoopback(env),
    ...addressVariables(url, SERVICES),
    DIALPROOF_MOCK_URL: url,
  };
}

/** Writes the pact, unless something failed. @returns the exit code. */
async function conclude(
  mock: ConsumerMock,
  { consumer, provider = mock.provider, out = 'pacts', merge = false }: MockOptions,
  terminal: Terminal,
  code: number,
): Promise<number> {
  const { mismatches } = mock;
  for (const one of mismatches) terminal.warn(`FAIL ${mismatchSaid(one)}`);
  if (consumer === undefined) return code || (mismatches.length > 0 ? EXIT_CODES.failed : code);
  const why =
    mismatches.length > 0
      ? `${count(mismatches.length, 'call')} did not match`
      : code !== 0
        ? `the command ended with ${code}`
        : null;
  if (why !== null) {
    terminal.warn(`no pact of ${consumer} is written: ${why}`);
    return code || EXIT_CODES.failed;
  }
  const file = await writeConsumerPact(mock, out, { consumer, provider }, merge, (others) =>
    terminal.warn(otherDataSaid(consumer, others)),
  );
  if (file === null) {
    terminal.warn(`FAIL no pact of ${consumer} is written: no call came that can be in one`);
    return EXIT_CODES.failed;
  }
  terminal.warn(
    `${count(mock.used.length, 'interaction')} of ${consumer} with ${provider}: ${file}`,
  );
  return code;
}
