/** What each scenario does unless told otherwise. Plain values: read by scripts and by the CLI. */

export interface Profile {
  /** Virtual users, or the VUs made ready for an arrival rate. */
  readonly vus: number;
  /** Iterations in all; 0 where a rate and a duration decide. */
  readonly iterations: number;
  /** Iterations started per second; 0 where `iterations` decides. */
  readonly rate: number;
  /** Seconds of an arrival rate; 0 where `iterations` decides. */
  readonly seconds: number;
  /** Times that a token is sent at once. */
  readonly copies: number;
  /** Objective: 95 % of the answers come within this many milliseconds. */
  readonly p95Ms: number;
}

export interface ScenarioRow {
  readonly meaning: string;
  readonly profile: Profile;
}

export const SCENARIOS = {
  smoke: {
    meaning: 'a few batches one after the other: does the endpoint answer as predicted at all',
    profile: { vus: 1, iterations: 20, rate: 0, seconds: 0, copies: 1, p95Ms: 1_000 },
  },
  throughput: {
    meaning: 'unique signed batches at a constant arrival rate',
    profile: { vus: 20, iterations: 0, rate: 100, seconds: 15, copies: 1, p95Ms: 500 },
  },
  replay: {
    meaning:
      'every ClientToken sent again, one after the other and at once; the same answer required',
    profile: { vus: 5, iterations: 100, rate: 0, seconds: 0, copies: 4, p95Ms: 1_000 },
  },
} as const satisfies Record<string, ScenarioRow>;

export type ScenarioName = keyof typeof SCENARIOS;

export const SCENARIO_NAMES = Object.keys(SCENARIOS) as readonly ScenarioName[];

export const PROFILE_KEYS = Object.keys(SCENARIOS.smoke.profile) as readonly (keyof Profile)[];

/** Iterations that a profile plans. */
export function plannedIterations({ iterations, rate, seconds }: Profile): number {
  return iterations || Math.floor(rate * seconds);
}
