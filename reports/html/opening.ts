/** The first screen: verdict, why, seeded bugs, what was not exercised, four numbers, the way of the dial requests. */

import { count, duration, latency, utc, whole } from '../../run/figures.ts';
import type { Run, RunVerdict } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { gaps, isPlainRun } from '../content/coverage.ts';
import { invalidPart } from '../content/generator.ts';
import { type ScriptTotals, scriptTotalsOf, type Totals, totalsOf } from '../content/totals.ts';
import { runReasonSaid } from '../english/run.ts';
import { roadFigure } from './campaigns.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { code, folded, listed, tone, verdictWord } from './parts.ts';

/** More reasons than this would push the numbers off the first screen. */
const REASONS_SHOWN = 6;

export function opening(run: Run): Markup {
  const { verdict, reasons } = standing(run);
  const word = verdict.charAt(0).toUpperCase() + verdict.slice(1);
  return markup`<header><p class="imprint"><span><b>dialproof</b> ${isPlainRun(run) ? 'k6 script' : 'Amazon Connect BatchPutContact'}</span><span>${utc(run.startedAt)}, ${duration(run.durationMs)}</span></p>
<h1>${verdictWord(verdict, word)}</h1>
${why(verdict, reasons.map(runReasonSaid))}
${shout(run)}
${unbelievable(run)}
${unexercised(run)}
${isPlainRun(run) ? glanceAtScript(scriptTotalsOf(run)) : glance(totalsOf(run))}
${roadFigure(run.campaigns)}</header>`;
}

function why(verdict: RunVerdict, reasons: readonly string[]): Value {
  if (verdict === 'pass') {
    return markup`<p class="lede">Everything that this run exercised passed.</p>`;
  }
  const list = (items: readonly string[]): Markup =>
    markup`<ul class="reasons ${tone(verdict)}" aria-label="Reasons">${items.map((item) => markup`<li>${item}</li>`)}</ul>`;
  const rest = reasons.slice(REASONS_SHOWN);
  return [
    list(reasons.slice(0, REASONS_SHOWN)),
    rest.length > 0 ? folded(`${count(rest.length, 'more reason')}`, list(rest)) : null,
  ];
}

function shout({ target: { bugs } }: Run): Value {
  if (bugs.length === 0) return null;
  return markup`<p class="shout" role="note"><strong>Seeded ${bugs.length === 1 ? 'bug' : 'bugs'}: ${listed(bugs.map(code))}.</strong> The emulator was told to misbehave. This run tests the harness; it says nothing of a dialer.</p>`;
}

function unbelievable({ load }: Run): Value {
  const invalid = load.filter((one) => !one.validity.valid);
  return (['Figures', 'Rates'] as const).map((part) => {
    const names = invalid
      .filter(({ validity }) => invalidPart(validity) === part)
      .map(({ scenario }) => scenario);
    return names.length === 0
      ? null
      : markup`<p class="gaps">${verdictWord('not valid', `${part} not valid:`)} load ${names.join(', ')}.</p>`;
  });
}

function unexercised(run: Run): Value {
  const found = gaps(run);
  if (found.length === 0) return null;
  return markup`<p class="gaps">${verdictWord('not exercised', 'Not exercised:')} ${found.join(', ')}.</p>`;
}

function glance(totals: Totals): Markup {
  const { contacts, created, generated, interactions, requests, notOk, invariants } = totals;
  return markup`<dl class="glance">
${fact('Contacts', contacts !== null && whole(contacts), [
  created !== null && `answered, ${whole(created)} of them with a ContactId, replays too`,
  generated !== null && `${whole(generated)} generated`,
])}
${fact('Contract interactions', interactions && `${whole(interactions.passed)} of ${whole(interactions.of)}`, ['pass'])}
${fact('Requests', requests !== null && whole(requests), [
  notOk === 0 ? 'all answered with 200' : `${whole(notOk ?? 0)} not answered with 200`,
])}
${fact('Invariants', invariants && `${whole(invariants.hold)} of ${whole(invariants.of)}`, [
  'hold',
  invariants !== null && invariants.violated > 0 && `${whole(invariants.violated)} violated`,
  invariants !== null && invariants.open > 0 && `${whole(invariants.open)} not decidable`,
])}
</dl>`;
}

function glanceAtScript({ iterations, requests, failed, checks, p95 }: ScriptTotals): Markup {
  return markup`<dl class="glance">
${fact('Iterations', whole(iterations), [])}
${fact('Requests', whole(requests), [failed !== null && `${failed === 0 ? 'none' : whole(failed)} failed`])}
${fact('Checks', checks.of > 0 && `${whole(checks.passed)} of ${whole(checks.of)}`, ['passed'])}
${fact('Response time', p95 !== null && latency(p95), ['p(95)'])}
</dl>`;
}

/** A figure with words under it; nothing to show is not exercised. */
function fact(
  name: string,
  shown: string | false | null,
  under: readonly (string | false)[],
): Markup {
  if (!shown) {
    return markup`<div><dt>${name}</dt><dd><span class="n words">${verdictWord('not exercised')}</span></dd></div>`;
  }
  const lines = under.filter((text) => text !== false);
  return markup`<div><dt>${name}</dt><dd><span class="n">${shown}</span><span class="small quiet">${lines.join(', ')}</span></dd></div>`;
}
