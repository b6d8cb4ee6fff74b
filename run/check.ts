/** The result of a check over a whole contract: what it counted, or what is wrong. */

import type { CheckResult } from './run.ts';
import type { Counted, Problem } from './statements/contracts.ts';

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
