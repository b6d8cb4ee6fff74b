/** A number of iterations started per time unit, however long each takes. */

import type { Fields } from '../fields.ts';
import { ScriptRefused } from '../refusal.ts';
import { pumpArrivals } from './arrival-pump.ts';
import { constantArrivals } from './arrivals.ts';
import type { Executor } from './executor.ts';

export function constantArrivalRate(fields: Fields): Executor {
  const rate = fields.whole('rate', 1);
  const timeUnitMs = fields.positiveDuration('timeUnit', 1_000);
  const regularMs = fields.positiveDuration('duration');
  const { vus, maxVus } = readVus(fields);
  return {
    vus,
    maxVus,
    regularMs,
    iterations: null,
    target: () => (rate * 1_000) / timeUnitMs,
    run(scenario) {
      return pumpArrivals(scenario, constantArrivals(rate, timeUnitMs, regularMs), this);
    },
  };
}

/** `preAllocatedVUs` and `maxVUs`, which is the same unless it is given. */
export function readVus(fields: Fields): { vus: number; maxVus: number } {
  const vus = fields.whole('preAllocatedVUs', 0);
  const maxVus = fields.whole('maxVUs', 1, vus);
  if (maxVus < vus) {
    throw new ScriptRefused(
      `maxVUs of ${fields.where} (${maxVus}) are fewer than its preAllocatedVUs (${vus})`,
    );
  }
  return { vus, maxVus };
}
