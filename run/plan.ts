/** The data of a plan: what a campaign comes to, before a single call is made. Every form of it is a function of this. */

export const PLAN_SCHEMA = 'dialproof-plan/1';

export interface Plan {
  readonly schema: typeof PLAN_SCHEMA;
  readonly asked: PlanAsked;
  readonly supposed: PlanSuppositions;
  /** One for each seed, in the order of the seeds. */
  readonly outcomes: readonly PlanOutcome[];
  /** The least, the middle and the greatest of each figure over the seeds. */
  readonly spread: Readonly<Record<PlanFigure, Spread>>;
  /** Whether Ctrl-C ended it. `outcomes` then has the seeds that were done. */
  readonly interrupted: boolean;
}

/** What was asked for, with the defaults filled in. */
export interface PlanAsked {
  readonly contacts: number;
  readonly mode: 'progressive' | 'predictive' | 'agentless' | 'preview';
  /** Agents who are always there; null where there are shifts. Agentless campaigns have none. */
  readonly agents: number | null;
  readonly shifts: readonly {
    readonly from: string;
    readonly to: string;
    readonly agents: number;
  }[];
  readonly feeder: PlanFeeder;
  /** Seconds from a dial request to its expirationTime. */
  readonly expirySeconds: number;
  /** How often a feeder sends a contact again whose dial request expired. */
  readonly resends: number;
  /** The hours in which the feeder sends, HH:MM by UTC; null for all. */
  readonly hours: { readonly from: string; readonly to: string } | null;
  readonly bandwidth: number;
  readonly capacity: number;
  /** Answering-machine detection. */
  readonly detection: boolean;
  readonly pendingLimit: number;
  readonly concurrentCalls: number;
  readonly seeds: readonly number[];
}

/** Numbers of the engine that AWS does not publish. All durations are means. */
export interface PlanSuppositions {
  /** Shares of dials. */
  readonly humans: number;
  readonly machines: number;
  readonly talkSeconds: number;
  readonly afterCallSeconds: number;
  /** Until a customer who waits for an agent hangs up. */
  readonly patienceSeconds: number;
  /** A customer who waits longer for an agent is abandoned. */
  readonly thresholdSeconds: number;
  readonly agentlessDialsASecond: number;
  readonly flowSeconds: number;
}

export type PlanFeeder = 'fill' | 'blast';

/** Counts are of contacts, but where something else is said. */
export interface PlanOutcome {
  readonly seed: number;
  /** Milliseconds from the first dial request until the last contact is over. */
  readonly durationMs: number;
  /** Milliseconds of it in which the feeder may send. */
  readonly feedingMs: number;
  /** A customer talked with an agent. In the mode agentless: heard the flow. */
  readonly reached: number;
  readonly dialled: number;
  /** Humans who answered. */
  readonly answered: number;
  readonly machines: number;
  /** Customers who waited longer for an agent than the threshold, or hung up before. */
  readonly abandoned: number;
  /** Never dialled: their last dial request expired. */
  readonly expired: number;
  /** No contact was made, for another reason. */
  readonly failed: number;
  /** Dial requests that expired, those included that were sent again. */
  readonly expiries: number;
  /** Dial requests that the campaign had no room for. Each is sent again. */
  readonly throttled: number;
  /** Dial requests that were sent, those included that were throttled. */
  readonly sendings: number;
  /** Calls of PutDialRequestBatch, and of BatchPutContact. */
  readonly calls: { readonly feeder: number; readonly contacts: number };
  /** Share of the agents' time in which they were with a customer or in after-call work. Null without agents. */
  readonly occupancy: number | null;
  /** Abandoned customers among all who waited for an agent or were connected. Null if there were none. */
  readonly abandonment: number | null;
  /** Contacts reached for each agent and hour. Null without agents. */
  readonly reachedAnHour: number | null;
  /** How many contacts ended with each DisconnectReason. */
  readonly ended: Readonly<Record<string, number>>;
  readonly series: readonly PlanPoint[];
}

/** A stretch of the campaign. */
export interface PlanPoint {
  /** Milliseconds from the first dial request to the beginning and the end of the stretch. */
  readonly fromMs: number;
  readonly toMs: number;
  /** Contacts, of all, that were over at its end. */
  readonly over: number;
  readonly dials: number;
  readonly reached: number;
  readonly expired: number;
  /** As in the outcome; of this stretch only. */
  readonly occupancy: number | null;
}

export const PLAN_FIGURES = [
  'durationMs',
  'feedingMs',
  'reached',
  'dialled',
  'answered',
  'expired',
  'throttled',
  'sendings',
  'expiries',
  'abandoned',
  'occupancy',
  'abandonment',
  'reachedAnHour',
] as const;

export type PlanFigure = (typeof PLAN_FIGURES)[number];

/** Null where no seed has the figure. */
export interface Spread {
  readonly least: number | null;
  readonly median: number | null;
  readonly most: number | null;
}
