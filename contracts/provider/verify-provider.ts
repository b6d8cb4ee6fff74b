/** The whole verification of a provider of a team's own: its pact, what no pact can express, and what both come to. */

import type { CheckResult, PartVerdict } from '../../run/run.ts';
import { worst } from '../../run/verdict.ts';
import { UserError } from '../../system/errors.ts';
import { isSelected, type Selection } from '../agreement/selection.ts';
import type { AnyPact } from '../pact/any-pact.ts';
import { withNames } from './names.ts';
import { type Acceptance, breachRows, type Outcome, outcomeOf } from './outcome.ts';
import { runTwoCalls, type TwoCalls, writtenOf } from './two-calls.ts';
import type { VerifyOptions, Where } from './verify.ts';
import { verifyElsewhere } from './verify-elsewhere.ts';

export interface ProviderOptions extends Omit<VerifyOptions, 'onRequest'> {
  readonly selection: Selection;
  readonly acceptances: readonly Acceptance[];
  /** What no pact can express of two calls; none for a pact that is not of a contract. */
  readonly pairs: readonly TwoCalls[];
  /** `done` of `total` requests. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ProviderVerification {
  readonly outcome: Outcome;
  readonly checks: readonly CheckResult[];
  readonly verdict: PartVerdict;
}

/**
 * @throws UserError if nothing is selected, or an acceptance names nothing.
 * @throws UnavailableError if the provider cannot be reached. @throws AbortError if `signal` aborts.
 */
export async function verifyProvider(
  whole: AnyPact,
  where: Where,
  { selection, acceptances, pairs, now, signal, onProgress = () => {} }: ProviderOptions,
): Promise<ProviderVerification> {
  const interactions = withNames(whole.interactions, where.names ?? {}).filter(
    (one) => one.kind !== 'http' || one.written === null || isSelected(one.written, selection),
  );
  if (interactions.length === 0) throw new UserError('no interaction is selected');
  let done = 0;
  const { results, checks } = await verifyElsewhere({ ...whole, interactions }, where, {
    now,
    signal,
    onRequest: () => {
      done += 1;
      onProgress(done, interactions.length);
    },
    chosen: new Set(Object.keys(selection.choices)),
  });
  const selected = pairs.filter((pair) => isSelected(writtenOf(pair), selection));
  const rows = [
    ...results,
    ...breachRows(results),
    ...(await runTwoCalls(selected, where, now, signal)),
  ];
  const outcome = outcomeOf(rows, selection, acceptances);
  const verdict = worst([outcome.verdict, ...checks.map((one) => one.verdict)]);
  return { outcome, checks, verdict };
}
