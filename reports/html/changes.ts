/** What changed since earlier runs. */

import type { Changes } from '../../run/compare/changes.ts';
import type { Comparison } from '../../run/compare/compare.ts';
import {
  changeSaid,
  EFFECT_WORDS,
  extentSaid,
  limitsSaid,
  missingSaid,
  runNamedSaid,
} from '../english/changes.ts';
import { type Markup, markup } from './markup.ts';
import { table } from './parts.ts';
import type { Section } from './section.ts';

/** Nothing where the run was compared with nothing, and nothing was to be compared. */
export function changeSections({ comparisons, missing }: Changes): readonly Section[] {
  if (comparisons.length + missing.length === 0) return [];
  return [
    {
      id: 'changes',
      title: 'What changed',
      verdict: null,
      lede: [
        ...comparisons.map((one) => `Since ${one.against}: ${extentSaid(one)}.`),
        ...missing.map(missingSaid),
      ].join(' '),
      body: comparisons.map(comparisonBlock),
    },
  ];
}

function comparisonBlock(comparison: Comparison): Markup {
  const { against, before, changes } = comparison;
  return markup`<h3>Since ${against}</h3><p class="small quiet">${before.id} (${runNamedSaid(before)})</p>${
    changes.length === 0
      ? markup`<p>Nothing changed.</p>`
      : table(
          `Changes since ${against}, regressions first.`,
          [{ head: 'Change' }, { head: 'Kind', short: true }],
          changes.map((one) => ({
            cells: [changeSaid(one), EFFECT_WORDS[one.effect]],
            failed: one.effect === 'regression',
          })),
        )
  }${limitsSaid(comparison).map((text) => markup`<p class="small quiet">${text}</p>`)}`;
}
