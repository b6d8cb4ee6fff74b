/** Runs `pact broker`, the command line that the Broker's makers publish. */

import { spawn } from 'node:child_process';
import { UnavailableError, UserError } from '../../system/errors.ts';
import { needPackages } from '../../system/packages.ts';
import { cleanEnvironment } from '../provider/verifier.ts';
import { type Broker, brokerEnvironment } from './connection.ts';

const TIME_LIMIT_MS = 60_000;
/** How often it tries what a failing Broker answers with 5xx; its own default goes on for minutes. */
const TRIES = '2';

/**
 * Runs one command to its end.
 *
 * @param doing what it is for, for the sentence that tells of a failure.
 * @returns what it printed on standard output.
 * @throws UserError with the Broker's message if the Broker refuses the command.
 * @throws UnavailableError where the command line cannot be run, or takes longer than a minute.
 */
export async function runBrokerCli(
  broker: Broker,
  doing: string,
  args: readonly string[],
): Promise<string> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const child = spawn(executable(), ['broker', ...args, '--retries', TRIES], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...cleanEnvironment(process.env, 'network'), ...brokerEnvironment(broker) },
    signal: limit,
  });
  let said = '';
  let complaints = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => {
      const why = limit.aborted ? 'took longer than a minute' : `cannot run (${error.message})`;
      reject(new UnavailableError(`${doing}: pact broker ${why}`));
    });
    child.once('close', resolve);
  });
  if (code !== 0) throw new UserError(`${doing}: ${reasonIn(`${complaints}\n${said}`)}`);
  return said;
}

/** @throws UnavailableError where it is not installed, or there is none for this platform. */
function executable(): string {
  needPackages('the Pact Broker', ['@pact-foundation/pact-cli']);
  try {
    const { standalone } = require('@pact-foundation/pact-cli/src/pact-standalone') as {
      standalone(): { pactFullPath: string };
    };
    return standalone().pactFullPath;
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    throw new UnavailableError(`the pact command line is not there for this platform: ${why}`);
  }
}

/** The last line that it marks as an error says it best; without one, its last line. */
function reasonIn(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const marked = lines.filter((line) => line.startsWith('❌')).at(-1) ?? lines.at(-1);
  return marked?.replace(/^(❌\s*)+/, '') ?? 'the Broker refused, and gave no reason';
}
