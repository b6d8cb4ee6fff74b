/** A plan as one HTML file. */

import { count, whole } from '../../run/figures.ts';
import type { Plan, PlanOutcome } from '../../run/plan.ts';
import { days, planAsked, planRows, shownOutcome, stretches } from '../content/plan.ts';
import { percent } from '../content/road.ts';
import { assumptionsSaid } from '../english/plan.ts';
import { chart, type Point } from './chart.ts';
import { type Markup, markup, type Value } from './markup.ts';
import { renderPage } from './page.ts';
import { name, table } from './parts.ts';
import { renderSection, type Section } from './section.ts';

/** Most points of a chart. */
const POINTS = 120;
const HOUR = 3_600_000;
/** Charts of longer plans count days. */
const LONG = 72 * HOUR;

export function renderPlanHtml(plan: Plan): string {
  const asked = planAsked(plan.asked);
  return renderPage({
    title: `dialproof plan: ${asked}`,
    opening: [opening(plan, asked)],
    details: sectionsOf(plan).map(renderSection),
  });
}

function opening({ spread, interrupted, outcomes, asked: { seeds } }: Plan, asked: string): Markup {
  const { median } = spread.durationMs;
  return markup`<header><p class="imprint"><span><b>dialproof</b> plan of a campaign</span><span>${
    interrupted
      ? `interrupted: ${outcomes.length} of ${count(seeds.length, 'seed')}`
      : count(seeds.length, 'seed')
  }</span></p>
<h1>${median === null ? 'no result' : days(median)}</h1>
<p class="lede">${asked}.</p></header>`;
}

function sectionsOf(plan: Plan): readonly Section[] {
  const outcome = shownOutcome(plan);
  const bare = { verdict: null };
  return [
    {
      ...bare,
      id: 'figures',
      title: 'What it comes to',
      lede: `The middle of ${count(plan.outcomes.length, 'seed')}, and the least and the greatest. Only the draws differ between seeds: who answers, how long the phone rings, how long a conversation takes.`,
      body: outcome ? figuresTable(plan) : null,
    },
    ...(outcome
      ? [
          {
            ...bare,
            id: 'course',
            title: 'The course',
            lede: `Of seed ${outcome.seed}.`,
            body: charts(outcome, plan.asked.contacts),
          },
          {
            ...bare,
            id: 'ends',
            title: 'How contacts ended',
            lede: `Of seed ${outcome.seed}: their DisconnectReason. Contacts that expired are not in the table.`,
            body: endsTable(outcome),
          },
        ]
      : []),
    {
      ...bare,
      id: 'supposed',
      title: 'What is supposed',
      lede: 'AWS publishes little of how outbound campaigns dials. Another supposition gives another plan.',
      body: markup`<ul>${assumptionsSaid(plan).map((one) => markup`<li>${one}</li>`)}</ul>`,
    },
  ];
}

function figuresTable(plan: Plan): Markup {
  const number = { number: true } as const;
  return table(
    'Shares are of all contacts.',
    [
      { head: 'Figure' },
      { head: 'Middle', ...number },
      { head: 'Least', ...number },
      { head: 'Most', ...number },
    ],
    planRows(plan).map((row) => ({ cells: [row.name, ...row.said] })),
  );
}

function charts(outcome: PlanOutcome, contacts: number): Value {
  const points = stretches(outcome, POINTS);
  const isLong = outcome.durationMs > LONG;
  const unit = isLong ? 24 * HOUR : HOUR;
  const tick = (time: number) => (isLong ? `${time} d` : `${time} h`);
  const over = (of: (one: (typeof points)[number]) => number | null): Point[] =>
    points.map((one) => [one.toMs / unit, of(one)]);
  // Longer numbers have no room beside a chart.
  const inThousands = contacts >= 10_000;
  const thousand = inThousands ? 1_000 : 1;
  const each = (of: (one: (typeof points)[number]) => number): Point[] => [
    [0, 0],
    ...over((one) => of(one)),
  ];
  const manned = points.filter(({ occupancy }) => occupancy !== null);
  const least = Math.min(...manned.map(({ occupancy }) => occupancy ?? 0));
  const most = Math.max(...manned.map(({ occupancy }) => occupancy ?? 0));
  return [
    chart({
      title: 'Contacts that are over, and contacts reached',
      unit: inThousands ? 'thousand contacts' : 'contacts',
      description: `After ${days(outcome.durationMs)}, all ${whole(contacts)} contacts are over, and ${whole(outcome.reached)} were reached.`,
      tick,
      lines: [
        { label: 'over', look: 'main', points: each((one) => one.over / thousand) },
        { label: 'reached', look: 'second', points: each((one) => one.reached / thousand) },
      ],
    }),
    chart({
      title: 'Dials',
      unit: 'an hour',
      description: `From ${whole(Math.min(...points.map((one) => one.dialsAnHour)))} to ${whole(Math.max(...points.map((one) => one.dialsAnHour)))} dials an hour.`,
      tick,
      lines: [{ label: 'dials', look: 'main', points: over((one) => one.dialsAnHour) }],
    }),
    manned.length === 0
      ? null
      : chart({
          title: 'Occupancy of the agents',
          unit: 'per cent of their time',
          description: `From ${percent(least)} to ${percent(most)}, and ${percent(outcome.occupancy ?? 0)} over all.`,
          tick,
          lines: [
            {
              label: 'occupied',
              look: 'main',
              filled: true,
              points: over((one) => (one.occupancy === null ? null : one.occupancy * 100)),
            },
          ],
        }),
  ];
}

function endsTable({ ended, dialled }: PlanOutcome): Markup {
  return table(
    'The most frequent first. Shares are of those dialled.',
    [{ head: 'Reason' }, { head: 'Contacts', number: true }, { head: 'Share', number: true }],
    Object.entries(ended).map(([reason, n]) => ({
      cells: [name(reason), whole(n), percent(n / Math.max(1, dialled))],
    })),
  );
}
