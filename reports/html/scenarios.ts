/** The section with one line for each scenario of a run. */

import { latency, perSecond, rate, whole } from '../../run/figures.ts';
import type { LoadResult, Run, RunVerdict } from '../../run/run.ts';
import { failuresFirst, judgeAudit, judgeLoad, worst } from '../../run/verdict.ts';
import { type Markup, markup } from './markup.ts';
import { table, verdictWord } from './parts.ts';
import type { Section } from './section.ts';

/** Null where there is only one scenario: its own section says the same. */
export function scenariosSection({ load }: Run): Section | null {
  if (load.length < 2) return null;
  const rows = load.map(row);
  return {
    id: 'scenarios',
    title: 'Scenarios',
    verdict: worst(rows.map(({ verdict }) => verdict)),
    lede: 'Every load scenario and the audit of its history; each has sections of its own below.',
    body: table(
      'Requests a second and response times are those of the whole scenario.',
      [
        { head: 'Scenario' },
        { head: 'Load', short: true },
        { head: 'Audit', short: true },
        { head: 'Requests', number: true, short: true },
        { head: 'A second', number: true, short: true },
        { head: 'p50', number: true, short: true },
        { head: 'p99', number: true, short: true },
        { head: 'Figures', short: true },
      ],
      failuresFirst(rows).map(({ verdict, cells }) => ({ failed: verdict === 'fail', cells })),
    ),
  };
}

function row(load: LoadResult, index: number): { verdict: RunVerdict; cells: readonly Markup[] } {
  const { requests, durationMs, latencyMs, validity } = load;
  const each = perSecond(requests, durationMs);
  const verdicts = { load: judgeLoad(load).verdict, audit: judgeAudit(load.audit) };
  const to = (part: keyof typeof verdicts) =>
    markup`<a href="#${part}-${String(index + 1)}">${verdictWord(verdicts[part])}</a>`;
  return {
    verdict: load.history ? worst(Object.values(verdicts)) : verdicts.load,
    cells: [
      markup`${load.scenario}`,
      to('load'),
      load.history ? to('audit') : markup`–`,
      markup`${whole(requests)}`,
      markup`${each === null ? '–' : rate(each)}`,
      markup`${latencyMs ? latency(latencyMs.p50) : '–'}`,
      markup`${latencyMs ? latency(latencyMs.p99) : '–'}`,
      validity.valid ? markup`valid` : verdictWord('not valid'),
    ],
  };
}
