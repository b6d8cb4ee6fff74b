/** Verifies the provider against a written pact: a verdict for each interaction, and checks of the whole. */

import { check } from '../../run/check.ts';
import type { CheckResult, PartVerdict } from '../../run/run.ts';
import type { Trouble } from '../../run/statements/contracts.ts';
import { PROVIDER } from '../agreement/interaction.ts';
import { type PactFile, readPact, type WrittenInteraction } from '../pact/pact-file.ts';
import { preflight } from './preflight.ts';
import { openProviderDoor, type ProviderAccess } from './provider-door.ts';
import { type StateHandlers, type StateNotSet, stateKey, stateSetter } from './state-setter.ts';
import { runVerifier, type VerifiedInteraction } from './verifier.ts';

export interface Verified {
  readonly description: string;
  readonly verdict: PartVerdict;
  readonly detail: Trouble | null;
}

export interface Verification {
  readonly results: readonly Verified[];
  readonly checks: readonly CheckResult[];
}

export interface VerifyOptions {
  /** The clock for the signatures of requests. */
  readonly now: () => Date;
  /** Called for each request to the provider. */
  readonly onRequest: () => void;
  readonly signal?: AbortSignal | undefined;
  readonly handlers?: StateHandlers;
}

/**
 * Verifies every interaction of the pact. The provider's facts, ledger and buckets are reset.
 *
 * @throws UnavailableError when the provider or its control door cannot be reached.
 * @throws UserError when the pact cannot be read.
 */
export async function verify(
  pactFile: string,
  target: ProviderAccess,
  { now, onRequest, signal, handlers }: VerifyOptions,
): Promise<Verification> {
  const pact = readPact(pactFile);
  const door = await preflight(target);
  const states = stateSetter(door, handlers);
  const proxy = await openProviderDoor(target, { states, now, onRequest });
  try {
    const verified = await runVerifier({
      pacts: [{ pactUrls: [pactFile] }],
      provider: PROVIDER,
      providerUrl: proxy.url,
      stateUrl: proxy.stateUrl,
      signal,
    });
    return judge(pact, verified, states.failed);
  } finally {
    await proxy.close();
    await door.reset();
  }
}

/**
 * Compares the verifier's results with the pact. An interaction without a result did not run.
 *
 * @param obstacles why states could not be set, by `stateKey`.
 */
export function judge(
  pact: PactFile,
  verified: readonly VerifiedInteraction[],
  obstacles: ReadonlyMap<string, StateNotSet>,
): Verification {
  const results = pact.interactions.map((interaction) => {
    const mine = verified.filter(({ description }) => description === interaction.description);
    return { description: interaction.description, ...verdictOf(interaction, mine, obstacles) };
  });
  return { results, checks: [countCheck(pact, verified), stateCheck(obstacles)] };
}

function verdictOf(
  { providerStates = [] }: WrittenInteraction,
  mine: readonly VerifiedInteraction[],
  obstacles: ReadonlyMap<string, StateNotSet>,
): Omit<Verified, 'description'> {
  if (mine.length === 0) return { verdict: 'not exercised', detail: null };
  const failed = mine.find(({ result }) => result !== 'OK');
  if (!failed) return { verdict: 'pass', detail: null };
  const obstacle = providerStates.map((state) => obstacles.get(stateKey(state))).find(Boolean);
  return { verdict: 'fail', detail: obstacle ?? differences(failed) };
}

/** A verdict for each verified interaction, without a pact to compare with. */
export function verdictsOf(verified: readonly VerifiedInteraction[]): readonly Verified[] {
  return verified.map((one) =>
    one.result === 'OK'
      ? { description: one.description, verdict: 'pass', detail: null }
      : { description: one.description, verdict: 'fail', detail: differences(one) },
  );
}

function differences({ mismatch, result }: VerifiedInteraction): Trouble {
  const found = mismatch?.mismatches?.map(({ mismatch: text = 'differs', path, key }) => ({
    where: path ?? key ?? null,
    text,
  }));
  return found
    ? { kind: 'differences', differences: found }
    : { kind: 'verifier', message: mismatch?.message ?? result };
}

function countCheck(pact: PactFile, verified: readonly VerifiedInteraction[]): CheckResult {
  const [wanted, got] = [pact.interactions.length, verified.length];
  return {
    name: 'every interaction was verified',
    verdict: wanted > 0 && wanted === got ? 'pass' : 'fail',
    detail: { kind: 'verified', verified: got, of: wanted },
  };
}

function stateCheck(obstacles: ReadonlyMap<string, StateNotSet>): CheckResult {
  // One obstacle stands for every state after it.
  const failed = [...new Set(obstacles.values())];
  return check('every provider state was set', { counted: 'states set', count: 0 }, failed);
}
