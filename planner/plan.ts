/** Plans a campaign: simulates it with several seeds, and says how far they differ. */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { MEAN } from '../campaigns/course/course.ts';
import { OUTCOMES } from '../campaigns/course/outcomes.ts';
import { AGENTLESS_DIALS_A_SECOND } from '../campaigns/dialling/modes.ts';
import { ORDINARY_TARGET } from '../campaigns/settings.ts';
import { checkStaff } from '../campaigns/shifts.ts';
import { CAMPAIGN_CHOICES } from '../operation/campaigns/choices.ts';
import { LIMITS } from '../operation/campaigns/limits.ts';
import {
  PLAN_FIGURES,
  PLAN_SCHEMA,
  type Plan,
  type PlanAsked,
  type PlanFigure,
  type PlanOutcome,
  type PlanSuppositions,
  type Spread,
} from '../run/plan.ts';
import { UserError } from '../system/errors.ts';
import { staffOf } from './campaign.ts';
import { simulate } from './simulation.ts';

export const MOST_CONTACTS = 100_000_000;

const { pendingLimit, concurrentCalls } = CAMPAIGN_CHOICES;

/** What is not asked for. */
export const ORDINARY: Omit<PlanAsked, 'contacts' | 'agents'> = {
  mode: 'progressive',
  shifts: [],
  feeder: 'fill',
  expirySeconds: 300,
  resends: 3,
  hours: null,
  bandwidth: 1,
  capacity: 1,
  detection: true,
  pendingLimit: pendingLimit.default,
  concurrentCalls: concurrentCalls.default,
  seeds: [1, 2, 3],
};

const shareOf = (by: string): number =>
  OUTCOMES.filter((row) => row.by === by).reduce((sum, { share }) => sum + share, 0);

const SUPPOSED: PlanSuppositions = {
  humans: shareOf('human'),
  machines: shareOf('machine'),
  talkSeconds: MEAN.talk / 1_000,
  afterCallSeconds: MEAN.afterCall / 1_000,
  patienceSeconds: MEAN.patience / 1_000,
  thresholdSeconds: ORDINARY_TARGET.threshold / 1_000,
  agentlessDialsASecond: AGENTLESS_DIALS_A_SECOND,
  flowSeconds: MEAN.flow / 1_000,
};

export interface PlanOptions {
  readonly signal?: AbortSignal;
  /** @param share of all seeds together, from 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** @throws UserError for a campaign that cannot be, or that would never dial. */
export async function planCampaign(
  asked: PlanAsked,
  { signal, onProgress = () => {} }: PlanOptions = {},
): Promise<Plan> {
  check(asked);
  const { contacts, seeds } = asked;
  const outcomes: PlanOutcome[] = [];
  for (const seed of seeds) {
    const simulation = simulate(asked, seed);
    for (;;) {
      const { done, value } = simulation.next();
      if (done) {
        outcomes.push(value);
        break;
      }
      onProgress((outcomes.length + value / contacts) / seeds.length);
      // Ctrl-C is heard between two turns only.
      await nextTurn();
      if (signal?.aborted) return planOf(asked, outcomes, true);
    }
  }
  return planOf(asked, outcomes, false);
}

function planOf(asked: PlanAsked, outcomes: readonly PlanOutcome[], interrupted: boolean): Plan {
  const spread = Object.fromEntries(
    PLAN_FIGURES.map((figure) => [figure, spreadOf(outcomes, figure)]),
  ) as Record<PlanFigure, Spread>;
  return { schema: PLAN_SCHEMA, asked, supposed: SUPPOSED, outcomes, spread, interrupted };
}

function spreadOf(outcomes: readonly PlanOutcome[], figure: PlanFigure): Spread {
  const values = outcomes.flatMap((one) => one[figure] ?? []).sort((a, b) => a - b);
  const middle = values.length / 2;
  const lower = values[Math.ceil(middle) - 1] ?? null;
  const upper = values[Math.floor(middle)] ?? null;
  return {
    least: values[0] ?? null,
    median: lower === null || upper === null ? null : (lower + upper) / 2,
    most: values.at(-1) ?? null,
  };
}

function check(asked: PlanAsked): void {
  const { contacts, mode, expirySeconds, concurrentCalls: lines, bandwidth, seeds } = asked;
  whole('contacts', contacts, 1, MOST_CONTACTS);
  const { min, max } = LIMITS.expirySeconds;
  whole('seconds until a dial request expires', expirySeconds, min, max);
  if (seeds.length === 0) throw new UserError('a plan needs a seed');
  checkStaff(staffOf(asked));
  const noAgents = asked.agents === 0 || (asked.agents === null && asked.shifts.every(isEmpty));
  if (mode !== 'agentless' && noAgents) {
    throw new UserError('without agents nobody is dialled: give agents, or the mode agentless');
  }
  if (lines === 0 || (mode !== 'agentless' && bandwidth === 0)) {
    throw new UserError(
      `with ${lines === 0 ? 'no concurrent calls' : 'a bandwidth of 0'} nobody is dialled`,
    );
  }
}

const isEmpty = ({ agents }: PlanAsked['shifts'][number]): boolean => agents === 0;

function whole(what: string, n: number, least: number, most: number): void {
  if (Number.isInteger(n) && n >= least && n <= most) return;
  throw new UserError(`${what}: ${n} is not a whole number from ${least} to ${most}`);
}
