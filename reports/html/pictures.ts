/** A scenario as pictures. */

import { count, figure, latency, rate, whole } from '../../run/figures.ts';
import type { LoadResult } from '../../run/run.ts';
import { chart } from './chart.ts';
import { markup, type Value } from './markup.ts';
import { folded, table, verdictWord } from './parts.ts';
import { type Binned, bin } from './series.ts';

/** Points of a chart, and rows of the table that says the same in numbers. */
const CHART_POINTS = 240;
const TABLE_ROWS = 30;

export function pictures({ series }: LoadResult): Value {
  if (series.length === 0) {
    return markup`<h3>Over time</h3><p>${verdictWord('not exercised')}: the history has no request.</p>`;
  }
  const binned = bin(series, CHART_POINTS);
  const { bins, secondsPerBin } = binned;
  const of = (key: 'requestsPerSecond' | 'errorsPerSecond' | 'p50' | 'p99') =>
    bins.map((one) => [one.second, one[key]] as const);
  const errors = series.reduce((sum, point) => sum + point.errors, 0);
  const per = secondsPerBin === 1 ? 'each second' : `per ${secondsPerBin} seconds`;
  return markup`<h3>Over time</h3>${chart({
    title: 'Requests a second',
    unit: secondsPerBin === 1 ? '' : `mean ${per}`,
    description: `${describe(of('requestsPerSecond'), figure)} ${errors === 0 ? 'Every request was answered with 200.' : `${count(errors, 'request was', 'requests were')} not answered with 200.`}`,
    lines: [
      { label: 'requests', look: 'main', filled: true, points: of('requestsPerSecond') },
      ...(errors > 0
        ? [{ label: 'not 200', look: 'bad' as const, points: of('errorsPerSecond') }]
        : []),
    ],
  })}${chart({
    title: 'Response time',
    unit: `milliseconds, ${secondsPerBin === 1 ? per : `worst second ${per}`}`,
    description: `99th percentile: ${describe(of('p99'), latency)} Median: ${describe(of('p50'), latency)}`,
    lines: [
      { label: 'p99', look: 'main', points: of('p99') },
      { label: 'p50', look: 'second', points: of('p50') },
    ],
  })}${folded('The same in numbers', seriesTable(bin(series, TABLE_ROWS)))}`;
}

function describe(
  points: readonly (readonly [number, number | null])[],
  say: (n: number) => string,
): string {
  const values = points.map(([, value]) => value).filter((value) => value !== null);
  if (values.length === 0) return 'no sample.';
  return `between ${say(Math.min(...values))} and ${say(Math.max(...values))}.`;
}

function seriesTable({ bins, secondsPerBin }: Binned): Value {
  const time = (ms: number | null): string => (ms === null ? 'no sample' : latency(ms));
  return table(
    secondsPerBin === 1
      ? 'Each second.'
      : `Every ${secondsPerBin} seconds: mean rates; percentiles of the worst second.`,
    [
      { head: 'Second' },
      { head: 'Requests/s', number: true, short: true },
      { head: 'Not 200/s', number: true, short: true },
      { head: 'p50', number: true, short: true },
      { head: 'p99', number: true, short: true },
    ],
    bins.map((one) => ({
      cells: [
        whole(one.second),
        rate(one.requestsPerSecond),
        rate(one.errorsPerSecond),
        time(one.p50),
        time(one.p99),
      ],
    })),
  );
}
