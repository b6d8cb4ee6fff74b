/** A number of VUs that iterate for a time. */

import type { Fields } from '../fields.ts';
import { type Executor, loopAll } from './executor.ts';

export function constantVus(fields: Fields): Executor {
  const vus = fields.whole('vus', 1, 1);
  const regularMs = fields.positiveDuration('duration');
  return {
    vus,
    maxVus: vus,
    regularMs,
    iterations: null,
    target: () => vus,
    run: (scenario) => loopAll(scenario, vus),
  };
}
