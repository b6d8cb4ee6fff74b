/** How runs change, as one HTML file: a chart for each figure, and a row for each run. No script, no request. */

import type { RunLine } from '../../run/compare/line.ts';
import { type Curve, curvesOf } from '../../run/compare/trend.ts';
import { count, latency, utc, whole } from '../../run/figures.ts';
import { chart } from './chart.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { renderPage } from './page.ts';
import { code, table, verdictWord } from './parts.ts';

/** More rows would make the page slow. The charts have all runs. */
const MOST_ROWS = 200;

const UNITS: Readonly<Record<Curve['unit'], string>> = {
  ms: 'milliseconds',
  share: 'share of the mutants',
  count: 'number',
};

/** @param lines the oldest first, at least one. */
export function renderTrend(lines: readonly RunLine[]): string {
  const newest = lines.at(-1);
  return renderPage({
    title: `dialproof: trend of ${count(lines.length, 'run')}`,
    opening: [
      markup`<header><p class="imprint"><span><b>dialproof</b> trend</span><span>${count(lines.length, 'run')}</span></p>
<h1>${newest ? verdictWord(newest.verdict, capital(newest.verdict)) : null}</h1>
<p class="lede">The newest run, ${newest ? utc(newest.startedAt) : ''}. The charts have the oldest run at the left. A gap is a run without the figure, or one in which it was not valid. Runs under other conditions are in the same charts: compare those of one host.</p></header>`,
    ],
    details: markup`<section id="charts" aria-labelledby="charts-title"><header><h2 id="charts-title">Figures</h2></header>
${curvesOf(lines).map(curveChart)}</section>
<section id="runs" aria-labelledby="runs-title"><header><h2 id="runs-title">Runs</h2></header>
${runsTable(lines)}</section>`,
  });
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function curveChart({ name, unit, values }: Curve): Markup {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1) ?? 0;
  const say = (value: number): string => (unit === 'ms' ? latency(value) : String(value));
  return chart({
    title: name,
    unit: UNITS[unit],
    description: `${count(known.length, 'value')}, the last ${say(last)}, between ${say(Math.min(...known))} and ${say(Math.max(...known))}.`,
    lines: [{ label: '', look: 'main', points: values.map((value, i) => [i, value]) }],
    tick: (i) => `run ${whole(i + 1)}`,
  });
}

function runsTable(lines: readonly RunLine[]): Value {
  const left = lines.length - MOST_ROWS;
  return [
    table(
      'The newest run first.',
      [
        { head: 'Run' },
        { head: 'Verdict', short: true },
        { head: 'Commit', short: true },
        { head: 'Branch' },
        { head: 'Causes' },
      ],
      lines
        .slice(-MOST_ROWS)
        .toReversed()
        .map(({ startedAt, verdict, commit, branch, causes }) => ({
          cells: [
            utc(startedAt),
            verdictWord(verdict),
            commit === null ? '' : code(commit.slice(0, 8)),
            branch ?? '',
            causes.map(({ id }, i) => [i > 0 ? ', ' : '', code(id)]),
          ],
          failed: verdict === 'fail',
        })),
    ),
    left > 0
      ? markup`<p class="small quiet">${count(left, 'earlier run')} in the history.</p>`
      : null,
  ];
}
