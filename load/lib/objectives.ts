/** The objectives of a scenario, as k6 thresholds. */

import type { Options, Threshold } from 'k6/options';

export type Promises = Readonly<Record<string, Threshold[]>>;

/** The thresholds that must hold in each window of a length such as `10s`. */
export type WindowedPromises = Readonly<
  Record<string, { readonly threshold: string; readonly window: string }[]>
>;

/**
 * The thresholds of every scenario. Each metric that can be empty also has a floor, because k6 passes a
 * threshold without samples.
 *
 * @param planned iterations that its executors plan.
 */
export function always(planned: number): Promises {
  return {
    batches_started: [`count>=${planned}`],
    iteration_ok: ['rate==1'],
    checks: ['rate==1'],
    verdict_as_predicted: ['rate==1'],
    dropped_iterations: ['count<1'],
  };
}

/** Every call gets a status that the scenario expects, 95 % of them within `p95Ms`. */
export function answersWithin({ p95Ms }: { readonly p95Ms: number }): Promises {
  return { http_req_failed: ['rate==0'], http_req_duration: [`p(95)<${p95Ms}`] };
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
