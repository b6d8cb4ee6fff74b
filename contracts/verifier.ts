/**
 * Runs Pact's native verifier in a process of its own.
 *
 * It prints to standard output, reads PACT_* variables that drop interactions or fetch other pacts,
 * sends loopback calls through a proxy that the environment names, and can hang: none of that may
 * reach the program that runs it.
 */

import { spawn } from 'node:child_process';
import { UnavailableError } from '../errors.ts';
import { PACT_ENVIRONMENT, verifierPackage } from './pact.ts';

export interface VerifierJob {
  readonly pactFile: string;
  readonly provider: string;
  readonly providerUrl: string;
  readonly stateUrl: string;
  readonly signal?: AbortSignal | undefined;
}

/** What the verifier says of one interaction. */
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

const TIME_LIMIT_MS = 120_000;

const PROGRAM = `
process.once('message', ({ core, options }) => {
  const done = (json) => process.send({ json }, () => process.exit(0));
  require(core).default.verifyPacts(options).then(done, (error) => done(error.message));
});`;

/**
 * @returns one entry for each interaction that was verified.
 * @throws UnavailableError when the verifier cannot run, crashes, or takes longer than two minutes.
 * @throws AbortError when `signal` aborts.
 */
export async function runVerifier(job: VerifierJob): Promise<VerifiedInteraction[]> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: cleanEnvironment(process.env),
    signal: job.signal ? AbortSignal.any([limit, job.signal]) : limit,
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints = (complaints + chunk.toString()).slice(-2_000);
  });
  const json = await new Promise<string>((resolve, reject) => {
    let answer: string | null = null;
    child.once('message', (message) => {
      answer = (message as { json: string }).json;
    });
    child.once('error', (error) => {
      reject(limit.aborted ? unavailable('took longer than two minutes') : error);
    });
    child.once('close', (code, signal) => {
      if (answer !== null) resolve(answer);
      else reject(unavailable(`ended (${signal ?? code}) without a result: ${complaints}`));
    });
    child.send({
      core: verifierPackage(),
      options: {
        provider: job.provider,
        providerBaseUrl: job.providerUrl,
        providerStatesSetupUrl: job.stateUrl,
        pactUrls: [job.pactFile],
        logLevel: 'error',
      },
    });
  });
  return read(json);
}

function read(json: string): VerifiedInteraction[] {
  try {
    return (JSON.parse(json) as { interactionResults: VerifiedInteraction[] }).interactionResults;
  } catch {
    // Where it could not start at all, the verifier gives a sentence instead of JSON.
    throw unavailable(`could not run: ${json}`);
  }
}

function unavailable(what: string): UnavailableError {
  return new UnavailableError(`Pact's verifier ${what}`);
}

/** The environment without what would change the verdict or send loopback calls elsewhere. */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const unwanted = /^(PACT_(?!PREBUILD)|NODE_OPTIONS$|.*_proxy$)/i;
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !unwanted.test(name))),
    ...PACT_ENVIRONMENT,
  };
}
