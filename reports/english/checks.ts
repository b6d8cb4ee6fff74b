/** English sentences about the details of a check. */

import { count } from '../../run/figures.ts';
import type { CheckDetail } from '../../run/statements/checks.ts';
import { evidenceSaid } from './audit.ts';
import { COUNTED_SAID, problemSaid } from './contracts.ts';
import { CRASH_KINDS, crashViolationSaid } from './crash.ts';
import { faultsSaid } from './load.ts';
import { ROAD_CRASH_SIGNS, roadCrashSaid } from './road.ts';
import { oldText, saying } from './sentences.ts';

export const checkSaid = saying<CheckDetail>({
  'all good': ({ counted, count: n }) => COUNTED_SAID[counted](n),
  problems: ({ problems }) => problems.map(problemSaid).join('; '),
  verified: ({ verified, of }) => `${verified} of ${of}`,
  mutants: ({ mutants, survivors }) => `${mutants} mutants, ${survivors} survive with a reason`,
  'no breaking drift': ({ against, differences }) =>
    `${against}: ${differences} differences, none breaking`,
  'invariant asked': ({ scenario, invariant, verdict, violations, checked }) =>
    `load run ${scenario}: “${invariant}” ${
      verdict === 'violated'
        ? `is violated in ${violations} of ${count(checked, 'case')}`
        : `is not violated, as it must be: ${verdict ?? 'it was not asked'}`
    }`,
  'faults stood': (detail) =>
    `load run ${detail.scenario}: ${blameSaid(detail)}. ${faultsSaid(detail.faults) ?? 'No fault of it was met.'}`,
  'interactions failing': ({ pins, failing }) =>
    `contracts: the interaction that pins ${pins} is to fail, and it alone; these fail: ${failing.join(', ') || 'none'}`,
  'road crash violation': ({ sought, found }) =>
    `crash-test --campaigns: ${
      found ? roadCrashSaid(found) : `it was to find that ${ROAD_CRASH_SIGNS[sought]}, and did not`
    }`,
  'crash violation': ({ sought, found }) =>
    `crash-test: ${
      found ? crashViolationSaid(found) : `it was to find that ${CRASH_KINDS[sought]}, and did not`
    }`,
  interrupted: () => 'the run was interrupted',
  ...oldText,
});

function blameSaid({
  blamed,
  evidence,
  holding,
  passed,
}: Extract<CheckDetail, { kind: 'faults stood' }>): string {
  if (blamed !== null) {
    return `“${blamed}” is violated, ${evidence === null ? 'without evidence' : evidenceSaid(evidence)}`;
  }
  const held = `no invariant is violated, ${count(holding, 'holds', 'hold')}`;
  return `${held}; ${passed ? 'every batch got in' : 'not every batch got in'}`;
}
