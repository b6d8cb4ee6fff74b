/** All metrics of a script, as k6 shows them at the end of a test. */

import { whole } from '../../run/figures.ts';
import type { LoadResult, MetricResult } from '../../run/run.ts';
import { metricGroups, metricSaid, valueSaid } from '../content/metrics.ts';
import { markup, type Value } from './markup.ts';
import { code, table, verdictWord } from './parts.ts';

/** Trends have a column for each statistic. Other metrics have a value with what belongs to it. */
export function metricTables(load: LoadResult): Value {
  const all = metricGroups(load).flatMap((group) => group.metrics);
  if (all.length === 0) {
    return markup`<p>${verdictWord('not exercised')}: no sample.</p>`;
  }
  const trends = all.filter(({ type }) => type === 'trend');
  const others = all.filter(({ type }) => type !== 'trend');
  const stats = [...new Set(trends.flatMap(({ values }) => Object.keys(values)))];
  return markup`${
    trends.length === 0
      ? null
      : table(
          'Trends, over all samples.',
          [
            { head: 'Metric' },
            ...stats.map((head) => ({ head, number: true as const, short: true as const })),
          ],
          trends.map((one) => ({
            cells: [code(one.name), ...stats.map((stat) => statOf(one, stat))],
          })),
        )
  }${
    others.length === 0
      ? null
      : table(
          'Counters, rates and gauges.',
          [{ head: 'Metric' }, { head: 'Value' }],
          others.map((one) => ({ cells: [code(one.name), metricSaid(one)] })),
        )
  }`;
}

function statOf({ values, contains }: MetricResult, stat: string): string {
  const value = values[stat];
  if (value === undefined) return '–';
  return stat === 'count' ? whole(value) : valueSaid(value, contains);
}
