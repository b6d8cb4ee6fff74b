/** How the response times of a scenario are spread: a histogram on a logarithmic scale, with its percentiles. */

import { scaleLinear, scaleLog } from 'd3-scale';
import { latency, share, whole } from '../../run/figures.ts';
import type { LatencyBucket, LoadResult, Percentiles } from '../../run/run.ts';
import { tenth } from './chart.ts';
import { type Markup, markup, type Value } from './markup.ts';

const WIDTH = 350;
const HEIGHT = 190;
const MARGIN = { top: 30, right: 8, bottom: 24, left: 8 };
/** Percentile marks closer than this have one label. */
const LABEL_WIDTH = 26;

/** Null without a sample, and for a run of an older version. */
export function distribution({ histogram, latencyMs }: LoadResult): Markup | null {
  const [first] = histogram;
  const last = histogram.at(-1);
  if (!first || !last || !latencyMs) return null;
  const { p50, p95, p99, max } = latencyMs;
  const label = `Response times of all requests. Median ${latency(p50)}, 95th percentile ${latency(p95)}, 99th percentile ${latency(p99)}, longest ${latency(max)}.`;
  return markup`<figure class="chart small"><figcaption>Response times <span>of all requests, logarithmic; longest ${latency(max)}</span></figcaption>
<svg class="narrow" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">${drawing(histogram, first.fromMs, last.toMs, latencyMs)}</svg></figure>`;
}

function drawing(
  histogram: readonly LatencyBucket[],
  from: number,
  to: number,
  latencyMs: Percentiles,
): Value {
  const x = scaleLog()
    .domain([from, to])
    .range([MARGIN.left, WIDTH - MARGIN.right])
    .clamp(true);
  const most = Math.max(...histogram.map((one) => one.count));
  const y = scaleLinear()
    .domain([0, most])
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  const bottom = y(0);
  return [
    histogram.map((one) => {
      const left = tenth(x(one.fromMs));
      const width = tenth(Math.max(1, x(one.toMs) - x(one.fromMs) - 1));
      // Even a single request must be seen.
      const top = tenth(Math.min(y(one.count), bottom - 1));
      return markup`<rect class="main" x="${left}" y="${top}" width="${width}" height="${tenth(bottom - top)}"/>`;
    }),
    ticks(from, to).map(
      (ms) =>
        markup`<text x="${tenth(x(ms))}" y="${HEIGHT - 6}" text-anchor="middle">${shortly(ms)}</text>`,
    ),
    marks(latencyMs, (ms) => tenth(x(ms))),
  ];
}

/** Powers of ten; where there are fewer than two of them, the ends. */
function ticks(from: number, to: number): readonly number[] {
  const tens: number[] = [];
  for (let power = Math.ceil(Math.log10(from)); 10 ** power <= to; power += 1) {
    tens.push(10 ** power);
  }
  return tens;
}

function shortly(ms: number): string {
  return ms >= 1_000 ? `${ms / 1_000} s` : `${Number(ms.toPrecision(2))} ms`;
}

function marks({ p50, p95, p99 }: Percentiles, x: (ms: number) => number): readonly Markup[] {
  let free = Number.POSITIVE_INFINITY;
  return (
    [
      ['p99', p99],
      ['p95', p95],
      ['p50', p50],
    ] as const
  ).map(([name, ms]) => {
    const at = x(ms);
    const isFree = at + LABEL_WIDTH / 2 < free;
    if (isFree) free = at - LABEL_WIDTH / 2;
    return markup`<line class="mark" x1="${at}" x2="${at}" y1="${MARGIN.top - 8}" y2="${HEIGHT - MARGIN.bottom}"/>${
      isFree
        ? markup`<text class="n" x="${Math.min(WIDTH - 12, Math.max(12, at))}" y="${MARGIN.top - 12}" text-anchor="middle">${name}</text>`
        : null
    }`;
  });
}

/** The histogram as rows of a table. */
export function bucketRows({ histogram, requests }: LoadResult): readonly (readonly string[])[] {
  return histogram.map(({ fromMs, toMs, count: n }) => [
    `${latency(fromMs)} to ${latency(toMs)}`,
    whole(n),
    share(n, requests),
  ]);
}
