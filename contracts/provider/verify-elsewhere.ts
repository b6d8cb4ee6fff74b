/**
 * Verifies a provider that is not dialproof's emulator against the contract: over http or https, signed
 * with the user's credentials. Its states are set through a URL of the team, or not at all.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Trouble } from '../../run/statements/contracts.ts';
import { UnavailableError } from '../../system/errors.ts';
import type { SigningKey } from '../../system/sign-request.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../system/temporary-folder.ts';
import { PROVIDER } from '../agreement/interaction.ts';
import type { Caller } from '../agreement/states.ts';
import type { PactFile, WrittenInteraction, WrittenState } from '../pact/pact-file.ts';
import { forward } from './forward.ts';
import { reach } from './preflight.ts';
import { openProviderDoor } from './provider-door.ts';
import { remoteStates } from './state-setter.ts';
import { runVerifier } from './verifier.ts';
import { judge, type Verification } from './verify.ts';

export interface Elsewhere {
  readonly url: string;
  readonly region: string;
  /** What requests are signed with. At AWS it is that of a caller who is refused. */
  readonly key: SigningKey;
  /** Takes Pact's state changes, `{action, state, params}` by POST; null where there is none. */
  readonly statesUrl: string | null;
}

/** Callers whom the provider knows and refuses. */
const REFUSED: readonly Caller[] = ['outsider', 'denied'];

/** Callers for which any key can be used. */
const ANYBODY: readonly Caller[] = ['unknown key', 'wrong secret'];

/**
 * Verifies the interactions that the provider can exercise. The rest is `not exercised`, with a reason.
 *
 * @throws UnavailableError if the provider cannot be reached. @throws AbortError if `signal` aborts.
 */
export async function verifyElsewhere(
  pact: PactFile,
  where: Elsewhere,
  now: () => Date,
  signal?: AbortSignal,
): Promise<Verification> {
  await reach(where.url, 'The provider');
  await answers(where.url);
  const obstacles = pact.interactions.map((one) => obstacleTo(one, where));
  const chosen = pact.interactions.filter((_, i) => obstacles[i] === null);
  const verified =
    chosen.length === 0
      ? null
      : await verifyThese({ ...pact, interactions: chosen }, where, now, signal);
  return {
    results: pact.interactions.map(({ description }, i) => {
      const detail = obstacles[i] ?? null;
      const result = verified?.results.find((one) => one.description === description);
      return result ?? { description, verdict: 'not exercised', detail };
    }),
    checks: verified?.checks ?? [],
  };
}

/** Whether the address is AWS's own, where no account but AWS's can do more than be refused. */
export function isAws(url: string): boolean {
  return /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(url).hostname);
}

/** The reason why an interaction cannot be exercised there; null if it can. */
export function obstacleTo(
  { providerStates = [] }: Pick<WrittenInteraction, 'providerStates'>,
  where: Pick<Elsewhere, 'url' | 'statesUrl'>,
): Trouble | null {
  const caller = callerIn(providerStates);
  if (isAws(where.url)) {
    return caller === 'principal' ? { kind: 'principal only' } : null;
  }
  if (REFUSED.includes(caller)) return { kind: 'no outsider' };
  if (where.statesUrl !== null || ANYBODY.includes(caller)) return null;
  return { kind: 'nothing sets states', states: providerStates.map(({ name }) => name) };
}

function callerIn(states: readonly WrittenState[]): Caller {
  const state = states.find(({ name }) => name === 'the caller is');
  return (state?.params?.caller ?? 'principal') as Caller;
}

async function verifyThese(
  pact: PactFile,
  { url, region, key, statesUrl }: Elsewhere,
  now: () => Date,
  signal: AbortSignal | undefined,
): Promise<Verification> {
  const dir = makeTemporaryFolder('elsewhere');
  const pactFile = join(dir, 'pact.json');
  writeFileSync(
    pactFile,
    JSON.stringify({
      consumer: pact.consumer,
      provider: pact.provider,
      interactions: pact.interactions,
      metadata: { pactSpecification: { version: '4.0' } },
    }),
  );
  const states = remoteStates(statesUrl);
  const target = { url, controlUrl: url, principal: key, outsider: key };
  const door = await openProviderDoor(target, { states, now, onRequest: () => {}, region });
  try {
    const verified = await runVerifier({
      pacts: [{ pactUrls: [pactFile] }],
      provider: PROVIDER,
      providerUrl: door.url,
      stateUrl: door.stateUrl,
      signal,
    });
    return judge(pact, verified, states.failed);
  } finally {
    await door.close();
    removeTemporaryFolder(dir);
  }
}

/** Any answer will do: it shows that the address and its certificate are good. */
async function answers(url: string): Promise<void> {
  try {
    await forward(url, { method: 'GET', target: '/', headers: {}, body: Buffer.alloc(0) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnavailableError(`The provider does not answer at ${url} (${code ?? message}).`);
  }
}
