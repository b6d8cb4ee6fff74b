/** Commands for a Pact Broker: publish a pact, ask whether a version may be deployed, record a deployment. */

import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../system/errors.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { runBrokerCli } from './broker-cli.ts';
import { type Broker, checkBroker } from './connection.ts';
import type { VersionFacts } from './version-facts.ts';

/** Publishes a written pact for a version of its consumer. */
export async function publishPact(
  broker: Broker,
  pactFile: string,
  { version, branch, buildUrl }: VersionFacts,
): Promise<void> {
  await checkBroker(broker);
  const build = buildUrl === null ? [] : ['--build-url', buildUrl];
  const facts = ['--consumer-app-version', version, '--branch', branch, ...build];
  // It reads a path as a pattern: a copy has a name without `*` or `[`.
  const dir = makeTemporaryFolder('pact');
  try {
    const copy = join(dir, 'pact.json');
    await copyFile(pactFile, copy);
    await runBrokerCli(broker, 'the pact was not published', ['publish', copy, ...facts]);
  } finally {
    removeTemporaryFolder(dir);
  }
}

export interface Deployable {
  readonly ok: boolean;
  /** The Broker's own sentence. */
  readonly reason: string;
}

/**
 * Asks the Broker whether a version's pacts with everything in the environment are verified.
 *
 * @throws UserError if the Broker's answer has no summary.
 */
export async function canIDeploy(
  broker: Broker,
  pacticipant: string,
  version: string,
  environment: string,
): Promise<Deployable> {
  await checkBroker(broker);
  const said = await runBrokerCli(broker, 'the Broker could not be asked', [
    'can-i-deploy',
    ...['--pacticipant', pacticipant, '--version', version, '--to-environment', environment],
    ...['--output', 'json'],
  ]);
  // With JSON the command ends 0 even where the answer is no: only the summary counts.
  const { summary } = parsed(said);
  if (summary?.deployable === undefined || summary.reason === undefined) {
    throw new UserError(`the Broker's answer has no summary: ${said.slice(0, 200)}`);
  }
  return { ok: summary.deployable === true, reason: summary.reason };
}

export async function recordDeployment(
  broker: Broker,
  pacticipant: string,
  version: string,
  environment: string,
): Promise<void> {
  await checkBroker(broker);
  await runBrokerCli(broker, 'the deployment was not recorded', [
    'record-deployment',
    ...['--pacticipant', pacticipant, '--version', version, '--environment', environment],
  ]);
}

interface MatrixAnswer {
  readonly summary?: { readonly deployable?: boolean | null; readonly reason?: string };
}

function parsed(text: string): MatrixAnswer {
  try {
    return JSON.parse(text.slice(Math.max(0, text.indexOf('{')))) as MatrixAnswer;
  } catch {
    throw new UserError(`the Broker's answer is not JSON: ${text.slice(0, 200)}`);
  }
}
