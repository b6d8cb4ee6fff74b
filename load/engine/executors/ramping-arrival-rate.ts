/** Iterations started at a rate that changes from stage to stage. */

import type { Fields } from '../fields.ts';
import { pumpArrivals } from './arrival-pump.ts';
import { rampingArrivals } from './arrivals.ts';
import { readVus } from './constant-arrival-rate.ts';
import type { Executor } from './executor.ts';
import { readStages, targetAt, totalMs } from './stages.ts';

export function rampingArrivalRate(fields: Fields): Executor {
  const startRate = fields.whole('startRate', 0, 0);
  const timeUnitMs = fields.positiveDuration('timeUnit', 1_000);
  const stages = readStages(fields);
  const { vus, maxVus } = readVus(fields);
  return {
    vus,
    maxVus,
    regularMs: totalMs(stages),
    iterations: null,
    target: (elapsedMs) => (targetAt(startRate, stages, elapsedMs) * 1_000) / timeUnitMs,
    run(scenario) {
      return pumpArrivals(scenario, rampingArrivals(startRate, timeUnitMs, stages), this);
    },
  };
}
