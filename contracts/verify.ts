/** The provider set against a written pact: a verdict per interaction, and checks over them all. */

import type { CheckResult, RunVerdict } from '../reports/run.ts';
import { PROVIDER } from './interaction.ts';
import { type PactFile, readPact, type WrittenInteraction } from './pact-file.ts';
import { preflight } from './preflight.ts';
import { type DoorOptions, openProviderDoor, stateKey, type Target } from './provider-door.ts';
import { runVerifier, type VerifiedInteraction } from './verifier.ts';

export interface Verified {
  readonly description: string;
  readonly verdict: RunVerdict;
  readonly detail: string | null;
}

export interface Verification {
  readonly results: readonly Verified[];
  readonly checks: readonly CheckResult[];
}

export interface VerifyOptions extends DoorOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Verifies every interaction of the pact. The provider's facts, ledger and buckets are reset.
 *
 * @throws UnavailableError when the provider or its control door cannot be reached.
 * @throws UserError when the pact cannot be read.
 */
export async function verify(
  pactFile: string,
  target: Target,
  options: VerifyOptions,
): Promise<Verification> {
  const pact = readPact(pactFile);
  const door = await preflight(target);
  const proxy = await openProviderDoor(target, options);
  try {
    const verified = await runVerifier({
      pactFile,
      provider: PROVIDER,
      providerUrl: proxy.url,
      stateUrl: proxy.stateUrl,
      signal: options.signal,
    });
    return judge(pact, verified, proxy.blocked);
  } finally {
    await proxy.close();
    await door.reset();
  }
}

/** Sets what the verifier says against what the pact holds: what it does not mention did not run. */
export function judge(
  pact: PactFile,
  verified: readonly VerifiedInteraction[],
  blocked: ReadonlyMap<string, string>,
): Verification {
  const results = pact.interactions.map((interaction) => {
    const mine = verified.filter(({ description }) => description === interaction.description);
    return { description: interaction.description, ...verdictOf(interaction, mine, blocked) };
  });
  return { results, checks: [countCheck(pact, verified), stateCheck(blocked)] };
}

function verdictOf(
  { providerStates = [] }: WrittenInteraction,
  mine: readonly VerifiedInteraction[],
  blocked: ReadonlyMap<string, string>,
): Omit<Verified, 'description'> {
  const obstacle = providerStates.map((state) => blocked.get(stateKey(state))).find(Boolean);
  if (obstacle) return { verdict: 'fail', detail: obstacle };
  if (mine.length === 0) return { verdict: 'not exercised', detail: null };
  const failed = mine.find(({ result }) => result !== 'OK');
  return failed
    ? { verdict: 'fail', detail: differences(failed) }
    : { verdict: 'pass', detail: null };
}

function differences({ mismatch, result }: VerifiedInteraction): string {
  const list = mismatch?.mismatches?.map(({ mismatch: text = 'differs', path, key }) => {
    const where = path ?? key;
    return where === undefined || text.includes(where) ? text : `${where}: ${text}`;
  });
  return list?.join('\n') ?? mismatch?.message ?? result;
}

function countCheck(pact: PactFile, verified: readonly VerifiedInteraction[]): CheckResult {
  const [wanted, got] = [pact.interactions.length, verified.length];
  return {
    name: 'every interaction was verified',
    verdict: wanted > 0 && wanted === got ? 'pass' : 'fail',
    detail: `${got} of ${wanted}`,
  };
}

function stateCheck(blocked: ReadonlyMap<string, string>): CheckResult {
  return {
    name: 'every provider state was set',
    verdict: blocked.size === 0 ? 'pass' : 'fail',
    detail: blocked.size === 0 ? 'no handler failed' : [...new Set(blocked.values())].join('; '),
  };
}
