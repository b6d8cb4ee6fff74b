/** What changed since earlier runs, for a terminal. */

import type { Changes } from '../run/compare/changes.ts';
import type { Comparison } from '../run/compare/compare.ts';
import type { Effect } from '../run/statements/changes.ts';
import { visibleLine } from '../system/visible.ts';
import {
  changeSaid,
  EFFECT_WORDS,
  extentSaid,
  limitsSaid,
  missingSaid,
  runNamedSaid,
} from './english/changes.ts';

type Paint = (style: 'red' | 'green' | 'yellow' | 'dim', text: string) => string;

/** The most that is told here. The reports have all. */
const MOST_LINES = 12;

const STYLES: Readonly<Record<Effect, 'red' | 'yellow' | 'green'>> = {
  regression: 'red',
  change: 'yellow',
  improvement: 'green',
};

export function changesLines({ comparisons, missing }: Changes, paint: Paint): readonly string[] {
  return [
    ...comparisons.flatMap((one) => comparisonLines(one, paint)),
    ...missing.map((one) => visibleLine(missingSaid(one))),
  ];
}

/** @param most how many changes are told. */
export function comparisonLines(
  comparison: Comparison,
  paint: Paint,
  most: number = MOST_LINES,
): readonly string[] {
  const { against, before, changes } = comparison;
  const more = changes.length - most;
  return [
    visibleLine(`since ${against} (${runNamedSaid(before)}): ${extentSaid(comparison)}`),
    ...changes
      .slice(0, most)
      .map(
        (one) =>
          `  ${paint(STYLES[one.effect], EFFECT_WORDS[one.effect].toLowerCase())}: ${visibleLine(changeSaid(one))}`,
      ),
    ...(more > 0 ? [`  ${more} more in the report`] : []),
    ...limitsSaid(comparison).map((text) => paint('dim', `  ${visibleLine(text)}`)),
  ];
}
