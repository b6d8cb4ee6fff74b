/** Whether a run differs from the one that was published before it. */

import { causesOf } from '../../run/causes/causes.ts';
import type { Run, RunVerdict } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';

/** What a run came to, without its figures, which differ each time. */
export interface Standing {
  readonly verdict: RunVerdict;
  /** Ids of the causes, sorted. */
  readonly causes: readonly string[];
}

export function standingOf(run: Run): Standing {
  return {
    verdict: standing(run).verdict,
    causes: causesOf(run)
      .map(({ id }) => id)
      .toSorted(),
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
