/** Scenarios in a second or two, for whoever asks what they catch and not how fast anything is. */

import type { ProfileValues, ScenarioName } from '../lib/profiles.ts';

/** What every one is to keep on the busiest machine. */
const P95_MS = 20_000;

const VALUES: Readonly<Record<ScenarioName, ProfileValues>> = {
  smoke: { iterations: 10 },
  throughput: { rate: 60, seconds: 1, vus: 60 },
  replay: { iterations: 6 },
  quota: { pacedSeconds: 1, pastSeconds: 1 },
  conflict: { iterations: 6 },
  race: { iterations: 5 },
  mix: { iterations: 40 },
  partial: { iterations: 10 },
  breakpoint: { rate: 10, peak: 30, seconds: 1, stepSeconds: 1, precisionPercent: 50 },
  spike: { rate: 10, peak: 30, seconds: 3 },
  soak: { rate: 10, seconds: 3, windowSeconds: 1 },
  ambiguous: { iterations: 10 },
  'retry-storm': { rate: 20, seconds: 1, baseMs: 50, capMs: 500, amplification: 20 },
  // As many attempts as the longest storm of the plans takes.
  fault: { iterations: 20, attempts: 40, amplification: 40 },
};

export function briefly(scenario: ScenarioName): ProfileValues {
  return { p95Ms: P95_MS, ...VALUES[scenario] };
}

/** Whether a scenario is one of a number of iterations, which are the same to the last on every engine. */
export function hasIterations(scenario: ScenarioName): boolean {
  return 'iterations' in VALUES[scenario];
}
