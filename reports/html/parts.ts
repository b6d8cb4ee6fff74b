/** The page's small building blocks: verdict words, tables, findings, fact lists. */

import type { InvariantResult, RunVerdict } from '../../run/run.ts';
import { type Markup, markup, type Value } from './markup.ts';

export type AnyVerdict = RunVerdict | InvariantResult['verdict'];

const TONES: Readonly<Record<AnyVerdict, 'pass' | 'fail' | 'open'>> = {
  pass: 'pass',
  holds: 'pass',
  fail: 'fail',
  violated: 'fail',
  'not exercised': 'open',
  'not valid': 'open',
  'not decidable': 'open',
};

/** Tables of at least so many rows get a box to search them, where scripts run. */
const LONG = 12;

export function tone(verdict: AnyVerdict): 'pass' | 'fail' | 'open' {
  return TONES[verdict];
}

/** A verdict in its colour. `said` words it differently without changing what it is. */
export function verdictWord(verdict: AnyVerdict, said: string = verdict): Markup {
  return markup`<span class="v ${tone(verdict)}">${said}</span>`;
}

export interface Column {
  readonly head: string;
  /** Right-aligned. */
  readonly number?: true;
  /** A word or a figure: shares its line on a narrow screen. */
  readonly short?: true;
}

export interface Row {
  /** The first cell is the row's header. */
  readonly cells: readonly Value[];
  readonly failed?: boolean;
}

/**
 * A table that becomes a list of rows on a narrow screen. Explicit roles keep it a table to screen
 * readers there, where CSS takes the display types away.
 */
export function table(caption: Value, columns: readonly Column[], rows: readonly Row[]): Markup {
  const kind = (i: number): string =>
    (columns[i]?.number ? 'num' : 'text') + (columns[i]?.short ? ' short' : '');
  return markup`<table role="table"${rows.length >= LONG ? markup` class="long"` : null}><caption>${caption}</caption>
<thead role="rowgroup"><tr role="row">${columns.map(
    ({ head }, i) => markup`<th scope="col" role="columnheader" class="${kind(i)}">${head}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${rows.map(
    ({ cells, failed }) => markup`<tr role="row" class="${failed ? 'fail' : 'plain'}">${cells.map(
      (cell, i) =>
        i === 0
          ? markup`<th scope="row" role="rowheader">${cell}</th>`
          : markup`<td role="cell" class="${kind(i)}" data-head="${columns[i]?.head ?? ''}"><span>${cell}</span></td>`,
    )}</tr>
`,
  )}</tbody></table>`;
}

/** Something that failed or could not be judged, with its evidence. `where` follows the verdict. */
export function finding(
  title: string,
  verdict: AnyVerdict,
  where: Value,
  evidence: readonly string[],
): Markup {
  return markup`<div class="finding ${tone(verdict)}"><h3>${title}</h3><p class="small">${verdictWord(verdict)} ${where}</p>${
    evidence.length > 0 ? evidenceBlock(evidence) : null
  }</div>`;
}

export function evidenceBlock(evidence: readonly string[]): Markup {
  return markup`<pre>${evidence.join('\n')}</pre>`;
}

export function facts(pairs: readonly (readonly [string, Value])[]): Markup {
  return markup`<dl class="facts">${pairs.map(
    ([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`;
}

/** Content that is there, but not in the way. */
export function folded(summary: Value, content: Value): Markup {
  return markup`<details><summary>${summary}</summary>${content}</details>`;
}

/** The first of these, and the others folded. */
export function firstOf<Item>(
  items: readonly Item[],
  most: number,
  render: (items: readonly Item[]) => Value,
  more: (left: number) => string,
): Value {
  const left = items.length - most;
  // One more line is no longer than the line that would stand for it. A whole block is.
  if (left <= (most > 1 ? 1 : 0)) return render(items);
  return [render(items.slice(0, most)), folded(more(left), render(items.slice(most)))];
}

export function list(items: readonly Value[]): Markup {
  return markup`<ul>${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
}

export function code(text: string): Markup {
  return markup`<code>${breakable(text)}</code>`;
}

/** Long names break between their words: after _ and before a capital. */
function breakable(text: string): Value {
  return text
    .split(/(?<=_)|(?<=[a-z])(?=[A-Z])/)
    .map((part, i) => (i === 0 ? part : markup`<wbr>${part}`));
}

/** A name from one of our own tables: short enough to stay on one line of a wide screen. */
export function name(text: string): Markup {
  return markup`<code class="name">${breakable(text)}</code>`;
}

/** Markup joined by a comma. */
export function listed(items: readonly Value[]): Value {
  return items.map((item, i) => (i === 0 ? item : markup`, ${item}`));
}
