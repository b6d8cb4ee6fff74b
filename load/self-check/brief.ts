/** Scenarios of one or two seconds. They show what the scenarios catch, and measure no rates. */

import { type ProfileValues, SCENARIOS, type ScenarioName } from '../lib/profiles.ts';

/** What every one keeps on the busiest machine. The load generator may add a tenth of it to a response time. */
const P95_MS = 100_000;

export function briefly(scenario: ScenarioName): ProfileValues {
  return { p95Ms: P95_MS, ...SCENARIOS[scenario].brief };
}

/** Whether a scenario is one of a number of iterations, which are the same to the last on every engine. */
export function hasIterations(scenario: ScenarioName): boolean {
  return 'iterations' in SCENARIOS[scenario].profile;
}
