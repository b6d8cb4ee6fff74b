/** A scenario as pictures: rate, response times, users, what failed, and how the response times are spread. */

import { count, figure, latency, rate, whole } from '../../run/figures.ts';
import type { LoadResult, SeriesPoint } from '../../run/run.ts';
import { breakpointChart } from './breakpoint.ts';
import { type Chart, chart, type Point } from './chart.ts';
import { distribution } from './distribution.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { folded, table, verdictWord } from './parts.ts';
import { type Binned, bin } from './series.ts';
import { strips } from './strips.ts';

/** Points of a chart, and rows of the table that says the same in numbers. */
const CHART_POINTS = 120;
const TABLE_ROWS = 30;
/** Seconds of a run that has a course. Charts of a shorter one would have a dot or two. */
const FEWEST_SECONDS = 4;

/** Whether it took long enough for charts over time. */
export function hasCourse({ series }: LoadResult): boolean {
  return series.length >= FEWEST_SECONDS;
}

export function pictures(load: LoadResult): Value {
  const { series } = load;
  if (series.length === 0) {
    return markup`<p>${verdictWord('not exercised')}: the history has no request.</p>`;
  }
  const isLong = hasCourse(load);
  return markup`<div class="charts">${isLong ? overTime(load) : null}${distribution(load)}${isLong ? failuresOverTime(series) : null}${breakpointChart(load)}</div>${
    isLong ? folded('The course in numbers', seriesTable(bin(series, TABLE_ROWS))) : null
  }`;
}

function overTime({ series, aim }: LoadResult): Value {
  const { bins, secondsPerBin } = bin(series, CHART_POINTS);
  const of = (key: 'requestsPerSecond' | 'errorsPerSecond' | 'p50' | 'p95' | 'p99' | 'vus') =>
    bins.map((one): Point => [one.second, one[key]]);
  const aimed = (unit: NonNullable<typeof aim>['unit']): Chart['lines'] =>
    aim?.unit === unit && aim.points.length > 1
      ? [
          {
            label: 'target',
            look: 'second',
            points: thinned(aim.points.map(({ second, value }) => [second, value])),
          },
        ]
      : [];
  const errors = series.reduce((sum, point) => sum + point.errors, 0);
  const per = secondsPerBin === 1 ? '' : `mean of ${secondsPerBin} seconds`;
  const worst = secondsPerBin === 1 ? '' : `, worst second of ${secondsPerBin}`;
  const rates = aimed('iterations/s');
  const isKnown = bins.some(({ vus }) => vus !== null);
  return [
    chart({
      small: true,
      title: 'Requests a second',
      unit: rates.length > 0 ? 'and the target, in iterations a second' : per,
      description: `${describe(of('requestsPerSecond'), figure)} ${aimSaid(rates)}${errors === 0 ? 'Every request was answered with 200.' : `${count(errors, 'request was', 'requests were')} not answered with 200.`}`,
      lines: [
        { label: 'requests', look: 'main', filled: true, points: of('requestsPerSecond') },
        ...rates,
        ...(errors > 0
          ? [{ label: 'not 200', look: 'bad' as const, points: of('errorsPerSecond') }]
          : []),
      ],
    }),
    chart({
      small: true,
      title: 'Response time',
      unit: `milliseconds${worst}`,
      description: `99th percentile: ${describe(of('p99'), latency)} Median: ${describe(of('p50'), latency)}`,
      lines: [
        { label: 'p99', look: 'main', points: of('p99') },
        { label: 'p95', look: 'third', points: of('p95') },
        { label: 'p50', look: 'second', points: of('p50') },
      ],
    }),
    isKnown
      ? chart({
          small: true,
          title: 'Virtual users',
          unit: 'with an answer in the second',
          description: describe(of('vus'), whole),
          lines: [{ label: 'users', look: 'main', points: of('vus') }, ...aimed('VUs')],
        })
      : null,
  ];
}

function aimSaid(lines: Chart['lines']): string {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value ?? 0));
  return values.length === 0
    ? ''
    : `The target was between ${figure(Math.min(...values))} and ${figure(Math.max(...values))} iterations a second. `;
}

function thinned(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / CHART_POINTS);
  return points.filter((_, i) => i % step === 0 || i === points.length - 1);
}

function failuresOverTime(series: readonly SeriesPoint[]): readonly (Markup | null)[] {
  return [
    strips(
      { title: 'Refused or without an answer', unit: 'requests', look: 'bad' },
      series,
      ({ failed }) => failed,
    ),
    // Codes are what most items of a corpus are made for: they are no errors.
    strips({ title: 'Failure codes', unit: 'items', look: 'main' }, series, ({ codes }) => codes),
  ];
}

function describe(points: readonly Point[], say: (n: number) => string): string {
  const values = points.map(([, value]) => value).filter((value) => value !== null);
  if (values.length === 0) return 'no sample.';
  return `between ${say(Math.min(...values))} and ${say(Math.max(...values))}.`;
}

function seriesTable({ bins, secondsPerBin }: Binned): Value {
  const time = (ms: number | null): string => (ms === null ? 'no sample' : latency(ms));
  const number = { number: true, short: true } as const;
  return table(
    secondsPerBin === 1
      ? 'Each second.'
      : `Every ${secondsPerBin} seconds: mean rates; percentiles of the worst second.`,
    [
      { head: 'Second' },
      { head: 'Requests/s', ...number },
      { head: 'Not 200/s', ...number },
      { head: 'Users', ...number },
      { head: 'p50', ...number },
      { head: 'p95', ...number },
      { head: 'p99', ...number },
    ],
    bins.map((one) => ({
      cells: [
        whole(one.second),
        rate(one.requestsPerSecond),
        rate(one.errorsPerSecond),
        one.vus === null ? '–' : whole(one.vus),
        time(one.p50),
        time(one.p95),
        time(one.p99),
      ],
    })),
  );
}
