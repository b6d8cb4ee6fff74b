/** How a run differs from an earlier one, in English. */

import type { Missing } from '../../run/compare/changes.ts';
import type { Comparison, RunNamed } from '../../run/compare/compare.ts';
import type { ConditionDiffers } from '../../run/compare/conditions.ts';
import { count, figure, latency, share, utc, whole } from '../../run/figures.ts';
import type { Change, Effect, Measure } from '../../run/statements/changes.ts';
import { groupsOf } from '../../system/groups.ts';
import { saying, someOf } from './sentences.ts';

const PREDICTED = {
  yes: ', as predicted',
  no: ', which was not predicted',
  unknown: '',
} as const;

export const changeSaid = saying<Change>({
  'new cause': ({ cause, symptoms }) => `New cause ${cause}: ${failed(symptoms)}`,
  'cause gone': ({ cause, symptoms }) => `Cause ${cause} is gone: ${failed(symptoms)} before`,
  verdict: ({ part, before, after }) => `${part}: ${after}, before ${before}`,
  'part gone': ({ part, before }) => `${part}: not in this run any more, before ${before}`,
  'part new': ({ part, after }) => `${part}: ${after}, not in the earlier run`,
  'code new': ({ operation, codes, predicted }) =>
    `${operation} now answers with ${codes.join(', ')}${PREDICTED[predicted]}`,
  'code gone': ({ operation, codes, predicted }) =>
    `${operation} does not answer with ${codes.join(', ')} any more${predicted === 'yes' ? ', though it was predicted' : ''}`,
  'error new': ({ part, errors }) => `${part}: calls now end with ${errors.join(', ')}`,
  'error gone': ({ part, errors }) => `${part}: no call ends with ${errors.join(', ')} any more`,
  'interactions new': ({ contract, interactions }) =>
    `Contract ${contract} has ${count(interactions.length, 'new interaction')}: ${someOf(interactions)}`,
  'interactions gone': ({ contract, interactions }) =>
    `Contract ${contract} has lost ${count(interactions.length, 'interaction')}: ${someOf(interactions)}`,
  'interactions other': ({ contract, before, after }) =>
    `Contract ${contract} has other interactions: ${whole(after)}, before ${whole(before)}`,
  'cells pinned': ({ contract, before, after, of }) =>
    `Contract ${contract} pins ${whole(after)} of ${count(of, 'cell')}, before ${whole(before)}`,
  'cells uncovered': ({ contract, before, after, cells }) =>
    `Contract ${contract} leaves ${count(after, 'cell')} uncovered, before ${whole(before)}${cells.length > 0 ? `: ${someOf(cells)}` : ''}`,
  'mutation score': ({ contract, before, after }) =>
    `Contract ${contract} has a mutation score of ${score(after)}, before ${score(before)}`,
  drift: ({ contract, before, after }) =>
    `Contract ${contract}: ${drift(after)}, before ${drift(before)}`,
  undecided: ({ part, before, after }) =>
    `${part}: ${count(after, 'invariant is', 'invariants are')} not decidable, before ${whole(before)}`,
  count: ({ part, what, before, after }) =>
    `${part}: ${whole(after)} ${what}, before ${whole(before)}`,
  timing: ({ part, what, beforeMs, afterMs, ratio, low, high }) =>
    `${part}: ${MEASURE_WORDS[what]} ${latency(afterMs)}, before ${latency(beforeMs)}: ${figure(Number(ratio.toFixed(3)))} times, between ${low.toFixed(3)} and ${high.toFixed(3)}`,
});

const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  min: 'fastest response',
  p50: 'median response',
  p95: '95th percentile',
};

export const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
  regression: 'Regression',
  change: 'Change',
  improvement: 'Improvement',
};

function failed(symptoms: number): string {
  return count(symptoms, 'failed check');
}

function score(value: number | null): string {
  return value === null ? 'none' : share(value, 1);
}

function drift(differences: number | null): string {
  return differences === null
    ? 'not compared with models'
    : `${count(differences, 'difference')} from models`;
}

/** `2 regressions, 1 other change` · `nothing changed`. */
export function extentSaid({ changes }: Comparison): string {
  const n = (effect: Effect): number => changes.filter((one) => one.effect === effect).length;
  if (changes.length === 0) return 'nothing changed';
  return [
    n('regression') === 0 ? 'no regression' : count(n('regression'), 'regression'),
    ...(n('change') > 0 ? [count(n('change'), 'other change')] : []),
    ...(n('improvement') > 0 ? [count(n('improvement'), 'improvement')] : []),
  ].join(', ');
}

/** `2026-11-29 07:40:12 UTC, pass, main, 5c1f0b7`. */
export function runNamedSaid({ startedAt, verdict, branch, commit }: RunNamed): string {
  return [
    utc(startedAt),
    verdict,
    ...(branch === null ? [] : [branch]),
    ...(commit === null ? [] : [commit.slice(0, 8)]),
  ].join(', ');
}

export function missingSaid({ against, where }: Missing): string {
  // Of the last run it is said why there is none: a first run has nothing wrong with it.
  return against === 'the last run'
    ? `Nothing to compare with: ${where}.`
    : `Nothing to compare with: ${against} is not there (${where}).`;
}

/** What was not compared, and why; empty where everything was. */
export function limitsSaid({ differences, notCompared, timings }: Comparison): readonly string[] {
  return [
    ...notComparedSaid(notCompared, differences),
    ...(notCompared.some(({ what }) => what === 'timings') ? [] : timingsSaid(timings)),
  ];
}

/** What is not compared for the same conditions is told together. */
function notComparedSaid(
  notCompared: Comparison['notCompared'],
  differences: Comparison['differences'],
): string[] {
  const alike = groupsOf(notCompared, ({ because }) =>
    differences
      .filter(({ condition }) => because.includes(condition))
      .map(differsSaid)
      .join('; '),
  );
  return [...alike].map(
    ([why, rows]) =>
      `Not comparable: ${rows.map(({ what }) => what).join(' and ')}, because of ${why}.`,
  );
}

function differsSaid({ condition, before, after }: ConditionDiffers): string {
  if (condition !== 'options' || before === null || after === null) {
    const other = condition === 'options' ? 'other' : 'another';
    return `${other} ${condition} (${after ?? 'not recorded'}, before ${before ?? 'not recorded'})`;
  }
  const [now, then] = [partsOf(after), partsOf(before)];
  const only = (own: readonly string[], others: readonly string[]): string =>
    own
      .filter((part) => !others.includes(part))
      .map(shortened)
      .join(' ') || 'none';
  return `other options (${only(now, then)}, before ${only(then, now)})`;
}

/** A fault plan or a list of instances would fill the screen. */
const LONGEST_PART = 60;

function shortened(part: string): string {
  return part.length > LONGEST_PART ? `${part.slice(0, LONGEST_PART - 1)}…` : part;
}

/** The command, each of its options with its values, and each value of the configuration. */
function partsOf(options: string): string[] {
  const [command = '', configured = ''] = options.split(' -- ');
  return [...command.split(/ (?=-)/), ...configured.split(' ')].filter((part) => part !== '');
}

function timingsSaid(timings: Comparison['timings']): readonly string[] {
  const { before, after, leftOut, fewest, threshold, confidence } = timings;
  const rest = leftOut > 0 ? ` ${count(leftOut, 'run')} of other conditions left out.` : '';
  if (Math.min(before, after) < fewest) {
    return [
      `Timings are not compared: that needs ${fewest} runs on each side, and there are ${whole(after)} now and ${whole(before)} before.${rest}`,
    ];
  }
  return [
    `Timings are those of ${whole(after)} against ${count(before, 'run')}. A change is a ratio whose interval (${share(confidence, 1)}) is beyond ${share(threshold, 1)}.${rest}`,
  ];
}
