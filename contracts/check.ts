/** A check over the whole contract: what was counted, or what is amiss. */

import type { CheckResult } from '../run/run.ts';
import type { Counted, Problem } from '../run/statements/contracts.ts';

/** Fails where there is a problem. */
export function check(
  name: string,
  good: { readonly counted: Counted; readonly count: number },
  problems: readonly Problem[],
): CheckResult {
  return problems.length === 0
    ? { name, verdict: 'pass', detail: { kind: 'all good', ...good } }
    : { name, verdict: 'fail', detail: { kind: 'problems', problems } };
}
