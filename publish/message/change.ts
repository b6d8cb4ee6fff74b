/** Whether a run differs from the one that was published before it. */

import type { Run, RunVerdict } from '../../run/run.ts';
import { interactionVerdict, standing } from '../../run/verdict.ts';

/** What a run came to, without its figures, which differ each time. */
export interface Standing {
  readonly verdict: RunVerdict;
  /** What failed, sorted. */
  readonly causes: readonly string[];
}

export function standingOf(run: Run): Standing {
  const failed = ({ verdict }: { readonly verdict: string }): boolean => verdict === 'fail';
  return {
    verdict: standing(run).verdict,
    causes: [
      ...run.contracts.flatMap(({ name, interactions, checks }) => [
        ...interactions
          .filter((one) => interactionVerdict(one) === 'fail')
          .map(({ description }) => `${name}: ${description}`),
        ...checks.filter(failed).map((one) => `${name}: ${one.name}`),
      ]),
      ...(run.campaigns?.checks ?? []).filter(failed).map(({ name }) => `campaigns: ${name}`),
      ...run.load.flatMap(({ scenario, thresholds, audit }) => [
        ...thresholds
          .filter(({ ok, judged }) => judged && !ok)
          .map(({ metric, expression }) => `load ${scenario}: ${metric} ${expression}`),
        ...audit.invariants
          .filter(({ verdict }) => verdict === 'violated')
          .map(({ name }) => `audit ${scenario}: ${name}`),
      ]),
      ...run.selfChecks.filter(failed).map(({ name }) => `self-checks: ${name}`),
      ...run.seededBugs.filter(({ caught }) => caught === false).map(({ bug }) => `bug ${bug}`),
    ].toSorted(),
  };
}

/** True if the verdict or what failed differs. Without an earlier run, everything is new. */
export function changed(before: Standing | null, now: Standing): boolean {
  if (!before || before.verdict !== now.verdict) return true;
  return (
    before.causes.length !== now.causes.length ||
    before.causes.some((one, i) => one !== now.causes[i])
  );
}
