/**
 * Runs Pact's native verifier in a process of its own.
 *
 * It prints to standard output, reads PACT_* variables that drop interactions or fetch other pacts,
 * sends loopback calls through a proxy that the environment names, and can hang: none of that may
 * reach the program that runs it.
 */

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { UnavailableError } from '../errors.ts';
import { PACT_ENVIRONMENT, verifierPackage } from './pact.ts';

export interface VerifierJob {
  /** Verified one after the other. */
  readonly pactFiles: readonly string[];
  readonly provider: string;
  /** Plain HTTP on loopback. */
  readonly providerUrl: string;
  /** Where states are set; none are without it. */
  readonly stateUrl?: string;
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
process.once('message', async ({ core, options, pactFiles }) => {
  const answers = [];
  for (const file of pactFiles) {
    const verified = require(core).default.verifyPacts({ ...options, pactUrls: [file] });
    answers.push(await verified.catch((error) => error.message));
  }
  process.send({ answers }, () => process.exit(0));
});`;

/**
 * @returns one entry for each interaction that was verified.
 * @throws UnavailableError when the verifier cannot run, crashes, or takes longer than two minutes.
 * @throws AbortError when `signal` aborts.
 */
export async function runVerifier(job: VerifierJob): Promise<VerifiedInteraction[]> {
  const dir = mkdtempSync(join(tmpdir(), 'dialproof-verifier-'));
  try {
    return (await answersOf(job, trustNearlyNobody(dir))).flatMap(read);
  } finally {
    rmSync(dir, { recursive: true, force: true });
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

async function answersOf(job: VerifierJob, trust: NodeJS.ProcessEnv): Promise<string[]> {
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const child = spawn(process.execPath, ['-e', PROGRAM], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...cleanEnvironment(process.env), ...trust },
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
      pactFiles: job.pactFiles,
      options: {
        provider: job.provider,
        providerBaseUrl: job.providerUrl,
        ...(job.stateUrl === undefined ? {} : { providerStatesSetupUrl: job.stateUrl }),
        logLevel: 'error',
      },
    });
  });
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
