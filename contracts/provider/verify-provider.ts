/** The whole verification of a provider of a team's own: its pact, what no pact can express, and what both come to. */

import type { CheckResult, PartVerdict } from '../../run/run.ts';
import { worst } from '../../run/verdict.ts';
import { UserError } from '../../system/errors.ts';
import { isSelected, type Selectable, type Selection } from '../agreement/selection.ts';
import type { AnyPact, Written } from '../pact/any-pact.ts';
import { withNames } from './names.ts';
import { type Acceptance, breachOf, breachRows, type Outcome, outcomeOf } from './outcome.ts';
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
  const isWanted = (written: Selectable | null | undefined) =>
    !written || isSelected(written, selection);
  const named = withNames(whole.interactions, where.names ?? {});
  if (!named.some((one) => one.kind !== 'http' || isWanted(one.written))) {
    throw new UserError('no interaction is selected');
  }
  const isWantedRefused = (written: Written | null, status: number) => {
    const breach = breachOf(written, status);
    return breach !== null && isWanted(breach);
  };
  // That a request past a bound is refused is documented, although its error is not: it is sent for that alone.
  const interactions = named.filter(
    (one) =>
      one.kind !== 'http' || isWanted(one.written) || isWantedRefused(one.written, one.status),
  );
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
    ...results.filter(({ written }) => isWanted(written)),
    ...breachRows(results).filter(({ written }) => isWanted(written)),
    ...(await runTwoCalls(selected, where, now, signal)),
  ];
  const outcome = outcomeOf(rows, selection, acceptances);
  const verdict = worst([outcome.verdict, ...checks.map((one) => one.verdict)]);
  return { outcome, checks, verdict };
}
