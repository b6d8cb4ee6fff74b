/** What broke, grouped by cause. */

import { causesOf } from '../../run/causes/causes.ts';
import { count } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { causeSaid, placeSaid } from '../english/causes.ts';
import { runReasonSaid } from '../english/run.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { code, firstOf, list } from './parts.ts';
import type { Section } from './section.ts';

/** Failed checks of a cause, and reasons, that are not folded. */
const PLACES_SHOWN = 4;
const REASONS_SHOWN = 12;

/** Nothing for a run in which nothing failed. */
export function causeSections(run: Run): readonly Section[] {
  const causes = causesOf(run);
  if (causes.length === 0) return [];
  return [
    {
      id: 'causes',
      title: 'What broke',
      verdict: 'fail',
      lede: `${count(causes.length, 'cause explains', 'causes explain')} every failed check of this run.`,
      body: [
        causes.map(
          (cause): Markup =>
            markup`<div class="finding fail"><h3>${causeSaid(cause)}</h3><p class="small">${code(cause.id)}</p>${
              cause.places.length > 0 ? placesOf(cause.places) : null
            }</div>`,
        ),
        reasons(run),
      ],
    },
  ];
}

function placesOf(places: readonly string[]): Value {
  return firstOf(
    places,
    PLACES_SHOWN,
    (some) => markup`<div class="small">${list(some.map(placeSaid))}</div>`,
    (left) => count(left, 'more failed check'),
  );
}

/** With the figures, and what to do. */
function reasons(run: Run): Value {
  const said = standing(run).reasons.map(runReasonSaid);
  return markup`<h3>As each part tells it</h3>${firstOf(
    said,
    REASONS_SHOWN,
    list,
    (left) => `${left} more`,
  )}`;
}
