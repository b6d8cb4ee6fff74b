/** The figures of a plan as people read them, for the terminal and the page. */

import { count, duration, rate, whole } from '../../run/figures.ts';
import type { Plan, PlanAsked, PlanFigure, PlanOutcome, PlanPoint } from '../../run/plan.ts';
import { percent } from './road.ts';

export interface PlanRow {
  readonly name: string;
  /** The middle, the least and the greatest of the seeds. */
  readonly said: readonly [median: string, least: string, most: string];
}

interface Figure {
  readonly name: string;
  readonly figure: PlanFigure;
  readonly said: (value: number, asked: PlanAsked) => string;
  /** Whether the row is of interest; absent: always. */
  readonly asked?: (asked: PlanAsked) => boolean;
}

const people = (value: number, { contacts }: PlanAsked): string =>
  `${whole(value)} (${percent(value / contacts)})`;
const number = (value: number): string => whole(value);
const hasAgents = ({ mode }: PlanAsked): boolean => mode !== 'agentless';

const FIGURES: readonly Figure[] = [
  { name: 'Takes', figure: 'durationMs', said: days },
  {
    name: 'Of this, the feeder’s hours',
    figure: 'feedingMs',
    said: days,
    asked: ({ hours }) => hours !== null,
  },
  { name: 'Contacts dialled', figure: 'dialled', said: people },
  { name: 'Contacts reached', figure: 'reached', said: people },
  { name: 'Contacts never dialled, expired', figure: 'expired', said: people },
  { name: 'Dial requests sent', figure: 'sendings', said: number },
  { name: 'Dial requests throttled', figure: 'throttled', said: number },
  { name: 'Dial requests expired', figure: 'expiries', said: number },
  { name: 'Occupancy of the agents', figure: 'occupancy', said: percent, asked: hasAgents },
  {
    name: 'Customers abandoned, of those who waited',
    figure: 'abandonment',
    said: percent,
    asked: hasAgents,
  },
  {
    name: 'Contacts reached, an agent and hour',
    figure: 'reachedAnHour',
    said: rate,
    asked: hasAgents,
  },
];

export function planRows({ asked, spread }: Plan): readonly PlanRow[] {
  return FIGURES.filter((row) => row.asked?.(asked) ?? true).map(({ name, figure, said }) => {
    const { median, least, most } = spread[figure];
    const of = (value: number | null) => (value === null ? '–' : said(value, asked));
    return { name, said: [of(median), of(least), of(most)] };
  });
}

/** `1,000,000 contacts, predictive, 40 agents, feeder fill`. */
export function planAsked(asked: PlanAsked): string {
  const { contacts, mode, hours } = asked;
  return [
    count(contacts, 'contact'),
    mode,
    ...(mode === 'agentless' ? [] : [agentsSaid(asked)]),
    feederSaid(asked),
    ...(hours === null ? [] : [`hours ${hours.from}–${hours.to} UTC`]),
  ].join(', ');
}

function agentsSaid({ agents, shifts }: PlanAsked): string {
  if (agents !== null) return count(agents, 'agent');
  return shifts
    .map(({ from, to, agents: n }) => `${count(n, 'agent')} ${from}–${to}`)
    .join(' and ');
}

function feederSaid({ feeder }: PlanAsked): string {
  return `feeder ${feeder}`;
}

/** The outcome whose course is shown: that of the seed given first. Undefined if none was done. */
export function shownOutcome({ outcomes }: Plan): PlanOutcome | undefined {
  return outcomes[0];
}

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of all contacts, at its end. */
  readonly over: number;
  readonly reached: number;
  readonly dialsAnHour: number;
  readonly occupancy: number | null;
}

/** The course of an outcome in so many stretches at most. */
export function stretches({ series }: PlanOutcome, most: number): readonly Stretch[] {
  const each = Math.max(1, Math.ceil(series.length / most));
  const joined: Stretch[] = [];
  let reached = 0;
  for (let i = 0; i < series.length; i += each) {
    const points = series.slice(i, i + each);
    const [first, last] = [points[0] as PlanPoint, points.at(-1) as PlanPoint];
    const hours = (last.toMs - first.fromMs) / 3_600_000;
    const sum = (of: (point: PlanPoint) => number) => points.reduce((n, one) => n + of(one), 0);
    reached += sum((one) => one.reached);
    const manned = points.filter((one) => one.occupancy !== null);
    const time = (one: PlanPoint) => one.toMs - one.fromMs;
    const total = manned.reduce((n, one) => n + time(one), 0);
    joined.push({
      fromMs: first.fromMs,
      toMs: last.toMs,
      over: last.over,
      reached,
      dialsAnHour: hours > 0 ? sum((one) => one.dials) / hours : 0,
      occupancy:
        total > 0
          ? manned.reduce((n, one) => n + (one.occupancy ?? 0) * time(one), 0) / total
          : null,
    });
  }
  return joined;
}

/** `24 days 7 h`, and shorter times as `duration` says them. */
export function days(ms: number): string {
  const hours = Math.round(ms / 3_600_000);
  if (hours < 48) return duration(ms);
  return `${whole(Math.floor(hours / 24))} days ${hours % 24} h`;
}
