/** A plan as lines for the terminal. */

import { whole } from '../run/figures.ts';
import type { Plan } from '../run/plan.ts';
import { days, planAsked, planRows, shownOutcome, stretches } from './content/plan.ts';
import { percent } from './content/road.ts';
import { assumptionsSaid } from './english/plan.ts';

const BARS = 12;
const BAR_WIDTH = 30;

export type PlanPaint = (style: 'bold' | 'dim', text: string) => string;

const plain: PlanPaint = (_, text) => text;

export function planLines(plan: Plan, paint: PlanPaint = plain): readonly string[] {
  const { asked, outcomes, interrupted } = plan;
  const head = [`${paint('bold', 'plan')}  ${planAsked(asked)}`];
  if (outcomes.length === 0) return [...head, 'interrupted before the first seed was done'];
  const rows = planRows(plan);
  const seeds = `${outcomes.length} of ${asked.seeds.length} seeds`;
  const table = [
    ['', interrupted ? `interrupted, ${seeds}` : 'middle', 'least', 'most'],
    ...rows.map(({ name, said }) => [name, ...said]),
  ];
  return [
    ...head,
    '',
    ...columns(table),
    '',
    ...courseLines(plan, paint),
    '',
    paint('bold', 'supposed'),
    ...assumptionsSaid(plan).map((sentence) => `- ${sentence}`),
  ];
}

/** Contacts that were over, as bars over the time. */
function courseLines(plan: Plan, paint: PlanPaint): readonly string[] {
  const outcome = shownOutcome(plan);
  if (!outcome) return [];
  const { contacts } = plan.asked;
  const lines = stretches(outcome, BARS).map(({ toMs, over, reached, dialsAnHour, occupancy }) => [
    days(toMs),
    bar(over / contacts),
    percent(over / contacts),
    whole(reached),
    whole(dialsAnHour),
    occupancy === null ? '–' : percent(occupancy),
  ]);
  const head = ['until', 'contacts over'.padEnd(BAR_WIDTH), '', 'reached', 'dials/h', 'occupancy'];
  return [paint('dim', `seed ${outcome.seed}`), ...columns([head, ...lines])];
}

function bar(part: number): string {
  const full = Math.round(part * BAR_WIDTH);
  return `${'█'.repeat(full)}${'·'.repeat(BAR_WIDTH - full)}`;
}

/** The first column is aligned left, the others right. */
function columns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
