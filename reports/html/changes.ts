/** What changed since earlier runs. */

import type { Changes } from '../../run/compare/changes.ts';
import type { Comparison } from '../../run/compare/compare.ts';
import { count } from '../../run/figures.ts';
import type { Change } from '../../run/statements/changes.ts';
import {
  changeSaid,
  EFFECT_WORDS,
  extentSaid,
  limitsSaid,
  runNamedSaid,
} from '../english/changes.ts';
import { type Markup, markup } from './markup.ts';
import { firstOf, table } from './parts.ts';
import type { Section } from './section.ts';

/** Improvements and other changes that are not folded. No regression ever is. */
const SHOWN = 8;

/** Nothing where no run was compared, or nothing changed: the first screen has said so. */
export function changeSections({ comparisons }: Changes): readonly Section[] {
  const changed = comparisons.filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return [];
  return [
    {
      id: 'changes',
      title: 'What changed',
      verdict: null,
      lede: changed.map((one) => `Since ${one.against}: ${extentSaid(one)}.`).join(' '),
      body: changed.map(comparisonBlock),
    },
  ];
}

function comparisonBlock(comparison: Comparison): Markup {
  const { against, before, changes } = comparison;
  const regressions = changes.filter(({ effect }) => effect === 'regression').length;
  return markup`<h3>Since ${against}</h3><p class="small quiet">${before.id} (${runNamedSaid(before)})</p>${firstOf(
    changes,
    Math.max(regressions, SHOWN),
    (some) => changesTable(against, some),
    (left) => count(left, 'more change'),
  )}${limitsSaid(comparison).map((text) => markup`<p class="small quiet">${text}</p>`)}`;
}

function changesTable(against: string, changes: readonly Change[]): Markup {
  return table(
    `Changes since ${against}, regressions first.`,
    [{ head: 'Change' }, { head: 'Kind' }],
    changes.map((one) => ({
      cells: [changeSaid(one), EFFECT_WORDS[one.effect]],
      failed: one.effect === 'regression',
    })),
  );
}
