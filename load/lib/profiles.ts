/** The default values of each scenario. They are plain values, which scripts, the CLI and the docs read. */

import type { AskedOutcome } from '../../operation/campaigns/asked-numbers.ts';

/** What a scenario of the dial road puts into its corpus. Shares are of all dial requests. */
export interface DialPlan {
  /** Shares of dial requests that are refused, of all codes together. */
  readonly refused: number;
  /** Share of numbers that ask for an outcome, and the outcomes; all of them if they are left out. */
  readonly asked: number;
  readonly outcomes?: readonly AskedOutcome[];
}

/** Values of a scenario, each replaced by `--set name=value`. */
export type ProfileValues = Readonly<Record<string, number>>;

export interface ScenarioRow {
  readonly meaning: string;
  /** What the scenario checks in addition to the checks of every scenario. */
  readonly objective: string;
  /**
   * The embedded emulator that it is meant for: with the published quota (`aws`), without one, with faults, or without a
   * quota and with a sink of dial records (`road`).
   */
  readonly endpoint: 'aws' | 'stress' | 'faulty' | 'road';
  /**
   * `vus`: virtual users; `iterations`: in all; `rate`: iterations started a second; `seconds`: for how
   * long; `p95Ms`: 95 % of the answers come within this many milliseconds.
   */
  readonly profile: ProfileValues;
  /** Values for a run of one or two seconds, which shows what the scenario catches and measures no rates. */
  readonly brief: ProfileValues;
  /** How often it sends each batch where nothing goes wrong; only of one that sends again what failed. */
  readonly sends?: number;
  /** Whether the response times of the first and the last third are compared, because the scenario is long. */
  readonly isLong?: true;
  /** The failure codes that the corpus must have, so that the scenario shows something. */
  readonly needsCodes?: 'every' | 'a retryable one';
  /** Its load tells what the rate and the burst of the quota are. */
  readonly measuresQuota?: true;
  /** It hands over dial requests; its history is of the dial road (load/road). */
  readonly dials?: DialPlan;
  /** It shows nothing where no dial request becomes a contact. */
  readonly needsContacts?: true;
  /** It moves the clock of the endpoint, or looks at what became of dial requests: it needs the control door. */
  readonly needsControl?: true;
  /** It looks for the highest rate that holds the objective: further runs follow the first (load/run/breakpoint.ts). */
  readonly searches?: true;
}

export const SCENARIOS = {
  smoke: {
    meaning: 'sends a few batches one after the other, to see whether the endpoint works at all',
    objective: 'every batch is answered with 200',
    endpoint: 'stress',
    profile: { vus: 1, iterations: 20, p95Ms: 1_000 },
    brief: { iterations: 10 },
  },
  throughput: {
    meaning: 'sends unique signed batches at a constant arrival rate',
    objective: 'every batch is answered with 200',
    endpoint: 'stress',
    profile: { vus: 20, rate: 100, seconds: 8, p95Ms: 500 },
    brief: { rate: 60, seconds: 1, vus: 60 },
  },
  replay: {
    meaning: 'sends every ClientToken again, both one after the other and at once',
    objective: 'all answers to a token are the same',
    endpoint: 'stress',
    profile: { vus: 5, iterations: 100, copies: 4, p95Ms: 1_000 },
    brief: { iterations: 6 },
  },
  quota: {
    meaning: 'sends twice the burst at once, then keeps to the quota, then exceeds it',
    objective:
      'within the quota no call is refused; beyond it, calls are refused; other accounts do not matter',
    endpoint: 'aws',
    profile: {
      quotaRate: 10,
      quotaBurst: 15,
      pacedSeconds: 2,
      pastRate: 30,
      pastSeconds: 2,
      p95Ms: 1_000,
    },
    brief: { pacedSeconds: 1, pastRate: 60, pastSeconds: 1 },
    measuresQuota: true,
  },
  conflict: {
    meaning: 'sends a ClientToken again with other contacts, either afterwards or at the same time',
    objective: 'one payload gets 200 and is kept, the other gets IdempotencyException',
    endpoint: 'stress',
    profile: { vus: 2, iterations: 40, p95Ms: 1_000 },
    brief: { iterations: 6 },
  },
  race: {
    meaning: 'sends one ClientToken several times at once, by one virtual user and by several',
    objective: 'all answers to a token are the same',
    endpoint: 'stress',
    profile: { vus: 8, iterations: 40, copies: 4, p95Ms: 1_000 },
    brief: { iterations: 5 },
  },
  mix: {
    meaning: 'provokes every failure code, in the shares of the corpus',
    objective: 'every code occurs, and every item gets the predicted one',
    endpoint: 'stress',
    profile: { vus: 4, iterations: 200, p95Ms: 1_000 },
    brief: { iterations: 40 },
    needsCodes: 'every',
  },
  partial: {
    meaning:
      'sends batches in which some contacts fail, and sends the retryable ones again with a new ClientToken',
    objective: 'the second answer has exactly the contacts that were sent again',
    endpoint: 'stress',
    profile: { vus: 4, iterations: 100, p95Ms: 1_000 },
    brief: { iterations: 10 },
    needsCodes: 'a retryable one',
  },
  breakpoint: {
    meaning:
      'raises the arrival rate until the objective is missed, then bisects at constant rates',
    objective:
      'the lowest rate meets it; the report names the highest rate that does, and why the next one does not',
    endpoint: 'stress',
    profile: {
      vus: 100,
      rate: 50,
      peak: 1_500,
      seconds: 15,
      stepSeconds: 4,
      precisionPercent: 10,
      p95Ms: 200,
    },
    brief: { rate: 10, peak: 30, seconds: 1, stepSeconds: 1, precisionPercent: 50 },
    searches: true,
  },
  spike: {
    meaning: 'sends at a steady rate, at several times that rate for a moment, then steadily again',
    objective: 'no call fails in the spike, and after it the answers come in time again',
    endpoint: 'stress',
    profile: { vus: 60, rate: 30, peak: 200, seconds: 12, p95Ms: 500 },
    brief: { rate: 10, peak: 30, seconds: 3 },
  },
  soak: {
    meaning: 'sends at a moderate arrival rate for a long time',
    objective: 'the answers come in time, in every window and in the last third of the run',
    endpoint: 'stress',
    profile: { vus: 20, rate: 40, seconds: 60, windowSeconds: 10, p95Ms: 500 },
    brief: { rate: 10, seconds: 3, windowSeconds: 1, vus: 30 },
    isLong: true,
  },
  ambiguous: {
    meaning:
      'gives calls up after a few milliseconds, then sends them again with the same ClientToken',
    objective: 'the outcome of every batch becomes known, and no batch is created twice',
    endpoint: 'stress',
    profile: { vus: 4, iterations: 100, timeoutMs: 8, attempts: 8, p95Ms: 1_000 },
    brief: { iterations: 10 },
    sends: 2,
  },
  'retry-storm': {
    meaning:
      'sends more batches than the quota admits, and retries each with full jitter until it is admitted',
    objective:
      'every batch is admitted, with at most `amplification` requests per batch on average',
    endpoint: 'aws',
    profile: {
      vus: 120,
      rate: 20,
      seconds: 5,
      baseMs: 200,
      capMs: 4_000,
      attempts: 20,
      amplification: 6,
      p95Ms: 1_000,
    },
    brief: { rate: 20, seconds: 1, baseMs: 50, capMs: 500, amplification: 20 },
    sends: 1,
  },
  fault: {
    meaning: 'calls an unreliable endpoint, and retries with the same ClientToken and full jitter',
    objective: 'every batch is created once, and a later replay gets the same answer',
    endpoint: 'faulty',
    profile: {
      vus: 8,
      iterations: 200,
      baseMs: 10,
      capMs: 500,
      attempts: 15,
      amplification: 5,
      p95Ms: 2_000,
    },
    // As many attempts as the longest storm of the plans takes.
    brief: { iterations: 20, attempts: 40, amplification: 40 },
    sends: 2,
  },
  dial: {
    meaning:
      'hands over batches of dial requests at a constant arrival rate, and some of them again',
    objective:
      'every item is answered as predicted, and a batch that is sent again gets the same ids',
    endpoint: 'road',
    profile: {
      version: 1,
      vus: 20,
      rate: 20,
      seconds: 5,
      attempts: 5,
      expiresSeconds: 300,
      p95Ms: 500,
    },
    brief: { rate: 20, seconds: 1, vus: 30, attempts: 15 },
    dials: { refused: 0.1, asked: 0.7 },
  },
  pipeline: {
    meaning: 'hands over dial requests to a campaign with agents, and follows each to its end',
    objective:
      'every dial request becomes a contact within `contactMs`, and comes to an end; the report has the time to each stage',
    endpoint: 'road',
    profile: {
      version: 1,
      vus: 1,
      iterations: 3,
      attempts: 5,
      stepSeconds: 60,
      steps: 40,
      contactMs: 2_000,
      expiresSeconds: 900,
      p95Ms: 1_000,
    },
    // As long as the longest fault of the plans keeps a contact waiting.
    brief: { iterations: 2, attempts: 15, contactMs: 600_000 },
    dials: {
      refused: 0,
      asked: 1,
      outcomes: ['HUMAN_ANSWERED', 'VOICEMAIL_BEEP', 'AMD_UNANSWERED', 'SIT_TONE_BUSY'],
    },
    needsContacts: true,
    needsControl: true,
  },
  'feeder-pressure': {
    meaning:
      'hands over more dial requests than a campaign holds, and waits as documented before it sends the rest again',
    objective: 'the limit is reached, and every dial request gets through',
    endpoint: 'road',
    profile: {
      version: 1,
      vus: 1,
      limit: 1_000,
      overPercent: 125,
      attempts: 5,
      waitSeconds: 30,
      waits: 40,
      expiresSeconds: 900,
      // Between the calls the clock is moved, and all that is due runs at once: a call may wait for it.
      p95Ms: 2_000,
    },
    // The campaign still has to be full.
    brief: { overPercent: 110, attempts: 15 },
    dials: { refused: 0, asked: 0.5 },
    needsContacts: true,
  },
  expiry: {
    meaning: 'hands over dial requests that nobody is there to dial, and lets them expire',
    objective:
      'before its expirationTime none has expired, and after it all that were not dialled have; with a new clientToken they are accepted again',
    endpoint: 'road',
    profile: {
      version: 1,
      vus: 1,
      iterations: 8,
      attempts: 5,
      expiresSeconds: 60,
      marginSeconds: 5,
      p95Ms: 1_000,
    },
    brief: { iterations: 4, attempts: 15 },
    dials: { refused: 0, asked: 0.4, outcomes: ['EXPIRED'] },
    needsContacts: true,
    needsControl: true,
  },
  pause: {
    meaning: 'pauses, resumes and stops campaigns while their dial requests wait to be dialled',
    objective: 'nobody is dialled while the campaign is paused, nor after it was stopped',
    endpoint: 'road',
    profile: {
      version: 1,
      vus: 1,
      iterations: 3,
      attempts: 5,
      runSeconds: 3,
      pauseSeconds: 20,
      expiresSeconds: 600,
      p95Ms: 1_000,
    },
    brief: { iterations: 1, attempts: 15 },
    dials: { refused: 0, asked: 0.5 },
  },
} as const satisfies Record<string, ScenarioRow>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as readonly ScenarioName[];

/** The row of a scenario of ours; null of a script of the user's own. */
export function scenarioRow(name: ScenarioName | null): ScenarioRow | null {
  return name === null ? null : SCENARIOS[name];
}

/** Names of all profile values that there are. */
export const PROFILE_KEYS: readonly string[] = [
  ...new Set(Object.values(SCENARIOS).flatMap(({ profile }) => Object.keys(profile))),
];

/** What a profile value is called in a script's environment. */
export function envNameOf(key: string): string {
  return `DIALPROOF_SET_${key.toUpperCase()}`;
}
