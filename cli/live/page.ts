/** The page of a run that is under way, and what the parts of it that change have in common. Pure. */

import type { Line } from '../../reports/html/chart.ts';
import { Markup, markup } from '../../reports/html/markup.ts';
import { STYLE } from '../../reports/html/style.ts';

/** Updates the page with each event of the server. The last event says that no more will follow. */
const SCRIPT = `
const events = new EventSource('/events');
const state = document.getElementById('state');
events.addEventListener('run', ({ data }) => {
  document.getElementById('run').innerHTML = JSON.parse(data);
});
events.addEventListener('over', () => {
  events.close();
  state.textContent = 'The run is over; this page stays as it is.';
});
events.onopen = () => { state.textContent = 'Live.'; };
events.onerror = () => { state.textContent = 'No word from the run: it has ended, or is busy.'; };
`;

/**
 * @param nonce nonce by which the Content-Security-Policy allows the page's script.
 * @param what what is run.
 * @param run the part that changes.
 */
export function livePage(nonce: string, what: string, run: Markup): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'`;
  return markup`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dialproof, live</title>
<link rel="icon" href="data:,">
${STYLE}</head>
<body><div class="sheet">
<p class="imprint"><span><b>dialproof</b> ${what}</span><span id="state" role="status">Connecting.</span></p>
<main id="run">${run}</main>
</div><script nonce="${nonce}">${new Markup(SCRIPT)}</script></body></html>
`.html;
}

/** Figures in large type. */
export function glance(facts: readonly (readonly [what: string, value: string])[]): Markup {
  return markup`<dl class="glance">${facts.map(
    ([what, value]) => markup`<div><dt>${what}</dt><dd><span class="n">${value}</span></dd></div>`,
  )}</dl>`;
}

/** A line over the moments of a run; none where all of them have nothing. */
export function lineOf<Key extends string>(
  moments: readonly ({ readonly second: number } & Readonly<Record<Key, number | null>>)[],
  key: Key,
  label: string,
  look: Line['look'],
): Line[] {
  const points = moments.map((moment) => [moment.second, moment[key]] as const);
  const isThere = points.some(([, value]) => value !== null && value !== 0);
  return isThere ? [{ label, look, points }] : [];
}
