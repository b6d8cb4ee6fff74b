/** The answers of the first screen: what broke, what changed, whether the figures hold, how to reproduce the run. */

import { causesOf } from '../../run/causes/causes.ts';
import type { Changes } from '../../run/compare/changes.ts';
import type { Comparison } from '../../run/compare/compare.ts';
import { count } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { judgeSelfChecks, standing } from '../../run/verdict.ts';
import { gaps, isPlainRun } from '../content/coverage.ts';
import { invaliditiesSaid, invalidPart } from '../content/generator.ts';
import { selfChecksSaid } from '../content/in-short.ts';
import { commandOf, conditionsOf } from '../content/reproduce.ts';
import { causeSaid } from '../english/causes.ts';
import { changeSaid, extentSaid, missingSaid, runNamedSaid } from '../english/changes.ts';
import { runReasonSaid } from '../english/run.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { code, list, tone, verdictWord } from './parts.ts';

/** What has room on the first screen. The sections below have all. */
export const CAUSES_SHOWN = 6;
const CHANGES_SHOWN = 3;

export function answers(run: Run, changes: Changes): Markup {
  return markup`<div class="answers">
${answer('What broke', broken(run))}
${answer('What changed', changed(changes))}
${answer('Can the figures be believed', believable(run))}
${answer('How to reproduce it', reproduced(run))}
</div>`;
}

function answer(question: string, body: Value): Markup {
  return markup`<div class="answer"><h2>${question}</h2>${body}</div>`;
}

function broken(run: Run): Value {
  const { verdict, reasons } = standing(run);
  const causes = causesOf(run);
  if (causes.length > 0) {
    const left = causes.length - CAUSES_SHOWN;
    return [
      markup`<ul class="reasons" aria-label="Causes">${causes
        .slice(0, CAUSES_SHOWN)
        .map(
          (cause) =>
            markup`<li>${causeSaid(cause)} <span class="small quiet">${count(cause.places.length, 'failed check')}</span></li>`,
        )}</ul>`,
      left > 0
        ? markup`<p class="small"><a href="#causes">${count(left, 'more cause')}</a></p>`
        : null,
    ];
  }
  if (verdict === 'pass') return markup`<p>Nothing.</p>`;
  return markup`<p>Nothing failed. What is open:</p><ul class="reasons ${tone(verdict)}" aria-label="Reasons">${reasons.map(
    (reason) => markup`<li>${runReasonSaid(reason)}</li>`,
  )}</ul>`;
}

function changed({ comparisons, missing }: Changes): Value {
  if (comparisons.length + missing.length === 0) {
    return markup`<p>The run was compared with no other.</p>`;
  }
  return [
    comparisons.map(compared),
    missing.map((one) => markup`<p>${missingSaid(one)}</p>`),
    // A run is always compared with the last one.
    comparisons.length + missing.length === 1
      ? markup`<p class="small quiet">No baseline was named (--baseline).</p>`
      : null,
  ];
}

function compared(comparison: Comparison): Value {
  const { against, before, changes } = comparison;
  const left = changes.length - CHANGES_SHOWN;
  return markup`<p>Since ${against}: ${verdictOfChanges(comparison)}. <span class="small quiet">${runNamedSaid(before)}</span></p>${
    changes.length === 0 ? null : list(changes.slice(0, CHANGES_SHOWN).map(changeSaid))
  }${left > 0 ? markup`<p class="small"><a href="#changes">${count(left, 'more change')}</a></p>` : null}`;
}

function verdictOfChanges(comparison: Comparison): Value {
  const isWorse = comparison.changes.some(({ effect }) => effect === 'regression');
  return isWorse ? verdictWord('fail', extentSaid(comparison)) : extentSaid(comparison);
}

function believable(run: Run): Value {
  const { load, selfChecks, target } = run;
  return [
    run.interrupted
      ? markup`<p>${verdictWord('not exercised', 'The run was interrupted.')}</p>`
      : null,
    generator(run),
    selfChecks.length === 0
      ? null
      : markup`<p>Self-checks: ${verdictWord(judgeSelfChecks(selfChecks).verdict)}, ${selfChecksSaid(selfChecks)}.</p>`,
    load.length > 0 && !isPlainRun(run) && target.kind === 'embedded emulator'
      ? markup`<p>The target is the embedded emulator, profile ${target.profile}: its speed is not that of AWS.</p>`
      : null,
    unexercised(run),
  ];
}

function generator(run: Run): Value {
  const { load } = run;
  // The reasons of such a run tell why.
  const isTold = standing(run).verdict === 'not valid';
  const invalid = load.filter((one) => !one.validity.valid);
  if (load.length === 0) return markup`<p>There are no figures: no load was made.</p>`;
  if (invalid.length === 0) {
    return markup`<p>${verdictWord('pass', 'Yes.')} The load generator was not the limit${load.length > 1 ? ` in any of ${load.length} scenarios` : ''}.</p>`;
  }
  return (['Figures', 'Rates'] as const).map((part) => {
    const found = invalid.filter(({ validity }) => invalidPart(validity) === part);
    const [first] = found;
    return first
      ? markup`<p>${verdictWord('not valid', `${part} not valid:`)} load ${found.map(({ scenario }) => scenario).join(', ')}.${isTold ? null : markup` <span class="small">${invaliditiesSaid(first.validity)}</span>`}</p>`
      : null;
  });
}

function unexercised(run: Run): Value {
  const found = gaps(run);
  if (found.length === 0) return null;
  return markup`<p>${verdictWord('not exercised', 'Not exercised:')} ${found.join(', ')}.</p>`;
}

function reproduced(run: Run): Value {
  const command = commandOf(run);
  return markup`${
    command === null
      ? markup`<p>The command was not recorded.</p>`
      : markup`<pre class="command">${command}</pre>`
  }<dl class="conditions">${conditionsOf(run).map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${code(value)}</dd></div>`,
  )}</dl>`;
}
