/** The first screen: the verdict, the answers to the next questions, and the run in four numbers. */

import type { Changes } from '../../run/compare/changes.ts';
import { duration, latency, utc, whole } from '../../run/figures.ts';
import type { CampaignsResult, Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { isPlainRun } from '../content/coverage.ts';
import { takingOperations } from '../content/operations.ts';
import { roadSteps, STEPS } from '../content/road.ts';
import { type ScriptTotals, scriptTotalsOf, type Totals, totalsOf } from '../content/totals.ts';
import { verdictMeans } from '../english/verdict.ts';
import { answers } from './answers.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { code, listed, verdictWord } from './parts.ts';

export function opening(run: Run, changes: Changes): Markup {
  const { verdict } = standing(run);
  const word = verdict.charAt(0).toUpperCase() + verdict.slice(1);
  const about = isPlainRun(run) ? 'k6 script' : takingOperations(run).join(', ');
  return markup`<header><p class="imprint"><span><b>dialproof</b> ${about}</span><span>${utc(run.startedAt)}, ${duration(run.durationMs)}</span></p>
<div class="verdict"><h1>${verdictWord(verdict, word)}</h1><p>${verdictMeans(run)}</p></div>
${shout(run)}
${answers(run, changes)}
${numbers(run)}</header>`;
}

function shout({ target: { bugs } }: Run): Value {
  if (bugs.length === 0) return null;
  return markup`<p class="shout" role="note"><strong>Seeded ${bugs.length === 1 ? 'bug' : 'bugs'}: ${listed(bugs.map(code))}.</strong> The emulator was told to misbehave. This run tests the harness; it says nothing of a dialer.</p>`;
}

function numbers(run: Run): Markup {
  if (isPlainRun(run)) return glanceAtScript(scriptTotalsOf(run));
  const { campaigns, contracts, load } = run;
  return campaigns && contracts.length === 0 && load.length === 0
    ? glanceAtRoad(campaigns)
    : glance(totalsOf(run));
}

/** Of a run of campaigns alone. */
function glanceAtRoad(campaigns: CampaignsResult): Markup {
  const shown: readonly string[] = [STEPS.sent, STEPS.contacts, STEPS.dialled, STEPS.answered];
  return markup`<dl class="glance">
${roadSteps(campaigns)
  .filter(({ name }) => shown.includes(name))
  .map((step) =>
    fact(
      step.name,
      whole(step.count),
      [step.aside ?? ''].filter((text) => text !== ''),
    ),
  )}
</dl>`;
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
