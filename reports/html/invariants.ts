/** The invariants of all scenarios as one matrix: holds, violated, not asked. */

import { count, whole } from '../../run/figures.ts';
import type { InvariantResult, LoadResult, Run } from '../../run/run.ts';
import { judgeAudit, worst } from '../../run/verdict.ts';
import { type InvariantLine, invariantLines } from '../content/invariants.ts';
import { evidenceSaid } from '../english/audit.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { code, evidenceBlock, firstOf, folded, table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

/** Scenarios of a violated invariant whose evidence is not folded. */
const EVIDENCE_SHOWN = 1;
const LINES_SHOWN = 3;

const MARKS: Readonly<Record<InvariantResult['verdict'], readonly [mark: string, said: string]>> = {
  holds: ['✓', 'holds'],
  violated: ['✗', 'violated'],
  'not decidable': ['·', 'not asked'],
};

/** None for a run without a history. */
export function invariantSections({ load }: Pick<Run, 'load'>): readonly Section[] {
  const audited = load.filter(({ history }) => history);
  if (audited.length === 0) return [];
  const lines = invariantLines(audited);
  return [
    {
      id: 'invariants',
      title: 'Invariants',
      verdict: worst(audited.map(({ audit }) => judgeAudit(audit))),
      lede: 'Of each scenario’s history and the ledger of the target. Not asked: the scenario has no case of it, or nothing that it left behind decides it.',
      body: [
        lines.filter(({ verdict }) => verdict === 'violated').map(violated),
        withoutAudit(audited),
        lines.length === 0 ? null : matrix(lines, audited),
        lines.length === 0 ? null : folded('Statements, counts, and why not asked', each(lines)),
      ],
    },
  ];
}

function violated({ name, statement, cells }: InvariantLine): Markup {
  const where = cells.flatMap(({ scenario, result }) =>
    result?.verdict === 'violated' ? [{ scenario, result }] : [],
  );
  return markup`<div class="finding fail"><h3>${statement}</h3><p class="small">${verdictWord('violated')} ${code(name)}</p>${firstOf(
    where,
    EVIDENCE_SHOWN,
    (some) =>
      some.map(
        ({ scenario, result }) =>
          markup`<p class="small">${scenario}: ${count(result.violations, 'time')}, checked on ${whole(result.checked)}</p>${firstOf(
            result.evidence.map(evidenceSaid),
            LINES_SHOWN,
            (lines) => (lines.length > 0 ? evidenceBlock(lines) : null),
            (left) => count(left, 'more violation', 'more violations'),
          )}`,
      ),
    (left) => `and in ${count(left, 'more scenario')}`,
  )}</div>`;
}

function withoutAudit(audited: readonly LoadResult[]): Value {
  const none = audited.filter(({ audit }) => audit.invariants.length === 0);
  return none.length === 0
    ? null
    : markup`<p>${verdictWord('not exercised', 'Not exercised:')} no invariant was checked in ${none.map(({ scenario }) => scenario).join(', ')}.</p>`;
}

function matrix(lines: readonly InvariantLine[], audited: readonly LoadResult[]): Markup {
  return markup`<div class="scroll" role="region" aria-label="Invariants by scenario" tabindex="0"><table class="matrix"><caption>${legend()}</caption>
<thead><tr><th scope="col">Invariant</th>${audited.map(
    ({ scenario }) => markup`<th scope="col"><span>${scenario}</span></th>`,
  )}</tr></thead>
<tbody>${lines.map(
    ({ name, verdict, cells }) =>
      markup`<tr class="${verdict === 'violated' ? 'fail' : 'plain'}"><th scope="row">${name}</th>${cells.map(
        ({ result }) => cell(result),
      )}</tr>
`,
  )}</tbody></table></div>`;
}

function legend(): Value {
  return (['holds', 'violated', 'not decidable'] as const).map((verdict, i) => {
    const [mark, said] = MARKS[verdict];
    return markup`${i > 0 ? '   ' : ''}<span class="m ${toneOf(verdict)}" aria-hidden="true">${mark}</span> ${said}`;
  });
}

function cell(result: InvariantResult | null): Markup {
  const verdict = result?.verdict ?? 'not decidable';
  const [mark, said] = MARKS[verdict];
  return markup`<td><span class="m ${toneOf(verdict)}" aria-hidden="true">${mark}</span><span class="unseen">${said}</span></td>`;
}

function toneOf(verdict: InvariantResult['verdict']): string {
  return { holds: 'pass', violated: 'fail', 'not decidable': 'quiet' }[verdict];
}

function each(lines: readonly InvariantLine[]): Markup {
  return table(
    'Over all scenarios. Checked on counts the things that the invariant was tested on.',
    [
      { head: 'Invariant' },
      { head: 'Statement' },
      { head: 'Checked on', number: true, short: true },
      { head: 'Violations', number: true, short: true },
      { head: 'Not asked in' },
    ],
    lines.map(({ name, statement, verdict, checked, violations, unasked }) => ({
      failed: verdict === 'violated',
      cells: [
        code(name),
        statement,
        whole(checked),
        whole(violations),
        unasked.map(({ why, scenarios }, i) => [
          i > 0 ? '; ' : null,
          markup`${scenarios.join(', ')}: ${why.map(evidenceSaid).join(', ') || 'no reason was recorded'}`,
        ]),
      ],
    })),
  );
}
