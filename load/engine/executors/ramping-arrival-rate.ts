/** Iterations started at a rate that changes from stage to stage. */

import type { Fields } from '../read/fields.ts';
import type { Segment } from '../read/segment.ts';
import { pumpArrivals } from './arrival-pump.ts';
import { rampingArrivals } from './arrivals.ts';
import { readVus } from './constant-arrival-rate.ts';
import type { Executor } from './executor.ts';
import { readStages, targetAt, totalMs } from './stages.ts';

export function rampingArrivalRate(fields: Fields, segment: Segment): Executor {
  const startRate = fields.whole('startRate', 0, 0);
  const timeUnitMs = fields.positiveDuration('timeUnit', 1_000);
  const stages = readStages(fields);
  const { vus, maxVus, numbers } = readVus(fields, segment);
  return {
    vus,
    maxVus,
    regularMs: totalMs(stages),
    numbers,
    iterations: null,
    aim: 'iterations/s',
    target: (elapsedMs) =>
      (numbers.portion * targetAt(startRate, stages, elapsedMs) * 1_000) / timeUnitMs,
    run(scenario) {
      const due = numbers.of(rampingArrivals(startRate, timeUnitMs, stages));
      return pumpArrivals(scenario, due, this);
    },
  };
}
