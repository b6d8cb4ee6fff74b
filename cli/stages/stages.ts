/** A run's folder, its contacts and its contracts. */

import { join } from 'node:path';
import type { ContractName } from '../../contracts/contract.ts';
import { type CorpusManifest, writeCorpus } from '../../generators/corpus.ts';
import { type Facts, ordinaryFacts } from '../../operation/connect/facts.ts';
import {
  coverageSaid,
  driftSaid,
  interactionsSaid,
  mutationSaid,
} from '../../reports/content/contract-figures.ts';
import type { ContactsResult, ContractsResult } from '../../run/run.ts';
import { makeOutFolder } from '../../system/make-folder.ts';
import { needPackages } from '../../system/packages.ts';
import type { ContactOptions } from '../options/contact-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { EmulatorProcess } from './emulator-process.ts';
import { keepOf, markWriting } from './kept-runs.ts';
import { mark } from './report-run.ts';

/** Pact, and the SDK client of each contract. */
const CONTRACT_PACKAGES = [
  '@pact-foundation/pact',
  '@aws-sdk/client-connect',
  '@aws-sdk/client-connectcampaigns',
  '@aws-sdk/client-connectcampaignsv2',
];

export interface Stage {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

export async function openFolder(out: string, id: string): Promise<string> {
  const dir = join(out, id);
  // A mistake is told before the run, not after it.
  keepOf(process.env);
  // If the folder that the user gave cannot be made, the error must name that folder.
  await makeOutFolder(out);
  await makeOutFolder(dir);
  await markWriting(dir);
  return dir;
}

/** Start time and seed: unique and sortable. */
export function runId(startedAt: Date, seed: number): string {
  return `${startedAt.toISOString().replace(/[:.]/g, '-')}-s${seed}`;
}

/** @param facts those of the endpoint, which the predictions follow. */
export async function makeContacts(
  { terminal, signal }: Stage,
  dir: string,
  options: ContactOptions,
  facts: Facts = ordinaryFacts(),
): Promise<CorpusManifest> {
  return writeCorpus(dir, {
    ...options,
    facts,
    signal,
    onProgress: (done) => terminal.progress(`contacts: ${done} of ${options.batches} batches`),
  });
}

export function contactsResult(manifest: CorpusManifest): ContactsResult {
  const { contacts, batches, contactsPerBatch, locales, predicted } = manifest;
  return { contacts, batches, contactsPerBatch, locales, predicted };
}

/**
 * Checks for the packages that the contracts need, before other work is done.
 *
 * @param otherwise what can be done instead, for the end of the sentence.
 * @throws UnavailableError where one is not installed.
 */
export function needContractPackages(otherwise = ''): void {
  needPackages('the contract', CONTRACT_PACKAGES, otherwise);
}

/**
 * @param onResult called with each contract when it is done.
 * @param mutated the contracts whose mutation score is measured. Default: all.
 */
export async function checkContracts(
  { terminal, signal }: Stage,
  dir: string,
  emulator: Pick<EmulatorProcess, 'url' | 'controlUrl' | 'credentials'>,
  onResult: (result: ContractsResult) => void,
  mutated?: readonly ContractName[],
): Promise<ContractsResult[]> {
  const { url, controlUrl, credentials } = emulator;
  // Loaded when run: a load run need not wait for the SDK.
  const { runContracts } = await import('../../contracts/contracts.ts');
  const { runEventContract } = await import('../../contracts/events/run-events.ts');
  const where = {
    pactDir: join(dir, 'pacts'),
    target: { url, controlUrl, ...credentials },
    signal,
  };
  const results = await runContracts({
    ...where,
    onResult,
    ...(mutated && { mutated }),
    onProgress: (done, total, what) => terminal.progress(`contracts: ${done} of ${total}, ${what}`),
  });
  terminal.progress('contracts: contact events');
  const events = await runEventContract(where);
  onResult(events);
  return [...results, events];
}

/** What a contract came to, then one line for each of coverage, mutation and drift that was run. */
export function contractLines(
  { name, verdict, interactions, durationMs, coverage, mutation, drift }: ContractsResult,
  paint: Terminal['paint'],
): string[] {
  const verified = interactions.filter((one) => one.provider === 'pass').length;
  return [
    `${mark(paint, verdict)} contract    ${name}: ${interactionsSaid(interactions)}, ` +
      `${verified} verified, in ${(durationMs / 1_000).toFixed(1)} s`,
    ...(coverage.length > 0 ? [`     coverage    ${coverageSaid(coverage)}`] : []),
    ...(mutation ? [`     mutation    ${mutationSaid(mutation)}`] : []),
    ...(drift ? [`     drift       ${driftSaid(drift)}`] : []),
  ];
}
