/** Starts a constant number of iterations per time unit, independent of their duration. */

import type { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import type { Segment } from '../read/segment.ts';
import { pumpArrivals } from './arrival-pump.ts';
import { constantArrivals } from './arrivals.ts';
import type { Executor } from './executor.ts';

export function constantArrivalRate(fields: Fields, segment: Segment): Executor {
  const rate = fields.whole('rate', 1);
  const timeUnitMs = fields.positiveDuration('timeUnit', 1_000);
  const regularMs = fields.positiveDuration('duration');
  const { vus, maxVus, numbers } = readVus(fields, segment);
  return {
    vus,
    maxVus,
    regularMs,
    numbers,
    iterations: null,
    aim: 'iterations/s',
    target: () => (numbers.portion * rate * 1_000) / timeUnitMs,
    run(scenario) {
      const due = numbers.of(constantArrivals(rate, timeUnitMs, regularMs));
      return pumpArrivals(scenario, due, this);
    },
  };
}

/**
 * The segment's part of `preAllocatedVUs` and of `maxVUs`. Without `maxVUs`, both are the same.
 *
 * @throws ScriptRefused where `maxVUs` is less than `preAllocatedVUs`.
 */
export function readVus(
  fields: Fields,
  segment: Segment,
): Pick<Executor, 'vus' | 'maxVus' | 'numbers'> {
  const vus = fields.whole('preAllocatedVUs', 0);
  const maxVus = fields.whole('maxVUs', 1, vus);
  if (maxVus < vus) {
    throw new ScriptRefused(
      `maxVUs of ${fields.where} (${maxVus}) are fewer than its preAllocatedVUs (${vus})`,
    );
  }
  return {
    vus: segment.share(vus),
    maxVus: segment.share(maxVus),
    numbers: segment.among(maxVus),
  };
}
