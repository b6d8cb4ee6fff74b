/** What a scenario promises, as k6 options: its thresholds, its iterations, its statistics. */

import type { Options, Scenario, Threshold } from 'k6/options';
import { type Profile, plannedIterations } from './profiles.ts';

/**
 * The thresholds every scenario has. Each metric that can be empty has a floor beside it, for k6
 * passes a threshold that saw no sample.
 */
export function objectives(profile: Profile): Record<string, Threshold[]> {
  return {
    batches_started: [`count>=${plannedIterations(profile)}`],
    iteration_ok: ['rate==1'],
    checks: ['rate==1'],
    verdict_as_predicted: ['rate==1'],
    http_req_failed: ['rate==0'],
    http_req_duration: [`p(95)<${profile.p95Ms}`],
    dropped_iterations: ['count<1'],
  };
}

/** A fixed number of iterations shared by the VUs; k6 wants no more VUs than there are iterations. */
export function sharedIterations({ vus, iterations }: Profile): Scenario {
  return { executor: 'shared-iterations', vus: Math.min(vus, iterations), iterations };
}

export const TREND_STATS: NonNullable<Options['summaryTrendStats']> = [
  'avg',
  'min',
  'med',
  'max',
  'p(90)',
  'p(95)',
  'p(99)',
  'count',
];
