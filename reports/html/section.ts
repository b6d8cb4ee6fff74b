/** A part of the page. The opening links to it, and a part with failures comes earlier. */

import type { RunVerdict } from '../../run/run.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { verdictWord } from './parts.ts';

export interface Section {
  /** Fragment id: ours, never from the run's data. */
  readonly id: string;
  readonly title: string;
  /** Null where there is nothing to judge. */
  readonly verdict: RunVerdict | null;
  /** The section that has it in a line already: it is listed by itself only where it does not pass. */
  readonly within?: string;
  readonly lede: Value;
  readonly body: Value;
}

/** What a reader has to look at comes first. Parts that were not asked for are not exercised either. */
const ORDER: readonly Section['verdict'][] = ['fail', 'not valid', 'not exercised', 'pass', null];

export function inOrder(sections: readonly Section[]): readonly Section[] {
  return sections.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
}

export function renderSection({ id, title, verdict, lede, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><header><h2 id="${id}-title">${title}${
    verdict && markup` <span class="quiet">—</span> ${verdictWord(verdict)}`
  }</h2><p class="lede quiet">${lede}</p></header>
${body}</section>
`;
}

export function renderContents(sections: readonly Section[]): Markup {
  return markup`<nav aria-label="Sections"><ul>${sections
    .filter(({ within, verdict }) => within === undefined || verdict !== 'pass')
    .map(
      ({ id, title, verdict }) =>
        markup`<li><a href="#${id}">${title}</a>${verdict && markup` ${verdictWord(verdict)}`}</li>`,
    )}</ul></nav>`;
}
