/** A comparison of runs as Markdown, for a comment or a step summary. */

import type { Comparison } from '../../run/compare/compare.ts';
import { whole } from '../../run/figures.ts';
import {
  changeSaid,
  EFFECT_WORDS,
  extentSaid,
  limitsSaid,
  runNamedSaid,
} from '../english/changes.ts';
import { line, MOST_BYTES, table } from './text.ts';

/** What a change may take. */
const LETTERS = 400;

/** GitHub-flavoured Markdown of at most 60,000 bytes, cut at the border of a row. */
export function renderComparison(comparison: Comparison): string {
  const { changes } = comparison;
  for (let shown = changes.length; ; shown = Math.floor(shown / 2)) {
    const text = compose(comparison, shown);
    if (Buffer.byteLength(text) <= MOST_BYTES || shown === 0) return text;
  }
}

function compose(comparison: Comparison, shown: number): string {
  const { against, before, after, changes } = comparison;
  const left = changes.length - shown;
  return [
    `**Since ${line(against, LETTERS)}** (${line(runNamedSaid(before), LETTERS)}): ${extentSaid(comparison)}. The newer run: ${line(runNamedSaid(after), LETTERS)}.`,
    table(
      ['Change', 'Kind'],
      [
        ...changes
          .slice(0, shown)
          .map((change) => [
            line(changeSaid(change), LETTERS),
            change.effect === 'regression' ? '**Regression**' : EFFECT_WORDS[change.effect],
          ]),
        ...(left > 0 ? [[`${whole(left)} more changes in the JSON of the comparison`, '']] : []),
      ],
    ),
    ...limitsSaid(comparison).map((text) => line(text, LETTERS)),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}
