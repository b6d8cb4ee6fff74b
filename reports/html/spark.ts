/** Pictures that fit into a cell of a table. The cells beside them have the figures. */

import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import type { Percentiles } from '../../run/run.ts';
import { tenth } from './chart.ts';
import { Markup, markup, type Value } from './markup.ts';

const WIDTH = 110;
const HEIGHT = 20;
/** More points than pixels show nothing more. */
const MOST_POINTS = 110;
const SHORTEST_MS = 0.1;

/** A line of counts, one for each second. A dash where there is no line to be drawn. */
export function spark(counts: readonly number[]): Value {
  if (counts.length < 3) return '–';
  const step = Math.ceil(counts.length / MOST_POINTS);
  const means = Array.from({ length: Math.ceil(counts.length / step) }, (_, i) => {
    const some = counts.slice(i * step, (i + 1) * step);
    return some.reduce((sum, n) => sum + n, 0) / some.length;
  });
  const x = scaleLinear()
    .domain([0, means.length - 1])
    .range([1, WIDTH - 1]);
  const y = scaleLinear()
    .domain([0, Math.max(1, ...means)])
    .range([HEIGHT - 1, 1]);
  const path = line<number>()
    .x((_, i) => tenth(x(i)))
    .y((n) => tenth(y(n)));
  return markup`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path class="line main" d="${new Markup(path(means) ?? '')}"/></svg>`;
}

/** Response times on a logarithmic scale that ends at `slowest` milliseconds. */
export function spread({ p50, p99, max }: Percentiles, slowest: number): Markup {
  const x = scaleLog()
    .domain([SHORTEST_MS, Math.max(slowest, 1)])
    .range([1, WIDTH - 2])
    .clamp(true);
  const at = (ms: number): number => tenth(x(Math.max(ms, SHORTEST_MS)));
  return markup`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><line class="grid" x1="0" x2="${WIDTH}" y1="10" y2="10"/><rect class="main" x="${at(p50)}" y="5" width="${tenth(Math.max(2, at(p99) - at(p50)))}" height="10"/><rect class="end" x="${at(max)}" y="3" width="1.5" height="14"/></svg>`;
}
