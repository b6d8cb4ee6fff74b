/** What a script measured, as text: the values of its metrics in the groups of k6's end-of-test summary. */

import { bytes, figure, latency, rate, share, whole } from '../../run/figures.ts';
import type { LoadResult, MetricResult } from '../../run/run.ts';

/** Metrics that k6 itself has, by the beginning of their names. Others are the script's own. */
const GROUPS: readonly (readonly [title: string, begins: readonly string[]])[] = [
  ['http', ['http_']],
  ['execution', ['dropped_iterations', 'iteration_duration', 'iterations', 'vus']],
  ['network', ['data_received', 'data_sent']],
];
/** The checks are a table of their own, and groups take the time of what is in them. */
const ELSEWHERE = ['checks'];

export interface MetricGroup {
  /** `custom`, `http`, `execution` or `network`. */
  readonly title: string;
  readonly metrics: readonly MetricResult[];
}

/** The metrics of a script in groups; a group without metrics is left out. */
export function metricGroups({ metrics }: Pick<LoadResult, 'metrics'>): readonly MetricGroup[] {
  const shown = metrics
    .filter(({ name }) => !ELSEWHERE.includes(baseOf(name)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const titleOf = ({ name }: MetricResult) =>
    GROUPS.find(([, begins]) => begins.some((one) => baseOf(name).startsWith(one)))?.[0] ??
    'custom';
  return ['custom', ...GROUPS.map(([title]) => title)]
    .map((title) => ({ title, metrics: shown.filter((one) => titleOf(one) === title) }))
    .filter(({ metrics: own }) => own.length > 0);
}

/** The name without the tags of a sub-metric. */
function baseOf(name: string): string {
  return name.split('{', 1)[0] ?? name;
}

/** A value in the unit of its metric. */
export function valueSaid(value: number, contains: MetricResult['contains']): string {
  if (contains === 'time') return latency(value);
  return contains === 'data' ? bytes(value) : figure(value);
}

/** All values of a metric: `12 (4.1 a second)` · `avg 4.20 ms, p(95) 9.10 ms` · `2.5 % (1 of 40)`. */
export function metricSaid({ type, contains, values }: MetricResult): string {
  // A metric that only a threshold names, and that got no sample.
  if (Object.keys(values).length === 0) return 'no sample';
  const { count = 0, rate: ofAll = 0, passes = 0, fails = 0, value = 0, min = 0, max = 0 } = values;
  const said = (n: number) => valueSaid(n, contains);
  switch (type) {
    case 'counter':
      return `${said(count)} (${contains === 'default' ? rate(ofAll) : said(ofAll)} a second)`;
    case 'rate':
      return `${share(passes, passes + fails)} (${whole(passes)} of ${whole(passes + fails)})`;
    case 'gauge':
      return `${said(value)}, min ${said(min)}, max ${said(max)}`;
    case 'trend':
      return Object.entries(values)
        .map(([stat, n]) => `${stat} ${stat === 'count' ? whole(n) : said(n)}`)
        .join(', ');
  }
}
