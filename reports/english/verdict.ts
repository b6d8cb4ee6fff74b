/** What the verdict of a run means for whoever has to decide, in English. */

import { causesOf } from '../../run/causes/causes.ts';
import { count } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';

/** One sentence. */
export function verdictMeans(run: Run): string {
  const { verdict } = standing(run);
  if (verdict === 'pass') return 'Everything that this run exercised passed.';
  if (verdict === 'not valid') {
    return 'Nothing failed, but the load generator was the limit: thresholds are left open.';
  }
  if (verdict === 'not exercised') {
    return 'Nothing failed, but the run did not come to its end, or a part of it did not run.';
  }
  const causes = causesOf(run);
  const failed = causes.reduce((sum, { places }) => sum + places.length, 0);
  return failed === 0
    ? 'The run failed as a whole.'
    : `${count(causes.length, 'cause explains', 'causes explain')} ${count(failed, 'failed check')}.`;
}
