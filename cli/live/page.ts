/** The page of a run that is under way, and the part of it that changes. Pure. */

import { loadReasonSaid } from '../../reports/english/load.ts';
import { chart, type Line, type Point } from '../../reports/html/chart.ts';
import { Markup, markup, type Value } from '../../reports/html/markup.ts';
import { tone, verdictWord } from '../../reports/html/parts.ts';
import { STYLE } from '../../reports/html/style.ts';
import { duration, figure, latency, rate, share, whole } from '../../run/figures.ts';
import type { Moment, WatchedScenario } from './watched.ts';

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

/** @param nonce nonce by which the Content-Security-Policy allows the page's script. */
export function livePage(nonce: string, scenarios: readonly WatchedScenario[]): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'`;
  return markup`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>dialproof, live</title>
<link rel="icon" href="data:,">
${STYLE}</head>
<body><div class="sheet">
<p class="imprint"><span><b>dialproof</b> load</span><span id="state" role="status">Connecting.</span></p>
<main id="run">${liveRun(scenarios)}</main>
</div><script nonce="${nonce}">${new Markup(SCRIPT)}</script></body></html>
`.html;
}

/** The running scenario first, then the finished ones. */
export function liveRun(scenarios: readonly WatchedScenario[]): Markup {
  if (scenarios.length === 0) return markup`<p>Nothing has been sent yet.</p>`;
  return markup`${scenarios.toReversed().map(section)}`;
}

function section({ name, latest, moments, result }: WatchedScenario): Value {
  return markup`<section><header><h2>${name}${
    result ? markup` ${verdictWord(result.verdict)}` : null
  }</h2>
<p class="lede">${result ? duration(result.durationMs) : latest ? timeOf(latest) : 'Getting ready.'}</p></header>
${result?.reasons.map((reason) => markup`<p class="note ${tone(result.verdict)}">${loadReasonSaid(reason)}</p>`) ?? null}
${latest ? glance({ ...latest, ...result }, moments.at(-1)) : null}
${moments.length > 1 ? charts(moments) : null}</section>
`;
}

function timeOf({ elapsedMs, plannedMs }: NonNullable<WatchedScenario['latest']>): string {
  const left = plannedMs == null ? '' : `, ${duration(Math.max(0, plannedMs - elapsedMs))} to go`;
  return `${duration(elapsedMs)}${left}`;
}

function glance(
  { iterations, requests, failed, vus, target, p95Ms }: NonNullable<WatchedScenario['latest']>,
  now: Moment | undefined,
): Value {
  const facts: (readonly [string, string])[] = [
    ['requests a second', now ? rate(now.requestsPerSecond) : '0'],
    ['aimed at', target ? `${figure(Math.round(target.value))} ${target.unit}` : 'no rate'],
    ['p99 just now', now?.p99 == null ? 'no answer' : latency(now.p99)],
    ['p95 so far', p95Ms == null ? 'no answer' : latency(p95Ms)],
    ['iterations', whole(iterations)],
    ['requests', whole(requests)],
    ['not as expected', failed ? `${whole(failed)} (${share(failed, requests)})` : '0'],
    ['virtual users', vus === undefined ? 'not told' : whole(vus)],
  ];
  return markup`<dl class="glance">${facts.map(
    ([what, value]) => markup`<div><dt>${what}</dt><dd><span class="n">${value}</span></dd></div>`,
  )}</dl>`;
}

function charts(moments: readonly Moment[]): Value {
  const of = (key: Exclude<keyof Moment, 'second'>): Point[] =>
    moments.map((moment) => [moment.second, moment[key]]);
  const line = (label: string, look: Line['look'], key: Exclude<keyof Moment, 'second'>) => {
    const points = of(key);
    return points.some(([, value]) => value !== null && value !== 0)
      ? [{ label, look, points }]
      : [];
  };
  return [
    chart({
      title: 'Requests a second',
      unit: '',
      description: 'Requests that ended, against the rate that the scenario aims at.',
      lines: [
        ...line('aim', 'second', 'aimPerSecond'),
        ...line('requests', 'main', 'requestsPerSecond').map((one) => ({
          ...one,
          filled: true as const,
        })),
        ...line('not as expected', 'bad', 'failedPerSecond'),
      ],
    }),
    chart({
      title: 'Response time',
      unit: 'milliseconds, of the latest answers at each moment',
      description: 'Median and 99th percentile.',
      lines: [...line('p99', 'main', 'p99'), ...line('p50', 'second', 'p50')],
    }),
    chart({
      title: 'Virtual users',
      unit: 'active',
      description: 'Virtual users that were active.',
      lines: line('VUs', 'main', 'vus'),
    }),
  ];
}
