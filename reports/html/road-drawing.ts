/** The way of dial requests as one picture: a bar for each step, and beside it what did not come so far. */

import { whole } from '../../run/figures.ts';
import { partsSaid, type RoadStep, STEPS } from '../content/road.ts';
import { type Markup, markup } from './markup.ts';

interface Frame {
  readonly look: 'wide' | 'narrow';
  readonly width: number;
  /** Of the names, to the left of the bars. The narrow picture has them above the bars. */
  readonly names: number;
  /** Of a step. */
  readonly height: number;
  /** From the top of a step to its bar. */
  readonly above: number;
  /** Codes and reasons that have room below a bar. The table has all of them. */
  readonly parts: number;
}

const FRAMES: readonly Frame[] = [
  { look: 'wide', width: 880, names: 130, height: 46, above: 4, parts: 3 },
  { look: 'narrow', width: 350, names: 0, height: 62, above: 18, parts: 0 },
];

const BAR = 18;
/** Room for a number at the end of the longest bar. */
const NUMBER = 70;

export function roadDrawing(steps: readonly RoadStep[]): Markup {
  return markup`<figure class="chart"><figcaption>From dial requests to ended calls <span>dial requests that came so far, and those that did not</span></figcaption>
${FRAMES.map((frame) => drawing(frame, steps))}</figure>`;
}

function drawing(frame: Frame, steps: readonly RoadStep[]): Markup {
  const { look, width, height } = frame;
  const label = `${steps.map(({ name, count }) => `${name}: ${whole(count)}`).join(', ')}.`;
  return markup`<svg class="${look}" viewBox="0 0 ${width} ${steps.length * height}" role="img" aria-label="${label}">
${steps.map((step, i) => stepDrawing(frame, step, i, steps))}</svg>
`;
}

function stepDrawing(
  { width, names, height, above, parts }: Frame,
  step: RoadStep,
  i: number,
  steps: readonly RoadStep[],
): Markup {
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const scale = (count: number) => Math.round((count / most) * (width - names - NUMBER) * 10) / 10;
  const isLast = step.name === STEPS.ended;
  // Contacts end whatever came of them: nothing is missing at the last step.
  const before = isLast ? step.count : (steps[i - 1]?.count ?? step.count);
  const y = i * height + above;
  const there = scale(step.count);
  const missing = Math.max(0, scale(before) - there);
  const said = isLast ? endsSaid(step, parts) : missingSaid(step, parts);
  return markup`<text x="0" y="${names > 0 ? y + 13 : y - 5}">${step.name}</text><rect class="main" x="${names}" y="${y}" width="${there}" height="${BAR}"/>${
    missing > 0
      ? markup`<rect class="missing" x="${names + there}" y="${y}" width="${missing}" height="${BAR}"/>`
      : null
  }<text class="n" x="${names + there + missing + 8}" y="${y + 13}">${whole(step.count)}</text>${
    said === '' ? null : markup`<text x="${names}" y="${y + BAR + 14}">${said}</text>`
  }`;
}

/** The narrow picture has room for one. */
function endsSaid({ parts }: RoadStep, most: number): string {
  return partsSaid(parts, Math.max(1, most));
}

function missingSaid({ aside, parts }: RoadStep, most: number): string {
  if (aside === null) return '';
  const listed = most === 0 ? '' : partsSaid(parts, most);
  return listed === '' ? aside : `${aside}: ${listed}`;
}
