/** The contract stage of a run: writes each pact, verifies the provider, breaks both, and compares with the SDK. */

import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { CheckResult, ContractsResult, InteractionResult, PartVerdict } from '../run/run.ts';
import { UserError } from '../system/errors.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../system/temporary-folder.ts';
import { markOf } from './agreement/interaction.ts';
import { isSelected, type Selection } from './agreement/selection.ts';
import { undocumentedIn } from './agreement/undocumented.ts';
import { checkPact } from './completeness.ts';
import {
  type OnProgress,
  type Recorded,
  runTolerances,
  writeInteractions,
} from './consumer/consumer.ts';
import { CONTRACT_NAMES, type Contract, type ContractName } from './contract.ts';
import { allContracts } from './contract-list.ts';
import { checkMatrix, coverageMatrix } from './coverage/matrix.ts';
import { driftCheck } from './drift/drift.ts';
import { mutate } from './mutation/mutate.ts';
import { vocabularyOf } from './mutation/vocabulary.ts';
import { type AnyPact, readAnyPact } from './pact/any-pact.ts';
import { type PactFile, pactFileIn, partiesOf, readPact } from './pact/pact-file.ts';
import { preflight } from './provider/preflight.ts';
import type { ProviderAccess } from './provider/provider-door.ts';
import { type Verification, verify } from './provider/verify.ts';

export interface ContractOptions {
  /** Folder of the pacts: made if missing, older pacts in it are replaced. */
  readonly pactDir: string;
  readonly target: ProviderAccess;
  /** Default: all. */
  readonly contracts?: readonly Contract[];
  readonly onProgress?: OnProgress;
  /** Called with each contract when it is done: all of them take a minute. */
  readonly onResult?: (result: ContractsResult) => void;
  /** The contracts whose pact is broken in thousands of ways, which takes seconds. Default: all. */
  readonly mutated?: readonly ContractName[];
  /** Ends the stage early: what did not run is `not exercised`. */
  readonly signal?: AbortSignal;
}

const wallClock = (): Date => new Date();

/**
 * Runs the whole stage for each contract. It resets the target's facts, ledger and buckets.
 *
 * @returns a result for each contract; a contract that fails is a result, not an error. `pactFile` is relative to
 *   the folder that holds `pactDir`.
 * @throws UnavailableError when the target or its control door cannot be reached.
 */
export async function runContracts(options: ContractOptions): Promise<ContractsResult[]> {
  const { target, contracts = allContracts(), onProgress = () => {}, onResult } = options;
  await preflight(target);
  const steps = contracts.map(
    ({ interactions, tolerances }) => 2 * interactions.length + tolerances.length,
  );
  const total = steps.reduce((sum, n) => sum + n, 0);
  const results: ContractsResult[] = [];
  let before = 0;
  for (const [i, contract] of contracts.entries()) {
    const first = before;
    const onStep: OnProgress = (done, _, what) => onProgress(first + done, total, what);
    const result = await runContract(contract, { ...options, onProgress: onStep });
    results.push(result);
    onResult?.(result);
    before += steps[i] ?? 0;
  }
  return results;
}

async function runContract(
  contract: Contract,
  { pactDir, target, onProgress = () => {}, mutated = CONTRACT_NAMES, signal }: ContractOptions,
): Promise<ContractsResult> {
  const startedAt = wallClock().getTime();
  const { interactions, tolerances, parties } = contract;
  const total = 2 * interactions.length + tolerances.length;
  const after =
    (before: number): OnProgress =>
    (done, _, what) =>
      onProgress(before + done, total, what);
  const recorded = await writeInteractions(contract, interactions, pactDir, {
    onProgress: after(0),
    signal,
  });
  const tolerated = await runTolerances(contract, tolerances, {
    onProgress: after(interactions.length),
    signal,
  });

  const pactFile = pactFileIn(pactDir, parties);
  const anyWritten = recorded.some(({ verdict }) => verdict === 'pass');
  const verification =
    anyWritten && !signal?.aborted
      ? await unlessAborted(
          verifyContract(contract, pactFile, target, after(total - interactions.length), signal),
          signal,
        )
      : null;

  const broken =
    verification && mutated.includes(contract.name)
      ? await unlessAborted(
          mutateContract(contract, readPact(pactFile), signal, (said) =>
            onProgress(total, total, said),
          ),
          signal,
        )
      : null;
  const coverage = coverageMatrix(contract);
  const drift = contract.drift?.() ?? null;
  const checks = [
    ...(verification?.checks ?? []),
    ...(verification ? checkMatrix(coverage, descriptionsIn(pactFile), contract) : []),
    ...(broken?.checks ?? []),
    ...(drift ? [driftCheck(drift)] : []),
  ];
  const consumer = [...recorded, ...tolerated];
  return {
    name: contract.name,
    verdict: overall(consumer, verification, checks),
    ...parties,
    pactFile: join(basename(pactDir), basename(pactFile)),
    durationMs: wallClock().getTime() - startedAt,
    interactions: consumer.map((row) => joined(row, contract, verification)),
    checks,
    coverage,
    mutation: broken?.result ?? null,
    drift,
  };
}

/**
 * Breaks a pact of a contract, and reports what goes unnoticed.
 *
 * @param onProgress is told how far it is, in words.
 * @throws as `mutate` does.
 */
export function mutateContract(
  contract: Contract,
  pact: PactFile,
  signal?: AbortSignal,
  onProgress: (said: string) => void = () => {},
) {
  const { operations, survivals } = contract;
  const vocabulary = vocabularyOf(operations);
  const now = () => wallClock().getTime();
  const onJudged = (judged: number, of: number) => onProgress(`${judged} of ${of} mutants judged`);
  return mutate(pact, { now, signal, vocabulary, survivals, onJudged });
}

/**
 * Writes a pact by running the SDK client through the interactions.
 *
 * @param selection which of them. Default: all.
 */
export async function writePact(
  contract: Contract,
  pactDir: string,
  onProgress?: OnProgress,
  selection: Selection = { choices: {} },
  signal?: AbortSignal,
): Promise<{ pactFile: string; results: Recorded[] }> {
  const interactions = contract.interactions.filter((one) =>
    isSelected({ mark: markOf(one), choice: one.choice ?? null }, selection),
  );
  const results = await writeInteractions(contract, interactions, pactDir, { onProgress, signal });
  return { pactFile: pactFileIn(pactDir, contract.parties), results };
}

/**
 * The pact of a file; without one the contract as it is, written afresh and left nowhere.
 *
 * @throws UserError when the file cannot be read. @throws AbortError when `signal` aborts.
 */
export async function pactAt(
  contract: Contract,
  file: string | undefined,
  signal?: AbortSignal,
): Promise<PactFile> {
  return withPactOf(contract, file, readPact, signal);
}

/** The folder of the pacts that the build wrote. A checkout has none, because they may be older than its sources. */
export const SHIPPED = join(__dirname, '..', 'pacts');

/**
 * The HTTP interactions of a pact in a file; without one those of the contract, as shipped or written afresh.
 *
 * @throws UserError when the file cannot be read. @throws AbortError when `signal` aborts.
 */
export async function anyPactAt(
  contract: Contract,
  file: string | undefined,
  signal?: AbortSignal,
): Promise<AnyPact> {
  const shipped = pactFileIn(SHIPPED, contract.parties);
  const given = file ?? (existsSync(shipped) ? shipped : undefined);
  return withPactOf(contract, given, readAnyPact, signal);
}

async function withPactOf<T>(
  contract: Contract,
  file: string | undefined,
  read: (file: string) => T,
  signal?: AbortSignal,
): Promise<T> {
  if (file !== undefined) return read(file);
  const dir = makeTemporaryFolder('pact');
  try {
    const { pactFile } = await writePact(contract, dir, undefined, undefined, signal);
    // Interrupted, the pact is not whole.
    signal?.throwIfAborted();
    return read(pactFile);
  } finally {
    removeTemporaryFolder(dir);
  }
}

/**
 * The contract of a written pact, by the names of its two sides.
 *
 * @throws UserError if the file cannot be read, or is the pact of no contract.
 */
export function contractOfPact(pactFile: string): Contract {
  const { consumer, provider } = partiesOf(readPact(pactFile), pactFile);
  const found = allContracts().find(
    ({ parties }) => parties.consumer === consumer && parties.provider === provider,
  );
  if (found) return found;
  const known = allContracts().map(({ parties }) => parties.consumer);
  throw new UserError(
    `${pactFile} is a pact of ${consumer} and ${provider}: this needs a pact of ${known.join(', ')} and ${provider}`,
  );
}

/**
 * Checks that a written pact is complete, and verifies the provider against it. The target's facts,
 * ledger and buckets are reset.
 *
 * @throws UnavailableError when the target or its control door cannot be reached.
 * @throws UserError when the pact cannot be read.
 */
export async function verifyContract(
  contract: Contract,
  pactFile: string,
  target: ProviderAccess,
  onProgress: OnProgress = () => {},
  signal?: AbortSignal,
): Promise<Verification> {
  const pact = readPact(pactFile);
  const completeness = checkPact(pact, contract);
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

function joined(
  row: Recorded,
  { interactions, tolerances }: Contract,
  verification: Verification | null,
): InteractionResult {
  const tolerated = tolerances.some(({ description }) => description === row.description);
  const provider = verification?.results.find(({ description }) => description === row.description);
  const interaction = interactions.find(({ description }) => description === row.description);
  return {
    description: row.description,
    pins: row.pins,
    consumer: row.verdict,
    provider: tolerated ? null : (provider?.verdict ?? 'not exercised'),
    detail: row.detail ?? provider?.detail ?? null,
    undocumented:
      interaction === undefined
        ? null
        : undocumentedIn(
            { claims: interaction.provenance, choice: interaction.choice ?? null },
            interactions.map(({ choice = null }) => choice),
          ),
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
