/** A line chart over time as static inline SVG, drawn once for wide screens and once for narrow ones. */

import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { clock, figure } from '../../run/figures.ts';
import { Markup, markup, type Value } from './markup.ts';

/** A point: seconds since the start, or another unit of time; and a value, null for a gap. */
export type Point = readonly [second: number, value: number | null];

export interface Line {
  readonly label: string;
  readonly look: 'main' | 'second' | 'third' | 'bad';
  readonly points: readonly Point[];
  /** Fill the ground below the line. */
  readonly filled?: true;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  /** What a reader who cannot see the chart must know: a sentence or two. */
  readonly description: string;
  readonly lines: readonly Line[];
  /** Names a time below the chart. Absent: points have seconds, which are shown as a clock. */
  readonly tick?: (time: number) => string;
  /** One of several side by side: drawn once, for a narrow space. */
  readonly small?: true;
}

interface Frame {
  readonly look: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly timeTicks: number;
}

const FRAMES: readonly Frame[] = [
  { look: 'wide', width: 880, height: 210, timeTicks: 8 },
  { look: 'narrow', width: 350, height: 190, timeTicks: 4 },
];

const MARGIN = { top: 10, right: 62, bottom: 24, left: 46 };
/** Labels closer than this would overlap. */
const LABEL_HEIGHT = 14;

type Scale = ScaleLinear<number, number>;

export function chart({ title, unit, description, lines, tick = clock, small }: Chart): Markup {
  const frames = small ? FRAMES.filter(({ look }) => look === 'narrow') : FRAMES;
  return markup`<figure class="chart${small ? ' small' : ''}"><figcaption>${title} <span>${unit}</span></figcaption>
${frames.map((frame) => drawing(frame, lines, `${title}. ${description}`, tick))}</figure>`;
}

function drawing(
  frame: Frame,
  lines: readonly Line[],
  label: string,
  tick: (time: number) => string,
): Markup {
  const { look, width, height } = frame;
  const points = lines.flatMap((one) => one.points);
  const last = points.reduce((most, [second]) => Math.max(most, second), 0);
  const highest = points.reduce((most, [, value]) => Math.max(most, value ?? 0), 0);
  const x = scaleLinear()
    .domain([0, Math.max(last, 1)])
    .range([MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear()
    .domain([0, highest || 1])
    .range([height - MARGIN.bottom, MARGIN.top])
    .nice(4);
  return markup`<svg class="${look}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${axes(x, y, frame, tick)}
${lines.map((one) => drawLine(one, x, y))}
${labels(lines, y, width)}</svg>
`;
}

function axes(
  x: Scale,
  y: Scale,
  { width, height, timeTicks }: Frame,
  named: (time: number) => string,
): Value {
  const right = width - MARGIN.right;
  return [
    y.ticks(4).map((tick) => {
      const at = tenth(y(tick));
      return markup`<line class="grid" x1="${MARGIN.left}" x2="${right}" y1="${at}" y2="${at}"/><text x="${MARGIN.left - 8}" y="${at + 4}" text-anchor="end">${figure(tick)}</text>`;
    }),
    wholeTimes(x, timeTicks).map(
      (tick) =>
        markup`<text x="${tenth(x(tick))}" y="${height - 6}" text-anchor="middle">${named(tick)}</text>`,
    ),
  ];
}

function wholeTimes(x: Scale, ticks: number): readonly number[] {
  return x.ticks(ticks).filter(Number.isInteger);
}

function drawLine({ look, points, filled }: Line, x: Scale, y: Scale): Value {
  const known = ([, value]: Point): boolean => value !== null;
  const px = ([second]: Point): number => tenth(x(second));
  const py = ([, value]: Point): number => tenth(y(value ?? 0));
  const path = line<Point>().defined(known).x(px).y(py);
  const ground = area<Point>()
    .defined(known)
    .x(px)
    .y0(tenth(y(0)))
    .y1(py);
  return [
    filled ? markup`<path class="area" d="${shape(ground(points))}"/>` : null,
    markup`<path class="line ${look}" d="${shape(path(points))}"/>`,
    // A point between two gaps has no line to be part of.
    points
      .filter((point, i) => known(point) && !isKnown(points[i - 1]) && !isKnown(points[i + 1]))
      .map(
        (point) => markup`<circle class="${look}" cx="${px(point)}" cy="${py(point)}" r="2.5"/>`,
      ),
  ];
}

function isKnown(point: Point | undefined): boolean {
  return point !== undefined && point[1] !== null;
}

/** Each line is named at its right end; names that would touch are moved apart. */
function labels(lines: readonly Line[], y: Scale, width: number): Value {
  const ends = lines
    .map(({ label, look, points }) => ({
      label,
      look,
      at: tenth(y(points.findLast(([, value]) => value !== null)?.[1] ?? 0)) + 4,
    }))
    .toSorted((a, b) => b.at - a.at);
  // Apart from below upwards; and if that leaves the picture, from its top downwards.
  let ceiling = Number.POSITIVE_INFINITY;
  const placed = ends.map((end) => {
    ceiling = Math.min(end.at, ceiling);
    const at = ceiling;
    ceiling -= LABEL_HEIGHT;
    return { ...end, at };
  });
  let floor = MARGIN.top;
  for (const end of placed.toReversed()) {
    end.at = Math.max(end.at, floor);
    floor = end.at + LABEL_HEIGHT;
  }
  return placed.map(
    ({ label, look, at }) =>
      markup`<text class="${look}" x="${width - MARGIN.right + 6}" y="${at}">${label}</text>`,
  );
}

/** A coordinate. */
export function tenth(n: number): number {
  return Math.round(n * 10) / 10;
}

/** Path data made by d3-shape from numbers. */
function shape(data: string | null): Markup {
  return new Markup(data ?? '');
}
