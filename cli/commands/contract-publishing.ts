/** dialproof contracts publish, publish-results, can-i-deploy, record-deployment: the road of a Pact Broker. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Broker, type GivenBroker, readBroker } from '../../contracts/broker/broker.ts';
import { canIDeploy, recordDeployment } from '../../contracts/broker/deployments.ts';
import { gitAnswers } from '../../contracts/broker/git-answers.ts';
import { publishPact } from '../../contracts/broker/publish.ts';
import { publishResults } from '../../contracts/broker/results.ts';
import {
  type GivenFacts,
  type VersionFacts,
  versionFacts,
} from '../../contracts/broker/version-facts.ts';
import { writePact } from '../../contracts/contracts.ts';
import { CONSUMER, PROVIDER } from '../../contracts/interaction.ts';
import { DIALPROOF_VERSION } from '../../package-root.ts';
import { worst } from '../../reports/verdict.ts';
import { EXIT_CODES, exitCodeOf } from '../exit-codes.ts';
import { interruptSignal } from '../interrupt.ts';
import { mark, spawnOwnEmulator } from '../stages.ts';
import { Terminal } from '../terminal.ts';

interface Options extends GivenBroker, GivenFacts {
  readonly json?: boolean;
}

interface ToOptions extends Options {
  readonly to: string;
}

const LOGIN_HELP = `
The Broker and its login are read from PACT_BROKER_BASE_URL and PACT_BROKER_TOKEN, or
PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD: better than options, which a list of processes shows.`;

export function addContractPublishing(command: Command): void {
  brokerCommand(command, 'publish', 'publish the pact to a Pact Broker, under this commit')
    .option('--branch <name>', 'branch of the version (default: from the CI, or git)')
    .option('--build-url <url>', 'where the build can be seen (default: from the CI)')
    .option('--pact <file>', 'a written pact (default: written afresh)')
    .action(async (options: Options & { pact?: string }) => {
      const { terminal, signal, broker, facts } = await begin(options);
      await withPact(options.pact, (file) => publishPact(broker, file, facts, signal));
      if (terminal.json) terminal.document({ consumer: CONSUMER, provider: PROVIDER, ...facts });
      terminal.say(`published ${CONSUMER} ${facts.version} (${facts.branch}) to ${broker.url}`);
    });

  brokerCommand(
    command,
    'publish-results',
    'verify the emulator against the published pact, and publish the result',
  )
    .option('--build-url <url>', 'where the build can be seen (default: from the CI)')
    .action(async (options: Options) => {
      process.exitCode = await results(options);
    });

  brokerCommand(command, 'can-i-deploy', 'ask the Broker whether this commit may be deployed')
    .requiredOption('--to <environment>', 'an environment of the Broker, such as production')
    .action(async (options: ToOptions) => {
      const { terminal, signal, broker, facts } = await begin(options);
      const answer = await canIDeploy(broker, facts.version, options.to, signal);
      const verdict = answer.deployable ? 'pass' : 'fail';
      if (terminal.json) terminal.document(answer);
      terminal.say(
        `${mark(terminal.paint, verdict)} ${CONSUMER} ${facts.version} to ${options.to}: ` +
          `${answer.deployable ? 'yes' : 'no'}: ${answer.reason}`,
      );
      process.exitCode = exitCodeOf(verdict, signal.aborted);
    });

  brokerCommand(command, 'record-deployment', 'tell the Broker that this commit was deployed')
    .requiredOption('--to <environment>', 'an environment of the Broker, such as production')
    .option('--emulator', 'it is the emulator that stands there, at the version of this dialproof')
    .action(async (options: ToOptions & { emulator?: boolean }) => {
      const { terminal, signal, broker, facts } = await begin(
        options.emulator ? { ...options, sha: DIALPROOF_VERSION } : options,
      );
      const pacticipant = options.emulator ? PROVIDER : CONSUMER;
      await recordDeployment(broker, pacticipant, facts.version, options.to, signal);
      if (terminal.json) {
        terminal.document({ pacticipant, version: facts.version, environment: options.to });
      }
      terminal.say(`recorded ${pacticipant} ${facts.version} in ${options.to}`);
    });
}

function brokerCommand(command: Command, name: string, description: string): Command {
  return command
    .command(name)
    .description(description)
    .option('--broker <url>', 'address of the Pact Broker')
    .option('--token <token>', 'bearer token')
    .option('--user <name>', 'basic authentication')
    .option('--password <text>', 'basic authentication')
    .option('--sha <commit>', 'version of the consumer (default: from the CI, or git)')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', LOGIN_HELP);
}

async function begin(options: Options): Promise<{
  terminal: Terminal;
  signal: AbortSignal;
  broker: Broker;
  facts: VersionFacts;
}> {
  const terminal = new Terminal(options.json === true);
  const broker = readBroker(options, process.env);
  const facts = versionFacts(options, process.env, await gitAnswers(process.cwd()));
  return { terminal, signal: interruptSignal(terminal), broker, facts };
}

async function withPact<T>(file: string | undefined, use: (file: string) => Promise<T>) {
  if (file !== undefined) return use(file);
  const dir = mkdtempSync(join(tmpdir(), 'dialproof-pact-'));
  try {
    return await use((await writePact(dir)).pactFile);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function results(options: Options): Promise<number> {
  const { terminal, signal, broker, facts } = await begin(options);
  const emulator = await spawnOwnEmulator('stress', { bug: [], choice: {} });
  const { results: found, checks } = await publishResults(
    broker,
    { url: emulator.url, controlUrl: emulator.controlUrl, ...emulator.credentials },
    {
      consumerVersion: facts.version,
      providerVersion: DIALPROOF_VERSION,
      buildUrl: facts.buildUrl,
      now: () => new Date(),
      signal,
    },
  ).finally(() => emulator.close());
  const verdict = worst([...found, ...checks].map((one) => one.verdict));
  for (const one of found.filter(({ verdict: of }) => of !== 'pass')) {
    terminal.say(`${mark(terminal.paint, one.verdict)} ${one.description}: ${one.detail ?? ''}`);
  }
  for (const { name, detail } of checks.filter(({ verdict: of }) => of === 'fail')) {
    terminal.say(`FAIL ${name}: ${detail}`);
  }
  if (terminal.json) {
    terminal.document({ verdict, provider: PROVIDER, version: DIALPROOF_VERSION, results: found, checks });
  }
  terminal.say(
    `${mark(terminal.paint, verdict)} ${PROVIDER} ${DIALPROOF_VERSION} against ${CONSUMER} ` +
      `${facts.version}: published to ${broker.url}`,
  );
  return verdict === 'pass' ? EXIT_CODES.pass : exitCodeOf(verdict, signal.aborted);
}
