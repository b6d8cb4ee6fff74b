/** dialproof contracts broker: passes the contract through a Pact Broker. */

import type { Command } from 'commander';
import { BATCH_PARTIES } from '../../contracts/agreement/batch-put-contact/batch.ts';
import { PROVIDER } from '../../contracts/agreement/interaction.ts';
import { canIDeploy, publishPact, recordDeployment } from '../../contracts/broker/broker.ts';
import { type Broker, readBroker } from '../../contracts/broker/connection.ts';
import { verifyForBroker } from '../../contracts/broker/verify-for-broker.ts';
import {
  type GivenFacts,
  gitFacts,
  type VersionFacts,
  versionFacts,
} from '../../contracts/broker/version-facts.ts';
import type { ContractName } from '../../contracts/contract.ts';
import { contractNamed } from '../../contracts/contract-list.ts';
import { writePact } from '../../contracts/contracts.ts';
import { partiesOf, readPact } from '../../contracts/pact/pact-file.ts';
import { troubleSaid } from '../../reports/english/contracts.ts';
import { worst } from '../../run/verdict.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { contractOption } from '../options/contract-option.ts';
import {
  addMisbehaviourOptions,
  type MisbehaviourOptions,
  tellBugs,
} from '../options/emulator-options.ts';
import { spawnOwnEmulator } from '../stages/own-endpoints.ts';
import { mark } from '../stages/report-run.ts';
import { EXIT_CODES, exitCodeOf } from '../terminal/exit-codes.ts';
import { interruptSignal } from '../terminal/interrupt.ts';
import { Terminal } from '../terminal/terminal.ts';

interface BrokerCommandOptions {
  readonly broker?: string;
  readonly sha?: string;
  readonly branch?: string;
  readonly buildUrl?: string;
  readonly json?: boolean;
}

interface PublishOptions extends BrokerCommandOptions {
  readonly contract: ContractName;
  readonly pact?: string;
}

interface EnvironmentOptions extends BrokerCommandOptions {
  readonly to: string;
  readonly pacticipant: string;
}

export function addContractBroker(command: Command): void {
  const broker = command
    .command('broker')
    .description('publish the contract and its results to a Pact Broker, and query it')
    .addHelpText(
      'after',
      `
Credentials come from PACT_BROKER_TOKEN, or from PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD.
Commit, branch and build URL come from the environment of the CI, otherwise from git.

Examples:
  dialproof contracts broker publish --broker https://broker.example.com
  dialproof contracts broker verify --broker https://broker.example.com
  dialproof contracts broker can-i-deploy --to production
  dialproof contracts broker record-deployment --to production`,
    );

  withFacts(broker.command('publish'))
    .description('publish the pact of a contract, or your own')
    .addOption(contractOption())
    .option('--pact <file>', 'existing pact (default: a newly written one)')
    .action(async (options: PublishOptions) => {
      const at = readBroker(options, process.env);
      const facts = factsOf(options);
      const { consumer, provider } = await publish(at, facts, options);
      told(options, { consumer, provider, ...facts }, [
        `published: ${consumer} ${facts.version} (${facts.branch}) with ${provider}`,
      ]);
    });

  addMisbehaviourOptions(withFacts(broker.command('verify')))
    .description(
      `verify the emulator against the Broker's pacts, and publish the results as ${PROVIDER}`,
    )
    .action(async (options: BrokerCommandOptions & MisbehaviourOptions) => {
      process.exitCode = await verify(options);
    });

  withFacts(withEnvironment(broker.command('can-i-deploy')))
    .description('ask whether this version may be deployed; exits with 1 if not')
    .action(async (options: EnvironmentOptions) => {
      const { version } = factsOf(options);
      const at = readBroker(options, process.env);
      const { ok, reason } = await canIDeploy(at, options.pacticipant, version, options.to);
      const what = `${options.pacticipant} ${version} to ${options.to}`;
      told(options, { ok, reason }, [`${ok ? 'yes' : 'NO'}, ${what}: ${reason}`]);
      if (!ok) process.exitCode = EXIT_CODES.failed;
    });

  withFacts(withEnvironment(broker.command('record-deployment')))
    .description('tell the Broker that this version was deployed')
    .action(async (options: EnvironmentOptions) => {
      const { version } = factsOf(options);
      const { pacticipant, to } = options;
      await recordDeployment(readBroker(options, process.env), pacticipant, version, to);
      told(options, { pacticipant, version, environment: to }, [
        `recorded: ${pacticipant} ${version} is deployed to ${to}`,
      ]);
    });
}

function withFacts(command: Command): Command {
  return command
    .option('--broker <url>', 'the Broker (default: $PACT_BROKER_BASE_URL)')
    .option('--sha <commit>', 'version (default: from the CI or git)')
    .option('--branch <name>', 'branch (default: from the CI or git)')
    .option('--build-url <url>', 'page of the build (default: from the CI)')
    .option('--json', 'print the outcome as JSON');
}

function withEnvironment(command: Command): Command {
  return command
    .requiredOption('--to <environment>', 'environment that the Broker knows')
    .option('--pacticipant <name>', 'application that is deployed', BATCH_PARTIES.consumer);
}

function factsOf({ sha, branch, buildUrl }: BrokerCommandOptions): VersionFacts {
  const given: GivenFacts = {
    ...(sha === undefined ? {} : { version: sha }),
    ...(branch === undefined ? {} : { branch }),
    ...(buildUrl === undefined ? {} : { buildUrl }),
  };
  return versionFacts(given, process.env, gitFacts(process.cwd()));
}

async function publish(
  broker: Broker,
  facts: VersionFacts,
  { contract, pact: file }: PublishOptions,
) {
  const dir = makeTemporaryFolder('pact');
  try {
    const pactFile = file ?? (await writePact(contractNamed(contract), dir)).pactFile;
    const parties = partiesOf(readPact(pactFile), pactFile);
    await publishPact(broker, pactFile, facts);
    return parties;
  } finally {
    removeTemporaryFolder(dir);
  }
}

async function verify(options: BrokerCommandOptions & MisbehaviourOptions): Promise<number> {
  const terminal = new Terminal(options.json === true);
  const signal = interruptSignal(terminal);
  const broker = readBroker(options, process.env);
  const facts = factsOf(options);
  tellBugs(terminal, options.bug);
  const emulator = await spawnOwnEmulator('stress', options);
  const { url, controlUrl, credentials } = emulator;
  const target = { url, controlUrl, ...credentials };
  const results = await verifyForBroker(broker, target, facts, signal).finally(() =>
    emulator.close(),
  );
  const verdict = worst(results.map((one) => one.verdict));
  if (terminal.json) {
    terminal.document({ verdict, provider: PROVIDER, ...facts, results });
  } else {
    for (const { description, verdict: of, detail } of results) {
      if (of !== 'pass')
        terminal.say(
          `${mark(terminal.paint, of)} ${description}: ${detail ? troubleSaid(detail) : ''}`,
        );
    }
    const passed = results.filter((one) => one.verdict === 'pass').length;
    terminal.say(
      `${mark(terminal.paint, verdict)} ${passed} of ${results.length} interactions pass; published as ${PROVIDER} ${facts.version}`,
    );
  }
  return exitCodeOf(verdict, signal.aborted);
}

function told({ json }: BrokerCommandOptions, document: unknown, lines: readonly string[]): void {
  const terminal = new Terminal(json === true);
  if (terminal.json) terminal.document(document);
  else for (const line of lines) terminal.say(line);
}
