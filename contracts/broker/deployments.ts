/** Whether a version may go to an environment, and that it went there. */

import { RefusedError } from '../../errors.ts';
import { CONSUMER, type PROVIDER } from '../interaction.ts';
import { type Broker, oneLine } from './broker.ts';
import { cliRefusal, runBrokerCli } from './broker-cli.ts';
import { brokerIndex } from './hal.ts';

export interface Deployability {
  readonly deployable: boolean;
  /** The Broker's own words. */
  readonly reason: string;
}

/**
 * @returns the Broker's answer for a version of the consumer.
 * @throws RefusedError when the Broker refuses, or its answer holds no verdict.
 */
export async function canIDeploy(
  broker: Broker,
  version: string,
  environment: string,
  signal?: AbortSignal,
): Promise<Deployability> {
  const doing = `say whether ${version} may be deployed to ${environment}`;
  await brokerIndex({ broker, doing, signal });
  const end = await runBrokerCli({
    broker,
    args: [
      'can-i-deploy',
      `--pacticipant=${CONSUMER}`,
      `--version=${version}`,
      `--to-environment=${environment}`,
      '--output=json',
    ],
    signal,
  });
  const summary = summaryIn(end.stdout);
  if (summary === null) {
    if (end.code !== 0) throw cliRefusal(broker, doing, end);
    // The CLI ends 0 for an answer that it finds no verdict in.
    throw new RefusedError(
      `The Pact Broker at ${broker.url} does not ${doing}: check that it is a Pact Broker of today.`,
    );
  }
  return {
    deployable: end.code === 0 && summary.deployable === true,
    reason: oneLine(broker, summary.reason ?? 'the Broker gives no reason'),
  };
}

/**
 * @param pacticipant the consumer, or the emulator where it stands for AWS in an environment.
 * @throws RefusedError when the Broker refuses.
 */
export async function recordDeployment(
  broker: Broker,
  pacticipant: typeof CONSUMER | typeof PROVIDER,
  version: string,
  environment: string,
  signal?: AbortSignal,
): Promise<void> {
  const doing = `record ${pacticipant} ${version} in ${environment}`;
  await brokerIndex({ broker, doing, signal });
  const end = await runBrokerCli({
    broker,
    args: [
      'record-deployment',
      `--pacticipant=${pacticipant}`,
      `--version=${version}`,
      `--environment=${environment}`,
    ],
    signal,
  });
  if (end.code !== 0) throw cliRefusal(broker, doing, end);
}

interface Summary {
  readonly deployable?: boolean | null;
  readonly reason?: string;
}

function summaryIn(stdout: string): Summary | null {
  try {
    const { summary } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as { summary?: Summary };
    return summary && 'deployable' in summary ? summary : null;
  } catch {
    return null;
  }
}
