/** The section of one scenario's audit: each invariant, its verdict and its evidence. */

import { count, whole } from '../../run/figures.ts';
import type { InvariantResult, LoadResult } from '../../run/run.ts';
import { judgeAudit } from '../../run/verdict.ts';
import { evidenceSaid } from '../english/audit.ts';
import { markup } from './markup.ts';
import { code, finding, table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

const ORDER: readonly InvariantResult['verdict'][] = ['violated', 'not decidable', 'holds'];

export function auditSection({ scenario, audit }: LoadResult, index: number): Section {
  const invariants = audit.invariants.toSorted(
    (a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict),
  );
  return {
    id: `audit-${index + 1}`,
    title: `Audit: ${scenario}`,
    verdict: judgeAudit(audit),
    lede: `${count(audit.attempts, 'attempt')} read from the history; ${
      audit.ledger ? 'the target’s ledger was read.' : 'the target’s ledger could not be read.'
    }`,
    body: [
      invariants
        .filter((one) => one.verdict !== 'holds')
        .map((one) =>
          finding(
            one.statement,
            one.verdict,
            markup`${one.violations > 0 ? `${count(one.violations, 'time')}, ` : null}checked on ${whole(one.checked)} — ${code(one.name)}`,
            one.evidence.map(evidenceSaid),
          ),
        ),
      invariants.length === 0
        ? markup`<p>${verdictWord('not exercised')}: no invariant was checked.</p>`
        : table(
            'Checked on counts the things that the invariant was tested on.',
            [
              { head: 'Invariant' },
              { head: 'Statement' },
              { head: 'Checked on', number: true, short: true },
              { head: 'Violations', number: true, short: true },
              { head: 'Verdict', short: true },
            ],
            invariants.map((one) => ({
              failed: one.verdict === 'violated',
              cells: [
                code(one.name),
                one.statement,
                whole(one.checked),
                whole(one.violations),
                verdictWord(one.verdict),
              ],
            })),
          ),
    ],
  };
}
