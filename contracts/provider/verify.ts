/** Verifies a provider against a pact: a verdict for each interaction, and checks of the whole. */

import { check } from '../../run/check.ts';
import type { CheckResult, PartVerdict } from '../../run/run.ts';
import type { Trouble } from '../../run/statements/contracts.ts';
import type { AnyInteraction, AnyPact, HttpInteraction, Written } from '../pact/any-pact.ts';
import { readAnyPact } from '../pact/any-pact.ts';
import type { CallerKeys } from './callers.ts';
import type { OwnNames } from './names.ts';
import { withNumberedPact } from './numbered-pact.ts';
import { preflight } from './preflight.ts';
import { type Observed, openProviderDoor, type ProviderAccess } from './provider-door.ts';
import { createSeen } from './seen.ts';
import { type StateNotSet, type StateSetter, stateKey, stateSetter } from './state-setter.ts';
import { runVerifier, type VerifiedInteraction } from './verifier.ts';

export interface Verified {
  readonly description: string;
  readonly verdict: PartVerdict;
  readonly detail: Trouble | null;
  /** Null for an interaction of a pact that dialproof did not write. */
  readonly written?: Written | null;
  /** What the provider answered; null if it was not asked. */
  readonly observed?: Observed | null;
  /** Status of the answer that the pact expects. */
  readonly expected?: number;
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
}

/**
 * Verifies every interaction of a pact with the emulator. The emulator's facts, ledger and buckets are reset.
 *
 * @throws UnavailableError when the provider or its control door cannot be reached.
 * @throws UserError when the pact cannot be read.
 */
export async function verify(
  pactFile: string,
  target: ProviderAccess,
  options: VerifyOptions,
  statesUrl?: string,
): Promise<Verification> {
  const pact = readAnyPact(pactFile);
  const door = await preflight(target);
  try {
    return await verifyPact(pact, { ...target, statesUrl: statesUrl ?? door.statesUrl }, options);
  } finally {
    await door.reset();
  }
}

/** Where a provider is, and how it is brought to states. */
export interface Where extends CallerKeys {
  readonly url: string;
  /** Takes Pact's state changes, `{action, state, params}` by POST; null where there is none. */
  readonly statesUrl: string | null;
  readonly region?: string | undefined;
  /** How the provider calls what the contract names. */
  readonly names?: OwnNames;
}

export interface PactOptions extends VerifyOptions {
  /** Why an interaction cannot be exercised; null if it can. Default: every one can. */
  readonly obstacleTo?: (interaction: HttpInteraction) => Trouble | null;
  /** The choices whose values are asserted. */
  readonly chosen?: ReadonlySet<string>;
}

/** @returns a result for each interaction, in the order of the pact. @throws as `runVerifier` does. */
export async function verifyPact(
  pact: AnyPact,
  where: Where,
  { now, onRequest, signal, obstacleTo = () => null, chosen }: PactOptions,
): Promise<Verification> {
  const seen = createSeen();
  const states = stateSetter(where.statesUrl, () => seen.forget());
  const observed = new Map<number, Observed>();
  const obstacles = pact.interactions.map((one) => otherwiseObstacle(one, obstacleTo));
  const http = pact.interactions.flatMap((one, i) =>
    one.kind === 'http' && obstacles[i] === null ? [{ i, one }] : [],
  );
  const interactions = http.map(({ one }) => one);
  const door = await openProviderDoor(where, {
    states,
    now,
    onRequest,
    region: where.region,
    interactions,
    seen,
    ...(chosen && { chosen }),
    onAnswer: (n, answer) => {
      observed.set(n, answer);
    },
  });
  try {
    const verified =
      interactions.length === 0
        ? []
        : await withNumberedPact(pact, interactions, (file) =>
            runVerifier({
              pacts: [{ pactUrls: [file] }],
              provider: pact.provider,
              providerUrl: door.url,
              stateUrl: door.stateUrl,
              signal,
            }),
          );
    const results = judge(interactions, verified, observed, states);
    const byIndex = new Map(http.map(({ i }, n) => [i, results[n]]));
    return {
      results: pact.interactions.map(
        (one, i) =>
          byIndex.get(i) ?? {
            description: one.description,
            verdict: 'not exercised',
            detail: obstacles[i] ?? null,
            written: one.kind === 'http' ? one.written : null,
            ...(one.kind === 'http' && { expected: one.status }),
          },
      ),
      checks: [countCheck(interactions.length, verified), stateCheck(states.failed)],
    };
  } finally {
    await door.close();
  }
}

function otherwiseObstacle(
  one: AnyInteraction,
  obstacleTo: NonNullable<PactOptions['obstacleTo']>,
): Trouble | null {
  return one.kind === 'other' ? { kind: 'other kind', what: one.what } : obstacleTo(one);
}

/**
 * Compares the verifier's results with the pact. An interaction without a result did not run.
 *
 * @param verified the description of each is the number of its interaction.
 */
export function judge(
  interactions: readonly HttpInteraction[],
  verified: readonly VerifiedInteraction[],
  observed: ReadonlyMap<number, Observed>,
  { failed }: Pick<StateSetter, 'failed'>,
): Verified[] {
  return interactions.map((interaction, n) => {
    const mine = verified.filter(({ description }) => description === String(n));
    const seen = observed.get(n) ?? null;
    return {
      description: interaction.description,
      ...verdictOf(interaction, mine, seen, failed),
      written: interaction.written,
      observed: seen,
      expected: interaction.status,
    };
  });
}

function verdictOf(
  { states }: HttpInteraction,
  mine: readonly VerifiedInteraction[],
  observed: Observed | null,
  obstacles: ReadonlyMap<string, StateNotSet>,
): Pick<Verified, 'verdict' | 'detail'> {
  const obstacle = states.map((state) => obstacles.get(stateKey(state))).find(Boolean) ?? null;
  if (obstacle?.kind === 'state refused') return { verdict: 'not exercised', detail: obstacle };
  if (obstacle) return { verdict: 'fail', detail: obstacle };
  if (mine.length === 0) return { verdict: 'not exercised', detail: null };
  const breaches = observed?.breaches ?? [];
  if (breaches.length > 0) return { verdict: 'fail', detail: { kind: 'breaches', breaches } };
  const failed = mine.find(({ result }) => result !== 'OK');
  return failed
    ? { verdict: 'fail', detail: differences(failed) }
    : { verdict: 'pass', detail: null };
}

/** A verdict for each verified interaction, without a pact to compare with. */
export function verdictsOf(verified: readonly VerifiedInteraction[]): readonly Verified[] {
  return verified.map((one) =>
    one.result === 'OK'
      ? { description: one.description, verdict: 'pass', detail: null }
      : { description: one.description, verdict: 'fail', detail: differences(one) },
  );
}

const OF_STATUS = /^expected \d{3} but was \d{3}$/;

function differences({ mismatch, result }: VerifiedInteraction): Trouble {
  const found = mismatch?.mismatches
    ?.map(({ mismatch: text = 'differs', path, key }) => ({ where: path ?? key ?? null, text }))
    // An answer of another status has another body and other headers: they say less.
    .sort((a, b) => Number(OF_STATUS.test(b.text)) - Number(OF_STATUS.test(a.text)));
  return found
    ? { kind: 'differences', differences: found }
    : { kind: 'verifier', message: mismatch?.message ?? result };
}

function countCheck(wanted: number, verified: readonly VerifiedInteraction[]): CheckResult {
  const got = verified.length;
  return {
    name: 'every interaction was verified',
    verdict: wanted > 0 && wanted === got ? 'pass' : 'fail',
    detail: { kind: 'verified', verified: got, of: wanted },
  };
}

function stateCheck(obstacles: ReadonlyMap<string, StateNotSet>): CheckResult {
  // One obstacle stands for every state after it. What a provider cannot be brought to is not exercised.
  const failed = [...new Set(obstacles.values())].flatMap((one) =>
    one.kind === 'state not set' ? [one] : [],
  );
  return check('every provider state was set', { counted: 'states set', count: 0 }, failed);
}
