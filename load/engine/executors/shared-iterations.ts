/** A number of iterations, shared by VUs. A free VU takes the next one. */

import type { Fields } from '../read/fields.ts';
import { ScriptRefused } from '../read/refusal.ts';
import type { Segment } from '../read/segment.ts';
import { type Executor, loopAll } from './executor.ts';

/** @throws ScriptRefused where an option is invalid, or there are fewer iterations than VUs. */
export function sharedIterations(fields: Fields, segment: Segment): Executor {
  const allVus = fields.whole('vus', 1, 1);
  const allIterations = fields.whole('iterations', 1, 1);
  const regularMs = fields.positiveDuration('maxDuration', 600_000);
  if (allIterations < allVus) {
    throw new ScriptRefused(
      `iterations of ${fields.where} (${allIterations}) are fewer than its vus (${allVus})`,
    );
  }
  const vus = segment.share(allVus);
  const numbers = segment.among(allVus);
  const iterations = numbers.share(allIterations);
  return {
    vus,
    maxVus: vus,
    regularMs,
    numbers,
    iterations,
    aim: null,
    target: () => null,
    async run(scenario) {
      let taken = 0;
      await loopAll(scenario, vus, () => {
        if (taken === iterations) return false;
        taken += 1;
        return true;
      });
      if (taken < iterations) scenario.drop(iterations - taken);
    },
  };
}
