/** A number of iterations for each VU. */

import type { Fields } from '../fields.ts';
import type { Vu } from '../vu.ts';
import { type Executor, loopAll } from './executor.ts';

export function perVuIterations(fields: Fields): Executor {
  const vus = fields.whole('vus', 1, 1);
  const iterations = fields.whole('iterations', 1, 1);
  const regularMs = fields.positiveDuration('maxDuration', 600_000);
  return {
    vus,
    maxVus: vus,
    regularMs,
    iterations: vus * iterations,
    target: () => null,
    async run(scenario) {
      const taken = new Map<Vu, number>();
      let all = 0;
      await loopAll(scenario, vus, (vu) => {
        const own = taken.get(vu) ?? 0;
        if (own === iterations) return false;
        taken.set(vu, own + 1);
        all += 1;
        return true;
      });
      if (all < vus * iterations) scenario.drop(vus * iterations - all);
    },
  };
}
