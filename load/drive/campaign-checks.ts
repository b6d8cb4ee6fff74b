/** The checks of what became of dial requests: which violation fails which. */

import type { CampaignCheck } from '../../run/run.ts';
import type { CampaignViolation } from '../../run/statements/campaigns.ts';

/** Kind of violation -> the check that it fails. */
export const CHECK_OF = {
  'call refused': 'every call succeeds',
  'call unanswered': 'every call succeeds',
  'not running': 'every call succeeds',
  'answered otherwise': 'every item is answered as predicted',
  'another id': 'a clientToken that is sent again gets the same id',
  'lost request': 'every accepted dial request is in one contact or one stated failure',
  'contact and failure': 'every accepted dial request is in one contact or one stated failure',
  'two contacts': 'every accepted dial request is in one contact or one stated failure',
  'unasked contact': 'every accepted dial request is in one contact or one stated failure',
  'dial of no contact': 'only contacts of BatchPutContact are dialled, each once',
  'second dial': 'only contacts of BatchPutContact are dialled, each once',
  'dial not given': 'only contacts of BatchPutContact are dialled, each once',
  'not ended': 'every dial request comes to an end',
} as const satisfies Readonly<Record<CampaignViolation['kind'], string>>;

export type CheckName = (typeof CHECK_OF)[CampaignViolation['kind']];

/** Violations of a check that are written down. */
const EVIDENCE = 5;

/** @param checked how many cases each check had. A check that is not in it is not made. */
export function judgeChecks(
  checked: Readonly<Partial<Record<CheckName, number>>>,
  violations: readonly CampaignViolation[],
  interrupted: boolean,
): CampaignCheck[] {
  return Object.entries(checked).map(([name, cases]) => {
    const found = violations.filter(({ kind }) => CHECK_OF[kind] === name);
    const verdict =
      found.length > 0 ? 'fail' : interrupted || cases === 0 ? 'not exercised' : 'pass';
    return {
      name,
      verdict,
      checked: cases,
      violations: found.length,
      evidence: found.slice(0, EVIDENCE),
    };
  });
}
