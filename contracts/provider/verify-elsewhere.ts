/**
 * Verifies a provider that is not dialproof's emulator against the contract: over http or https, signed with the
 * keys of the user. Its states are set through a URL of the team, or not at all.
 */

import type { Trouble } from '../../run/statements/contracts.ts';
import { UnavailableError } from '../../system/errors.ts';
import { type Caller, isSetByNobody, ordinaryDay } from '../agreement/states.ts';
import type { AnyPact, HttpInteraction } from '../pact/any-pact.ts';
import type { WrittenState } from '../pact/pact-file.ts';
import { CALLER_VARIABLES, keyNameOf, keyOf } from './callers.ts';
import { forward } from './forward.ts';
import { withNames } from './names.ts';
import { reach } from './preflight.ts';
import { jsonOf } from './read-answer.ts';
import {
  type PactOptions,
  type Verification,
  type Verified,
  verifyPact,
  type Where,
} from './verify.ts';

/**
 * Verifies the interactions that the provider can exercise. The rest is `not exercised`, with a reason.
 *
 * @throws UnavailableError if the provider cannot be reached. @throws AbortError if `signal` aborts.
 */
export async function verifyElsewhere(
  pact: AnyPact,
  where: Where,
  options: Omit<PactOptions, 'obstacleTo'>,
): Promise<Verification> {
  await checkAnswers(where.url);
  const { results, checks } = await verifyPact(pact, where, {
    ...options,
    obstacleTo: (one) => obstacleTo(one, where),
  });
  return {
    results: results.map((result, i) => withoutInstance(result, pact.interactions[i], where)),
    // Nothing to verify is told by the results.
    checks: checks.filter(({ detail }) => detail.kind !== 'verified' || detail.of > 0),
  };
}

/** Whether the address is AWS's own, where no account but AWS's can do more than be refused. */
export function isAws(url: string): boolean {
  return /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(url).hostname);
}

/** The reason why an interaction cannot be exercised there; null if it can. */
export function obstacleTo(
  { states }: Pick<HttpInteraction, 'states'>,
  where: Pick<
    Where,
    'url' | 'statesUrl' | 'principal' | 'outsider' | 'denied' | 'expired' | 'names'
  >,
): Trouble | null {
  const caller = callerIn(states);
  const aws = isAws(where.url);
  if (aws && caller === 'principal') return { kind: 'principal only' };
  // At AWS the key of an ordinary account is that of a caller who is refused.
  const keys = aws ? { ...where, outsider: where.outsider ?? where.principal } : where;
  if (keyOf(caller, keys) === null) {
    return { kind: 'no key', ...CALLER_VARIABLES[keyNameOf(caller)] };
  }
  if (where.statesUrl !== null || aws) return null;
  // What is refused for its signature needs no state at all.
  const day = withNames(ordinaryDay().params, where.names ?? {});
  const wanted = states.filter(({ name, params }) => !isSetByNobody(name, params, day));
  const names = [...new Set(wanted.map(({ name }) => name))];
  return names.length === 0 ? null : { kind: 'nothing sets states', states: names };
}

function callerIn(states: readonly WrittenState[]): Caller {
  const state = states.find(({ name }) => name === 'the caller is');
  return (state?.params?.caller ?? 'principal') as Caller;
}

/** A provider that does not have the instance is not to blame, unless it was told to have it. */
function withoutInstance(
  result: Verified,
  interaction: Verification['results'][number] | AnyPact['interactions'][number] | undefined,
  { statesUrl }: Where,
): Verified {
  if (statesUrl !== null || result.verdict !== 'fail' || !interaction) return result;
  if (!('kind' in interaction) || interaction.kind !== 'http') return result;
  const answer = result.observed?.answer;
  if (answer?.status !== 404 || interaction.status === 404) return result;
  if (jsonOf(answer.body) === undefined && answer.headers['x-amzn-errortype'] === undefined) {
    return result;
  }
  const [found] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(interaction.path) ?? [];
  // A path of a team's own that names no instance is missing, and no instance would mend that.
  if (found === undefined && interaction.written === null) return result;
  const instanceId = found ?? interaction.path;
  return { ...result, verdict: 'not exercised', detail: { kind: 'no instance', instanceId } };
}

/** Any answer will do: it shows that the address and its certificate are good. @throws UnavailableError if there is none. */
async function checkAnswers(url: string): Promise<void> {
  await reach(url, 'The provider');
  const { origin, pathname } = new URL(url);
  try {
    await forward(origin, { method: 'GET', target: pathname, headers: {}, body: Buffer.alloc(0) });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnavailableError(`The provider does not answer at ${url} (${code ?? message}).`);
  }
}
