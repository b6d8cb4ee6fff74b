/** Counts by name over time: a row of bars for each name. Bars of a row are on a scale of its own. */

import { whole } from '../../run/figures.ts';
import type { SeriesPoint } from '../../run/run.ts';
import { tenth } from './chart.ts';
import { type Markup, markup } from './markup.ts';
import { binnedCounts, type CountsOver } from './series.ts';

const WIDTH = 350;
const ROW = 30;
const BAR = 14;
const MOST_BINS = 70;
const MOST_ROWS = 11;

export interface StripsOf {
  readonly title: string;
  readonly unit: string;
  readonly look: 'main' | 'bad';
}

/** Null where nothing was counted. */
export function strips(
  { title, unit, look }: StripsOf,
  series: readonly SeriesPoint[],
  of: (point: SeriesPoint) => Readonly<Record<string, number | undefined>>,
): Markup | null {
  const rows = binnedCounts(series, MOST_BINS, of).slice(0, MOST_ROWS);
  if (rows.length === 0) return null;
  const label = `${title}. ${rows.map(({ name, total }) => `${name}: ${whole(total)}`).join(', ')}.`;
  return markup`<figure class="chart small"><figcaption>${title} <span>${unit}</span></figcaption>
<svg class="narrow" viewBox="0 0 ${WIDTH} ${rows.length * ROW}" role="img" aria-label="${label}">
${rows.map((row, i) => strip(row, i * ROW, look))}</svg></figure>`;
}

function strip({ name, total, counts }: CountsOver, y: number, look: StripsOf['look']): Markup {
  const most = Math.max(...counts);
  const each = WIDTH / counts.length;
  const bottom = y + ROW - 3;
  return markup`<text x="0" y="${y + 10}">${name}</text><text class="n" x="${WIDTH}" y="${y + 10}" text-anchor="end">${whole(total)}</text><line class="grid" x1="0" x2="${WIDTH}" y1="${bottom}" y2="${bottom}"/>${counts.map(
    (n, i) => {
      const height = tenth((n / most) * (BAR - 1));
      return n === 0
        ? null
        : markup`<rect class="${look}" x="${tenth(i * each)}" y="${tenth(bottom - height)}" width="${tenth(Math.max(1, each - 0.5))}" height="${height}"/>`;
    },
  )}
`;
}
