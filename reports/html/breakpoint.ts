/** The search for the highest rate as a picture: the rates in the order in which they were tried. */

import { scaleLinear } from 'd3-scale';
import { count, whole } from '../../run/figures.ts';
import type { LoadResult } from '../../run/run.ts';
import { tenth } from './chart.ts';
import { type Markup, markup } from './markup.ts';

const WIDTH = 350;
const HEIGHT = 190;
const MARGIN = { top: 12, right: 50, bottom: 24, left: 46 };
const ARM = 4;

/** Null for a scenario that searched for no rate. */
export function breakpointChart({ findings }: LoadResult): Markup | null {
  const steps = findings.flatMap((one) => (one.kind === 'step' ? [one] : []));
  if (steps.length === 0) return null;
  const held = Math.max(0, ...steps.filter(({ why }) => why === null).map(({ rate }) => rate));
  const x = scaleLinear()
    .domain([1, Math.max(2, steps.length)])
    .range([MARGIN.left + 10, WIDTH - MARGIN.right]);
  const y = scaleLinear()
    .domain([0, Math.max(...steps.map(({ rate }) => rate))])
    .range([HEIGHT - MARGIN.bottom, MARGIN.top])
    .nice(4);
  const label = `${count(steps.length, 'rate was', 'rates were')} tried: ${steps.map(({ rate, why }) => `${whole(rate)} ${why === null ? 'held' : 'did not'}`).join(', ')}. The highest that held is ${whole(held)} a second.`;
  return markup`<figure class="chart small"><figcaption>Breakpoint <span>rates tried, in their order: ● held, ✕ did not</span></figcaption>
<svg class="narrow" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${y
    .ticks(4)
    .map(
      (tick) =>
        markup`<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${tenth(y(tick))}" y2="${tenth(y(tick))}"/><text x="${MARGIN.left - 8}" y="${tenth(y(tick)) + 4}" text-anchor="end">${whole(tick)}</text>`,
    )}<path class="line second" d="M${MARGIN.left},${tenth(y(held))}H${WIDTH - MARGIN.right}"/><text class="n" x="${WIDTH - MARGIN.right + 6}" y="${tenth(y(held)) + 4}">${whole(held)}</text>${steps.map(
    ({ rate, why }, i) => mark(tenth(x(i + 1)), tenth(y(rate)), why === null),
  )}</svg></figure>`;
}

function mark(x: number, y: number, holds: boolean): Markup {
  return holds
    ? markup`<circle class="main" cx="${x}" cy="${y}" r="4"/>`
    : markup`<path class="line bad" d="M${x - ARM},${y - ARM}L${x + ARM},${y + ARM}M${x - ARM},${y + ARM}L${x + ARM},${y - ARM}"/>`;
}
