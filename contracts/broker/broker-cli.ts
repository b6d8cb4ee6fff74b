/**
 * Runs `pact broker` of @pact-foundation/pact-cli.
 *
 * Its native program is started without the script that wraps it: that one would outlive an
 * interrupt, and starts a shell on Windows.
 */

import { spawn } from 'node:child_process';
import { UnavailableError } from '../../errors.ts';
import { PACT_ENVIRONMENT } from '../pact.ts';
import { type Broker, oneLine, refused } from './broker.ts';

export interface CliJob {
  readonly broker: Broker;
  /** Options of `pact broker`; no secrets, for anyone on the machine can read them. */
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface CliEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const TIME_LIMIT_MS = 120_000;

/**
 * @throws UnavailableError when the program is not there or takes longer than two minutes.
 * @throws AbortError when `signal` aborts.
 */
export async function runBrokerCli({ broker, args, cwd, signal }: CliJob): Promise<CliEnd> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const child = spawn(program(), ['broker', ...args, '--retries=2'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: brokerEnvironment(process.env, broker),
    signal: signal ? AbortSignal.any([limit, signal]) : limit,
    ...(cwd === undefined ? {} : { cwd }),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      if (signal?.aborted) reject(error);
      else {
        const why = limit.aborted ? 'took longer than two minutes' : error.message;
        reject(new UnavailableError(`Pact's command line did not run: ${why}.`));
      }
    });
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The CLI's complaint as the one sentence of a refusal. */
export function cliRefusal(broker: Broker, doing: string, { stdout, stderr }: CliEnd) {
  const said = `${stdout}\n${stderr}`;
  const status = /failed: (\d{3}) /.exec(said)?.[1];
  if (status !== undefined) return refused(broker, doing, Number(status), bodyReason(said));
  const complaint = said
    .split('\n')
    .filter((line) => !/Attempting to publish|^\s*(Details:)?\s*$|failed:\s*$/.test(line))
    .join(' ');
  return refused(broker, doing, null, oneLine(broker, complaint));
}

/** The environment for `pact broker`: the login in it, and nothing that could turn a no into a yes. */
export function brokerEnvironment(env: NodeJS.ProcessEnv, { url, login }: Broker) {
  const unwanted = /^(PACT_|OTEL_|SSL_SKIP_VERIFICATION$)/i;
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name))),
    ...PACT_ENVIRONMENT,
    PACT_BROKER_BASE_URL: url,
    ...(login === null
      ? {}
      : 'token' in login
        ? { PACT_BROKER_TOKEN: login.token }
        : { PACT_BROKER_USERNAME: login.user, PACT_BROKER_PASSWORD: login.password }),
  };
}

function bodyReason(said: string): string | null {
  return /"(?:message|text|error)":"([^"]+)"/.exec(said)?.[1] ?? null;
}

function program(): string {
  try {
    const { standalone } = require('@pact-foundation/pact-cli/src/pact-standalone.js') as {
      standalone: () => { pactFullPath: string };
    };
    return standalone().pactFullPath;
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UnavailableError(`Pact's command line is not there (${why}): run npm ci.`);
  }
}
