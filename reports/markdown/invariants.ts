/** Invariant by scenario, in Markdown. */

import type { InvariantResult, Run } from '../../run/run.ts';
import { invariantLines } from '../content/invariants.ts';
import { line, type Room, rows } from './room.ts';
import { table } from './text.ts';

/** Scenarios that have room beside each other. */
const MOST_SCENARIOS = 30;

const WORDS: Readonly<Record<InvariantResult['verdict'], string>> = {
  holds: 'holds',
  violated: '**violated**',
  'not decidable': '',
};

/** An empty cell: the scenario does not decide it. */
export function matrix({ load }: Pick<Run, 'load'>, room: Room): readonly string[] {
  const audited = load.filter(({ history }) => history).slice(0, MOST_SCENARIOS);
  const body = rows(invariantLines(audited), room, ({ name, cells }) => [
    [line(name, room), ...cells.map(({ result }) => (result ? WORDS[result.verdict] : ''))],
  ]);
  return body.length === 0
    ? []
    : [
        'An empty cell: the scenario has no case of the invariant, or nothing in it decides it.',
        table(['Invariant', ...audited.map(({ scenario }) => line(scenario, room))], body),
      ];
}
