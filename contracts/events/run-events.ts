/** The contract of contact events as a part of a run: its pact is written, and the emulator verified with it. */

import { basename, join } from 'node:path';
import type {
  CheckResult,
  ContractsResult,
  InteractionResult,
  PartVerdict,
} from '../../run/run.ts';
import { checkDescriptions } from '../completeness.ts';
import { pactFileIn, readPact } from '../pact/pact-file.ts';
import type { ProviderAccess } from '../provider/provider-door.ts';
import { EVENT_MESSAGES, EVENT_PARTIES, EVENTS } from './messages.ts';
import { whyNobodyIsCalled } from './provoke-events.ts';
import { type VerifiedMessage, verifyEvents } from './verify-events.ts';
import { writeEventPact } from './write-events.ts';

export interface EventContractOptions {
  /** Folder of the pacts; an older one of events is replaced. */
  readonly pactDir: string;
  /** It is reset. */
  readonly target: ProviderAccess;
  /** What did not run when it ends is `not exercised`. */
  readonly signal?: AbortSignal;
  /** What is judged in place of an event, to test the contract. */
  readonly change?: Parameters<typeof verifyEvents>[2];
}

/**
 * @returns the result; a contract that fails is a result. `pactFile` is relative to the folder that holds `pactDir`.
 * @throws UnavailableError if the target cannot be reached, or Pact is not installed.
 */
export async function runEventContract({
  pactDir,
  target,
  signal,
  change,
}: EventContractOptions): Promise<ContractsResult> {
  const began = performance.now();
  const pactFile = pactFileIn(pactDir, EVENT_PARTIES);
  const given: unknown[] = [];
  if (!signal?.aborted) await writeEventPact(pactDir, (event) => given.push(event));
  const why = given.length === 0 || signal?.aborted ? null : await whyNobodyIsCalled(target);
  const isVerified = given.length > 0 && why === null && !signal?.aborted;
  const verified = isVerified ? await verifyEvents(pactFile, target, change) : [];
  const checks = given.length === 0 ? [] : checkDescriptions(readPact(pactFile), EVENT_MESSAGES);
  const interactions = EVENT_MESSAGES.map(({ description, given: state }, i): InteractionResult => {
    const seen = verified.find((one) => one.description === description);
    const refused = why === null ? null : ({ kind: 'state refused', state, why } as const);
    return {
      description,
      pins: null,
      consumer: given[i] === undefined ? 'not exercised' : 'pass',
      provider: seen?.verdict ?? 'not exercised',
      detail: troubleOf(seen) ?? refused,
      // The events and their members are those of AWS's documentation.
      undocumented: null,
    };
  });
  return {
    name: EVENTS,
    verdict: overall(interactions, checks),
    ...EVENT_PARTIES,
    pactFile: join(basename(pactDir), basename(pactFile)),
    durationMs: performance.now() - began,
    interactions,
    checks,
    coverage: [],
    mutation: null,
    drift: null,
  };
}

function troubleOf(seen: VerifiedMessage | undefined): InteractionResult['detail'] {
  return seen?.detail == null ? null : { kind: 'verifier', message: seen.detail };
}

function overall(
  interactions: readonly InteractionResult[],
  checks: readonly CheckResult[],
): PartVerdict {
  const verdicts = [
    ...interactions.flatMap(({ consumer, provider }) => [consumer, provider]),
    ...checks.map(({ verdict }) => verdict),
  ];
  if (verdicts.includes('fail')) return 'fail';
  return verdicts.includes('not exercised') ? 'not exercised' : 'pass';
}
