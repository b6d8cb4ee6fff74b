/** The members of the document of `campaign plan`. The compiler holds them to its type. */

import {
  PLAN_FIGURES,
  PLAN_SCHEMA,
  type Plan,
  type PlanAsked,
  type PlanOutcome,
  type PlanPoint,
  type PlanSuppositions,
  type Spread,
} from '../../run/plan.ts';
import {
  amount,
  flag,
  list,
  number,
  oneOf,
  orNull,
  record,
  structure,
  text,
} from '../../system/read.ts';

const asked = structure<PlanAsked>({
  contacts: amount,
  mode: oneOf('progressive', 'predictive', 'agentless', 'preview'),
  agents: orNull(amount),
  shifts: list(structure({ from: text, to: text, agents: amount })),
  feeder: oneOf('fill', 'blast'),
  expirySeconds: amount,
  resends: amount,
  hours: orNull(structure({ from: text, to: text })),
  bandwidth: amount,
  capacity: amount,
  detection: flag,
  pendingLimit: amount,
  concurrentCalls: amount,
  seeds: list(number),
});

const supposed = structure<PlanSuppositions>({
  humans: amount,
  machines: amount,
  talkSeconds: amount,
  afterCallSeconds: amount,
  patienceSeconds: amount,
  thresholdSeconds: amount,
  agentlessDialsASecond: amount,
  flowSeconds: amount,
});

const point = structure<PlanPoint>({
  fromMs: amount,
  toMs: amount,
  over: amount,
  dials: amount,
  reached: amount,
  expired: amount,
  occupancy: orNull(amount),
});

const outcome = structure<PlanOutcome>({
  seed: number,
  durationMs: amount,
  feedingMs: amount,
  reached: amount,
  dialled: amount,
  answered: amount,
  machines: amount,
  abandoned: amount,
  expired: amount,
  failed: amount,
  expiries: amount,
  throttled: amount,
  sendings: amount,
  calls: structure({ feeder: amount, contacts: amount }),
  occupancy: orNull(amount),
  abandonment: orNull(amount),
  reachedAnHour: orNull(amount),
  ended: record(amount),
  series: list(point),
});

const spread = structure<Spread>({
  least: orNull(amount),
  median: orNull(amount),
  most: orNull(amount),
});

export const plan = structure<Plan & { readonly assumptions: readonly string[] }>({
  schema: oneOf(PLAN_SCHEMA),
  asked,
  supposed,
  outcomes: list(outcome),
  spread: structure<Plan['spread']>(
    Object.fromEntries(PLAN_FIGURES.map((figure) => [figure, spread])) as never,
  ),
  interrupted: flag,
  assumptions: list(text),
});
