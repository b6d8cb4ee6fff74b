/** The section of the self-checks: what the harness must catch, and what it said. */

import { count } from '../../run/figures.ts';
import type { CheckResult, Run } from '../../run/run.ts';
import { failuresFirst, judgeSelfChecks } from '../../run/verdict.ts';
import { checkSaid } from '../english/checks.ts';
import { type Markup, markup } from './markup.ts';
import { folded, table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

/** None where they were not asked for. */
export function selfCheckSections({ selfChecks }: Run): readonly Section[] {
  if (selfChecks.length === 0) return [];
  const failed = selfChecks.filter(({ verdict }) => verdict !== 'pass');
  return [
    {
      id: 'self-checks',
      title: 'Self-checks',
      verdict: judgeSelfChecks(selfChecks).verdict,
      lede: 'Whether this report can be believed: an emulator with a seeded bug must be caught by what is meant for it, and a correct one be blamed for none of the faults that it is made to have.',
      body: [
        failed.length === 0 ? null : checksTable(failed),
        folded(
          `All ${count(selfChecks.length, 'self-check')}`,
          checksTable(failuresFirst(selfChecks)),
        ),
      ],
    },
  ];
}

function checksTable(checks: readonly CheckResult[]): Markup {
  return table(
    'Each on an emulator of its own, briefly.',
    [{ head: 'Check' }, { head: 'What was seen' }, { head: 'Verdict', short: true }],
    checks.map(({ name, detail, verdict }) => ({
      failed: verdict === 'fail',
      cells: [markup`<span class="label">${name}</span>`, checkSaid(detail), verdictWord(verdict)],
    })),
  );
}
