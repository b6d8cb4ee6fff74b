/** What a reader asks after the verdict, in Markdown: what broke, what changed, whether figures hold, how to reproduce. */

import { causesOf } from '../../run/causes/causes.ts';
import type { Changes } from '../../run/compare/changes.ts';
import { count } from '../../run/figures.ts';
import type { Run } from '../../run/run.ts';
import { standing } from '../../run/verdict.ts';
import { gaps } from '../content/coverage.ts';
import { invaliditiesSaid } from '../content/generator.ts';
import { commandOf, conditionsOf } from '../content/reproduce.ts';
import { causeSaid } from '../english/causes.ts';
import {
  changeSaid,
  EFFECT_WORDS,
  extentSaid,
  limitsSaid,
  missingSaid,
  runNamedSaid,
} from '../english/changes.ts';
import { runReasonSaid } from '../english/run.ts';
import { blocks, coded, line, type Room, rows } from './room.ts';
import { table } from './text.ts';

export function broken(run: Run, room: Room): string {
  const causes = causesOf(run);
  const said = causes.map(
    (one) =>
      `${line(causeSaid(one), room)}, ${count(one.places.length, 'failed check')}: ${coded(one.id, room)}`,
  );
  const why = standing(run).reasons.map((reason) => line(runReasonSaid(reason), room));
  return [
    ...headed('**What broke**, by cause:', said, room),
    ...headed(causes.length === 0 ? '**What is open:**' : 'As each part tells it:', why, room),
  ].join('\n\n');
}

/** Nothing without an item. */
function headed(head: string, texts: readonly string[], room: Room): readonly string[] {
  if (texts.length === 0) return [];
  return [head, bullets(blocks(texts, room, (text) => [text]))];
}

function bullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${text}`).join('\n');
}

export function whatChanged({ comparisons, missing }: Changes, room: Room): string {
  return [
    ...comparisons.map((one) =>
      [
        `**Since ${line(one.against, room)}** (${line(runNamedSaid(one.before), room)}): ${extentSaid(one)}.`,
        table(
          ['Change', 'Kind'],
          rows(one.changes, room, (change) => [
            [
              line(changeSaid(change), room),
              change.effect === 'regression' ? '**Regression**' : EFFECT_WORDS[change.effect],
            ],
          ]),
        ),
        ...limitsSaid(one).map((limit) => line(limit, room)),
      ]
        .filter((part) => part !== '')
        .join('\n\n'),
    ),
    ...missing.map((one) => line(missingSaid(one), room)),
  ].join('\n\n');
}

/** Whether the figures can be believed, and what the run does not tell. */
export function believable(run: Run, room: Room): string {
  const { load, interrupted } = run;
  const invalid = load.filter(({ validity }) => !validity.valid);
  return [
    ...(interrupted ? ['**The run was interrupted.**'] : []),
    ...(load.length === 0
      ? []
      : invalid.length === 0
        ? [`Figures valid: the load generator was not the limit.`]
        : blocks(invalid, room, ({ scenario, validity }) => [
            `**Load ${line(scenario, room)}: ${line(invaliditiesSaid(validity), room)}**`,
          ])),
    unexercised(run, room),
  ]
    .filter((text) => text !== '')
    .join(' ');
}

function unexercised(run: Run, room: Room): string {
  const found = gaps(run);
  const shown = blocks(found, room, (gap) => [line(gap, room)]);
  return found.length === 0 ? '' : `Not exercised: ${shown.join(', ')}.`;
}

export function reproduced(run: Run, room: Room): string {
  const command = commandOf(run);
  return [
    ...(command === null ? [] : [`Reproduce: ${coded(command, room)}`]),
    ...conditionsOf(run).map(([name, value]) => `${name.toLowerCase()} ${coded(value, room)}`),
  ].join(', ');
}
