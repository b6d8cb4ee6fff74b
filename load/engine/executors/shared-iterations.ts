/** A number of iterations, shared by VUs: whoever is free takes the next. */

import type { Fields } from '../fields.ts';
import { ScriptRefused } from '../refusal.ts';
import { type Executor, loopAll } from './executor.ts';

export function sharedIterations(fields: Fields): Executor {
  const vus = fields.whole('vus', 1, 1);
  const iterations = fields.whole('iterations', 1, 1);
  const regularMs = fields.positiveDuration('maxDuration', 600_000);
  if (iterations < vus) {
    throw new ScriptRefused(
      `iterations of ${fields.where} (${iterations}) are fewer than its vus (${vus})`,
    );
  }
  return {
    vus,
    maxVus: vus,
    regularMs,
    iterations,
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
