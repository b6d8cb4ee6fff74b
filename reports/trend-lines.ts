/** A trend for a terminal: a line for each run, the newest last. */

import type { RunLine } from '../run/compare/line.ts';
import { latency, utc } from '../run/figures.ts';
import type { RunVerdict } from '../run/run.ts';
import { visibleLine } from '../system/visible.ts';

type Paint = (style: 'red' | 'green' | 'yellow', text: string) => string;

/** As many fit on a screen. The page has all. */
const MOST_RUNS = 30;

const STYLES: Readonly<Record<RunVerdict, 'red' | 'green' | 'yellow'>> = {
  pass: 'green',
  fail: 'red',
  'not valid': 'yellow',
  'not exercised': 'yellow',
};

export function trendLines(lines: readonly RunLine[], paint: Paint): readonly string[] {
  const left = lines.length - MOST_RUNS;
  return [
    ...(left > 0 ? [`${left} earlier runs are in the page`] : []),
    ...lines.slice(-MOST_RUNS).map((one) => {
      const { verdict, causes, load } = one;
      const times = load
        .filter(({ valid }) => valid)
        .flatMap(({ scenario, latencyMs }) =>
          latencyMs ? [`${scenario} p50 ${latency(latencyMs.p50)}`] : [],
        );
      return [
        utc(one.startedAt),
        `${paint(STYLES[verdict], verdict)}${' '.repeat('not exercised'.length - verdict.length)}`,
        (one.commit ?? '').slice(0, 8).padEnd(8),
        visibleLine(one.branch ?? ''),
        causes.length === 0
          ? visibleLine(times.join(', '))
          : visibleLine(causes.map(({ id }) => id).join(', ')),
      ]
        .join('  ')
        .trimEnd();
    }),
  ];
}
