/** A number of iterations for each VU. */

import type { Fields } from '../read/fields.ts';
import type { Segment } from '../read/segment.ts';
import { type Executor, loopAll, type ScenarioRun } from './executor.ts';

export function perVuIterations(fields: Fields, segment: Segment): Executor {
  const allVus = fields.whole('vus', 1, 1);
  const vus = segment.share(allVus);
  const iterations = fields.whole('iterations', 1, 1);
  const regularMs = fields.positiveDuration('maxDuration', 600_000);
  return {
    vus,
    maxVus: vus,
    regularMs,
    numbers: segment.among(allVus),
    iterations: vus * iterations,
    aim: null,
    target: () => null,
    async run<Vu>(scenario: ScenarioRun<Vu>) {
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
