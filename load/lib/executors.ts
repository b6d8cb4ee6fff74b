/** Builds k6 scenarios from profile values, and computes how many iterations they plan. */

import type { Scenario } from 'k6/options';

/** A fixed number of iterations that the VUs share. k6 does not allow more VUs than iterations. */
export function sharedIterations(profile: { vus: number; iterations: number }): Scenario {
  const { vus, iterations } = profile;
  return { executor: 'shared-iterations', vus: Math.min(vus, iterations), iterations };
}

/** `rate` iterations started a second, for `seconds`, from `startSeconds` on. */
export function arrivals(
  { vus, rate, seconds }: { vus: number; rate: number; seconds: number },
  startSeconds = 0,
): Scenario {
  return {
    executor: 'constant-arrival-rate',
    rate,
    timeUnit: '1s',
    duration: `${seconds}s`,
    preAllocatedVUs: vus,
    startTime: `${startSeconds}s`,
  };
}

/** A rate that rises in a straight line from `rate` to `peak` over `seconds`. */
export function risingArrivals(profile: {
  vus: number;
  rate: number;
  peak: number;
  seconds: number;
}): Scenario {
  const { vus, rate, peak, seconds } = profile;
  return {
    executor: 'ramping-arrival-rate',
    startRate: rate,
    timeUnit: '1s',
    stages: [{ duration: `${seconds}s`, target: peak }],
    preAllocatedVUs: vus,
  };
}

/**
 * Iterations that a scenario plans, rounded down.
 *
 * @throws Error if the executor does not plan a number. The thresholds need it as a floor.
 */
export function plannedIterations(name: string, scenario: Scenario): number {
  switch (scenario.executor) {
    case 'shared-iterations':
      return scenario.iterations ?? 1;
    case 'per-vu-iterations':
      return (scenario.vus ?? 1) * (scenario.iterations ?? 1);
    case 'constant-arrival-rate':
      return Math.floor(
        (scenario.rate * secondsOf(scenario.duration)) / secondsOf(scenario.timeUnit ?? '1s'),
      );
    case 'ramping-arrival-rate': {
      let from = scenario.startRate ?? 0;
      let area = 0;
      for (const { duration, target } of scenario.stages) {
        area += (secondsOf(duration) * (from + target)) / 2;
        from = target;
      }
      return Math.floor(area / secondsOf(scenario.timeUnit ?? '1s'));
    }
    default:
      throw new Error(
        `scenario "${name}": ${scenario.executor} plans no number of iterations; use shared-iterations, per-vu-iterations, constant-arrival-rate or ramping-arrival-rate`,
      );
  }
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3_600 };

function secondsOf(duration: string): number {
  let seconds = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
    seconds += Number(amount) * (UNIT_SECONDS[unit ?? ''] ?? 0);
  }
  return seconds;
}
