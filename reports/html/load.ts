/** The section of load: a row for each scenario, and the scenarios with their pictures. */

import { latency, perSecond, rate, whole } from '../../run/figures.ts';
import type { LoadResult, Run, RunVerdict } from '../../run/run.ts';
import { failuresFirst, judgeAudit, judgeLoad, worst } from '../../run/verdict.ts';
import { invalidPart } from '../content/generator.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { table, verdictWord } from './parts.ts';
import { scenarioPart } from './scenario.ts';
import type { Section } from './section.ts';
import { spark, spread } from './spark.ts';

export function loadSectionOf({ load }: Run): Section {
  if (load.length === 0) {
    return {
      id: 'load',
      title: 'Load',
      verdict: 'not exercised',
      lede: 'This run put no load on the target, so there is no history to audit.',
      body: null,
    };
  }
  const slowest = Math.max(1, ...load.map(({ latencyMs }) => latencyMs?.max ?? 0));
  // The pictures of all scenarios that pass would make the page long.
  const busiest = load.toSorted((a, b) => b.requests - a.requests)[0];
  const rows = load.map((one, i) => row(one, i, slowest));
  const ordered = failuresFirst(rows);
  return {
    id: 'load',
    title: 'Load',
    verdict: worst(load.map((one) => judgeLoad(one).verdict)),
    lede: 'Requests a second and response times are those of the whole scenario.',
    body: [
      load.length > 1 ? overview(ordered) : null,
      foldedLast(ordered, busiest).map(({ one, index }) =>
        scenarioPart(one, index, one !== busiest),
      ),
    ],
  };
}

/** What is not folded stands before what is. */
function foldedLast(
  rows: readonly ScenarioRow[],
  busiest: LoadResult | undefined,
): readonly ScenarioRow[] {
  const rank = ({ one }: ScenarioRow): number =>
    judgeLoad(one).verdict !== 'pass' ? 0 : one === busiest ? 1 : 2;
  return rows.toSorted((a, b) => rank(a) - rank(b));
}

interface ScenarioRow {
  readonly one: LoadResult;
  readonly index: number;
  readonly verdict: RunVerdict;
  readonly cells: readonly Value[];
}

function overview(rows: readonly ScenarioRow[]): Markup {
  return table(
    'Every scenario. The line is its requests over time. The bar is its response times on one scale: from the median to the 99th percentile, with a mark at the longest.',
    [
      { head: 'Scenario' },
      { head: 'Load', short: true },
      { head: 'Audit', short: true },
      { head: 'Requests', number: true, short: true },
      { head: 'A second', number: true, short: true },
      { head: 'Over time', short: true },
      { head: 'p50', number: true, short: true },
      { head: 'p99', number: true, short: true },
      { head: 'Response times', short: true },
      { head: 'Figures', short: true },
    ],
    rows.map(({ verdict, cells }) => ({ failed: verdict === 'fail', cells })),
  );
}

function row(load: LoadResult, index: number, slowest: number): ScenarioRow {
  const { requests, durationMs, latencyMs, validity } = load;
  const each = perSecond(requests, durationMs);
  const own = judgeLoad(load).verdict;
  const audit = judgeAudit(load.audit);
  return {
    one: load,
    index,
    verdict: load.history ? worst([own, audit]) : own,
    cells: [
      markup`<a href="#load-${index + 1}">${load.scenario}</a>`,
      verdictWord(own),
      load.history ? markup`<a href="#invariants">${verdictWord(audit)}</a>` : '–',
      whole(requests),
      each === null ? '–' : rate(each),
      spark(load.series.map((point) => point.requests)),
      latencyMs ? latency(latencyMs.p50) : '–',
      latencyMs ? latency(latencyMs.p99) : '–',
      latencyMs ? spread(latencyMs, slowest) : '–',
      validity.valid
        ? 'valid'
        : verdictWord('not valid', `${invalidPart(validity).toLowerCase()} not valid`),
    ],
  };
}
