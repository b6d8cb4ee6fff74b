/** The contract stage of a run: writes the pact, verifies the provider, breaks both, and compares with the SDK. */

import { basename, join } from 'node:path';
import { FAILURES } from '../operation/connect/batch-put-contact/failures.ts';
import type { CheckResult, ContractsResult, InteractionResult, PartVerdict } from '../run/run.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { CONSUMER, PROVIDER } from './agreement/interaction.ts';
import { interactionsFor } from './agreement/interactions.ts';
import { TOLERANCES } from './agreement/tolerances.ts';
import { checkPact } from './completeness.ts';
import {
  type OnProgress,
  type Recorded,
  runTolerances,
  writeInteractions,
} from './consumer/consumer.ts';
import { checkMatrix, coverageMatrix } from './coverage/matrix.ts';
import { driftCheck, driftFromPublished } from './drift/drift.ts';
import { mutate } from './mutation/mutate.ts';
import { type PactFile, pactFileIn, readPact } from './pact/pact-file.ts';
import { preflight } from './provider/preflight.ts';
import type { ProviderAccess } from './provider/provider-door.ts';
import { type Verification, verify } from './provider/verify.ts';

export interface ContractOptions {
  /** Folder of the pact: made if missing, an older pact in it removed. */
  readonly pactDir: string;
  readonly target: ProviderAccess;
  readonly onProgress?: OnProgress;
  /** Default true: break the pact in thousands of ways, which takes seconds. */
  readonly mutants?: boolean;
  /** Ends the stage early: what did not run is `not exercised`. */
  readonly signal?: AbortSignal;
}

const wallClock = (): Date => new Date();

/**
 * Runs the whole stage. It resets the target's facts, ledger and buckets.
 *
 * @returns the verdicts; a contract that fails is a result, not an error. `pactFile` is relative to
 *   the folder that holds `pactDir`.
 * @throws UnavailableError when the target or its control door cannot be reached.
 */
export async function runContracts(options: ContractOptions): Promise<ContractsResult> {
  const { pactDir, target, onProgress = () => {}, mutants = true, signal } = options;
  const startedAt = wallClock().getTime();
  await preflight(target);

  const interactions = interactionsFor();
  const total = 2 * interactions.length + TOLERANCES.length;
  const after =
    (before: number): OnProgress =>
    (done, _, what) =>
      onProgress(before + done, total, what);
  const recorded = await writeInteractions(interactions, pactDir, {
    onProgress: after(0),
    signal,
  });
  const tolerated = await runTolerances({ onProgress: after(interactions.length), signal });

  const pactFile = pactFileIn(pactDir);
  const anyWritten = recorded.some(({ verdict }) => verdict === 'pass');
  const verification =
    anyWritten && !signal?.aborted
      ? await unlessAborted(
          verifyPact(pactFile, target, after(total - interactions.length), signal),
          signal,
        )
      : null;

  const mutated =
    verification && mutants
      ? await unlessAborted(
          mutate(readPact(pactFile), { now: () => wallClock().getTime(), signal }),
          signal,
        )
      : null;
  const coverage = coverageMatrix();
  const drift = driftFromPublished();
  const checks = [
    ...(verification?.checks ?? []),
    ...(verification ? checkMatrix(coverage, descriptionsIn(pactFile)) : []),
    ...(mutated?.checks ?? []),
    driftCheck(drift),
  ];
  const consumer = [...recorded, ...tolerated];
  return {
    verdict: overall(consumer, verification, checks),
    consumer: CONSUMER,
    provider: PROVIDER,
    pactFile: join(basename(pactDir), basename(pactFile)),
    durationMs: wallClock().getTime() - startedAt,
    interactions: consumer.map((row) => joined(row, verification)),
    checks,
    coverage,
    mutation: mutated?.result ?? null,
    drift,
  };
}

/** Writes the pact by running the SDK client through every interaction. */
export async function writePact(
  pactDir: string,
  onProgress?: OnProgress,
): Promise<{ pactFile: string; results: Recorded[] }> {
  const results = await writeInteractions(interactionsFor(), pactDir, { onProgress });
  return { pactFile: pactFileIn(pactDir), results };
}

/**
 * The pact of a file; without one the contract as it is, written afresh and left nowhere.
 *
 * @throws UserError when the file cannot be read.
 */
export async function pactAt(file: string | undefined): Promise<PactFile> {
  if (file !== undefined) return readPact(file);
  const dir = makeTemporaryFolder('pact');
  try {
    return readPact((await writePact(dir)).pactFile);
  } finally {
    removeTemporaryFolder(dir);
  }
}

/**
 * Checks that a written pact is complete, and verifies the provider against it. The target's facts,
 * ledger and buckets are reset.
 *
 * @throws UnavailableError when the target or its control door cannot be reached.
 * @throws UserError when the pact cannot be read.
 */
export async function verifyPact(
  pactFile: string,
  target: ProviderAccess,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<Verification> {
  const pact = readPact(pactFile);
  const completeness = checkPact(pact, { interactions: interactionsFor(), failures: FAILURES });
  const total = pact.interactions.length;
  let done = 0;
  const { results, checks } = await verify(pactFile, target, {
    now: wallClock,
    onRequest: () => {
      done += 1;
      onProgress(done, total, 'verified');
    },
    signal,
  });
  return { results, checks: [...completeness, ...checks] };
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined) {
  try {
    return await work;
  } catch (error) {
    if (signal?.aborted) return null;
    throw error;
  }
}

function descriptionsIn(pactFile: string): string[] {
  return readPact(pactFile).interactions.map(({ description }) => description);
}

function joined(row: Recorded, verification: Verification | null): InteractionResult {
  const tolerated = TOLERANCES.some(({ description }) => description === row.description);
  const provider = verification?.results.find(({ description }) => description === row.description);
  return {
    description: row.description,
    pins: row.pins,
    consumer: row.verdict,
    provider: tolerated ? null : (provider?.verdict ?? 'not exercised'),
    detail: row.detail ?? provider?.detail ?? null,
  };
}

function overall(
  consumer: readonly Recorded[],
  verification: Verification | null,
  checks: readonly CheckResult[],
): PartVerdict {
  const verdicts = [...consumer, ...(verification?.results ?? []), ...checks];
  if (verdicts.some(({ verdict }) => verdict === 'fail')) return 'fail';
  if (verification === null || verdicts.some(({ verdict }) => verdict === 'not exercised')) {
    return 'not exercised';
  }
  return 'pass';
}
