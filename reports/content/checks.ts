/** The checks of a script, each with what its failures mean for the run. */

import { count, whole } from '../../run/figures.ts';
import type { CheckCount, LoadResult } from '../../run/run.ts';

/** `allowed`: it failed, and no missed threshold counts it. As in k6, such a check alone fails nothing. */
export type CheckStanding = 'passed' | 'failed' | 'allowed' | 'never made';

export interface CheckRow extends CheckCount {
  /** Its name after those of its groups. */
  readonly label: string;
  readonly standing: CheckStanding;
}

type Checked = Pick<LoadResult, 'checks' | 'thresholds'>;

/** Those that fail the run first, then those that failed otherwise, else as they were. */
export function checkRows({ checks, thresholds }: Checked): readonly CheckRow[] {
  const missed = thresholds.filter(({ ok, judged }) => judged && !ok).map(({ metric }) => metric);
  return checks
    .map((one) => ({ ...one, label: labelOf(one), standing: standingOf(one, missed) }))
    .toSorted((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing));
}

const ORDER: readonly CheckStanding[] = ['failed', 'allowed', 'never made', 'passed'];

export function labelOf({ name, groups }: CheckCount): string {
  return [...groups, name].join(' › ');
}

/** What became of it, as a clause. */
export function checkCounted({ passes, fails, standing }: CheckRow): string {
  const made = passes + fails;
  if (standing === 'never made') return 'not exercised: never made';
  const failed = `${whole(fails)} of ${count(made, 'time')} failed`;
  return standing === 'allowed' ? `${failed}, and no missed threshold counts it` : failed;
}

function standingOf(check: CheckCount, missed: readonly string[]): CheckStanding {
  if (check.passes + check.fails === 0) return 'never made';
  if (check.fails === 0) return 'passed';
  return missed.some((metric) => isCounted(check, metric)) ? 'failed' : 'allowed';
}

/** Whether a metric such as `checks{check:status is 200}` has the results of a check. */
function isCounted({ name, groups }: CheckCount, metric: string): boolean {
  const [, tags] = /^checks(?:\{(.*)\})?$/.exec(metric) ?? [null, null];
  if (tags === null) return false;
  const own: Readonly<Record<string, string>> = {
    check: name,
    group: groups.map((group) => `::${group}`).join(''),
  };
  // Other tags are those of a part of its results.
  return (tags ?? '').split(',').every((tag) => {
    const [, key = '', value] = /^\s*([^:]*?)\s*:\s*"?(.*?)"?\s*$/.exec(tag) ?? [];
    return !Object.hasOwn(own, key) || own[key] === value;
  });
}
