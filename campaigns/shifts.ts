/** How many agents a queue has, and when. */

import { UserError } from '../system/errors.ts';

/** Agents who are there every day from one time to another, by UTC. */
export interface Shift {
  /** HH:MM. */
  readonly from: string;
  /** HH:MM, up to 24:00. A time that is not after `from` is on the next day. */
  readonly to: string;
  readonly agents: number;
}

/** The agents of a queue. */
export interface Staff {
  /** Agents who are always there. Default 10; it is not used where there are shifts. */
  readonly count?: number;
  /** Agents by the time of day. Shifts that overlap add up. */
  readonly shifts?: readonly Shift[];
}

/** The agents of every queue. */
export interface StaffPlan extends Staff {
  /** Of queues with agents of their own, by the bare id of the queue. */
  readonly queues?: Readonly<Record<string, Staff>>;
}

/** Agents of a queue for which nothing is said (assumed). */
export const ORDINARY_COUNT = 10;
export const MOST_AGENTS = 100_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The number of agents over the time. */
export interface Roster {
  at(moment: number): number;
  /** The next moment after this one at which the number may change; null if it never does. */
  nextChange(moment: number): number | null;
}

/** @throws UserError for a count or a shift that cannot be. */
export function rosterOf(staff: Staff): Roster {
  const { count = ORDINARY_COUNT, shifts } = staff;
  checkCount(count);
  if (shifts === undefined) return { at: () => count, nextChange: () => null };
  const spans = shifts.map(spanOf);
  const changes = [...new Set(spans.flatMap(({ from, to }) => [from, to % DAY]))].sort(
    (a, b) => a - b,
  );
  return {
    at: (moment) => {
      const time = timeOfDay(moment);
      let agents = 0;
      for (const span of spans) if (isWithin(time, span)) agents += span.agents;
      return agents;
    },
    nextChange: (moment) => {
      const time = timeOfDay(moment);
      const next = changes.find((one) => one > time);
      const [first] = changes;
      if (next !== undefined) return moment - time + next;
      return first === undefined ? null : moment - time + DAY + first;
    },
  };
}

/** The agents of a queue, among those of all. */
export function staffOf({ queues, ...others }: StaffPlan, queueId: string | null): Staff {
  return (queueId !== null && queues?.[queueId]) || others;
}

/** @throws UserError for a count or a shift that cannot be. */
export function checkStaff({ queues = {}, ...others }: StaffPlan = {}): void {
  for (const staff of [others, ...Object.values(queues)]) rosterOf(staff);
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly agents: number;
}

function spanOf({ from, to, agents }: Shift): Span {
  checkCount(agents);
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === 24 * 60) throw new UserError(`a shift cannot begin at 24:00: write 00:00`);
  return {
    from: start * MINUTE,
    to: (end > start ? end : end + 24 * 60) * MINUTE,
    agents,
  };
}

function isWithin(time: number, { from, to }: Span): boolean {
  return (time >= from && time < to) || time + DAY < to;
}

function timeOfDay(moment: number): number {
  return ((moment % DAY) + DAY) % DAY;
}

function minutesOf(text: string): number {
  const found = /^(\d\d):(\d\d)$/.exec(text);
  const minutes = found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN;
  if (!(minutes <= 24 * 60 && Number(found?.[2]) < 60)) {
    throw new UserError(`a shift has the time ${text}: write a time such as 09:00`);
  }
  return minutes;
}

function checkCount(agents: number): void {
  if (Number.isInteger(agents) && agents >= 0 && agents <= MOST_AGENTS) return;
  throw new UserError(
    `a queue cannot have ${agents} agents: give a whole number from 0 to ${MOST_AGENTS}`,
  );
}
