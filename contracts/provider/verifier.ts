/**
 * Runs Pact's native verifier in a process of its own.
 *
 * It prints to standard output, reads PACT_* variables that drop interactions or fetch other pacts,
 * sends loopback calls through a proxy that the environment names, and can hang: none of that may
 * reach the program that runs it.
 */

import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import type { VerifierOptions } from '@pact-foundation/pact';
import { UnavailableError } from '../../system/errors.ts';
import { exceptLoopback } from '../../system/loopback.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { PACT_ENVIRONMENT, verifierPackage } from '../pact/pact.ts';

export interface VerifierJob {
  /** Verified one after the other. */
  readonly pacts: readonly PactSource[];
  readonly provider: string;
  /** Plain HTTP on loopback. */
  readonly providerUrl: string;
  /** The address at which states are set. Without it no state is set. */
  readonly stateUrl?: string;
  readonly signal?: AbortSignal | undefined;
}

/** Where a pact is: in a file, or at a Broker that is told the result, by the verifier's own names. */
export type PactSource = Pick<
  VerifierOptions,
  | 'pactUrls'
  | 'pactBrokerUrl'
  | 'pactBrokerToken'
  | 'pactBrokerUsername'
  | 'pactBrokerPassword'
  | 'consumerVersionSelectors'
  | 'enablePending'
  | 'publishVerificationResult'
  | 'providerVersion'
  | 'providerVersionBranch'
  | 'buildUrl'
  | 'failIfNoPactsFound'
>;

/** The verifier's result for one interaction. */
export interface VerifiedInteraction {
  readonly description: string;
  readonly result: string;
  readonly mismatch?: {
    readonly message?: string;
    readonly mismatches?: readonly {
      readonly mismatch?: string;
      readonly path?: string;
      readonly key?: string;
    }[];
  };
}

/** The door waits for the quota of a provider. */
const REQUEST_TIMEOUT_MS = 30_000;

const TIME_LIMIT_MS = 120_000;

const PROGRAM = `
process.once('message', async ({ core, options, pacts }) => {
  const answers = [];
  for (const pact of pacts) {
    const verified = require(core).default.verifyPacts({ ...options, ...pact });
    answers.push(await verified.catch((error) => error.message));
  }
  process.send({ answers }, () => process.exit(0));
});`;

/** The verifier's result for one source of pacts. */
export interface VerifierAnswer {
  readonly interactionResults: readonly VerifiedInteraction[];
  /** Troubles of interactions, and those that left none to verify. */
  readonly errors: readonly { readonly mismatch?: { readonly message?: string } }[];
}

/** @returns one entry for each interaction that was verified. @throws as `askVerifier` does. */
export async function runVerifier(job: VerifierJob): Promise<VerifiedInteraction[]> {
  return (await askVerifier(job)).flatMap(({ interactionResults }) => interactionResults);
}

/**
 * @returns one answer for each source.
 * @throws UnavailableError when the verifier cannot run, crashes, or takes longer than two minutes.
 * @throws AbortError when `signal` aborts.
 */
export async function askVerifier(job: VerifierJob): Promise<VerifierAnswer[]> {
  const dir = makeTemporaryFolder('verifier');
  try {
    const remote = job.pacts.some(({ pactBrokerUrl }) => pactBrokerUrl !== undefined);
    const env = remote
      ? cleanEnvironment(process.env, 'network')
      : { ...cleanEnvironment(process.env), ...trustNearlyNobody(dir) };
    return (await answersOf(job, env)).map(read);
  } finally {
    removeTemporaryFolder(dir);
  }
}

/**
 * The verifier reads every root certificate of the machine anew for each interaction, ten
 * milliseconds each time, and needs none of them on loopback. None at all it refuses.
 */
function trustNearlyNobody(dir: string): NodeJS.ProcessEnv {
  const file = join(dir, 'roots.pem');
  writeFileSync(file, rootCertificates[0] ?? '');
  return { SSL_CERT_FILE: file, SSL_CERT_DIR: dir };
}

async function answersOf(job: VerifierJob, env: NodeJS.ProcessEnv): Promise<string[]> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env,
    signal: job.signal ? AbortSignal.any([limit, job.signal]) : limit,
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2_000);
  });
  return new Promise((resolve, reject) => {
    let answers: string[] | null = null;
    child.once('message', (message) => {
      ({ answers } = message as { answers: string[] });
    });
    child.once('error', (error) => {
      reject(limit.aborted ? unavailable('took longer than two minutes') : error);
    });
    child.once('close', (code, signal) => {
      if (answers !== null) resolve(answers);
      else reject(unavailable(`ended (${signal ?? code}) without a result: ${complaints}`));
    });
    child.send({
      core: verifierPackage(),
      pacts: job.pacts,
      options: {
        provider: job.provider,
        providerBaseUrl: job.providerUrl,
        ...(job.stateUrl === undefined ? {} : { providerStatesSetupUrl: job.stateUrl }),
        logLevel: 'error',
        timeout: REQUEST_TIMEOUT_MS,
      },
    });
  });
}

function read(json: string): VerifierAnswer {
  try {
    return JSON.parse(json) as VerifierAnswer;
  } catch {
    // Where it could not start at all, the verifier gives a sentence instead of JSON.
    throw unavailable(`could not run: ${json}`);
  }
}

function unavailable(what: string): UnavailableError {
  return new UnavailableError(`Pact's verifier ${what}`);
}

/**
 * The environment without what would change the verdict or send loopback calls elsewhere.
 *
 * @param reach `network` keeps the proxies, for all but loopback.
 */
export function cleanEnvironment(
  env: NodeJS.ProcessEnv,
  reach: 'loopback' | 'network' = 'loopback',
): NodeJS.ProcessEnv {
  const unwanted =
    reach === 'loopback'
      ? /^(PACT_(?!PREBUILD)|NODE_OPTIONS$|.*_proxy$)/i
      : /^(PACT_(?!PREBUILD)|NODE_OPTIONS$)/i;
  const kept = Object.entries(env).filter(([name]) => !unwanted.test(name));
  return {
    ...Object.fromEntries(kept),
    ...PACT_ENVIRONMENT,
    ...(reach === 'network' ? exceptLoopback(env) : {}),
  };
}
