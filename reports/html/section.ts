/** A part of the page. The opening links to it. */

import type { RunVerdict } from '../../run/run.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { verdictWord } from './parts.ts';

export interface Section {
  /** Fragment id: ours, never from the run's data. */
  readonly id: string;
  readonly title: string;
  /** Null where there is nothing to judge. */
  readonly verdict: RunVerdict | null;
  readonly lede: Value;
  readonly body: Value;
}

export function renderSection({ id, title, verdict, lede, body }: Section): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-title"><header><h2 id="${id}-title">${title}${
    verdict && markup` <span class="quiet">—</span> ${verdictWord(verdict)}`
  }</h2><p class="lede quiet">${lede}</p></header>
${body}</section>
`;
}

export function renderContents(sections: readonly Section[]): Markup {
  return markup`<nav aria-label="Sections"><ul>${sections.map(
    ({ id, title, verdict }) =>
      markup`<li><a href="#${id}">${title}</a>${verdict && markup` ${verdictWord(verdict)}`}</li>`,
  )}</ul></nav>`;
}
