/** What broke, grouped by cause. */

import { causesOf } from '../../run/causes/causes.ts';
import { count } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { causeSaid, placeSaid } from '../english/causes.ts';
import { type Markup, markup } from './markup.ts';
import { code, folded } from './parts.ts';
import type { Section } from './section.ts';

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
      body: causes.map((cause): Markup => {
        const places = markup`<ul>${cause.places.map((place) => markup`<li>${placeSaid(place)}</li>`)}</ul>`;
        return markup`<div class="finding fail"><h3>${causeSaid(cause)}</h3><p class="small">${code(cause.id)}</p>${
          cause.places.length > 0
            ? folded(count(cause.places.length, 'failed check'), places)
            : null
        }</div>`;
      }),
    },
  ];
}
