/** A number of VUs that iterate for a time. */

import type { Fields } from '../read/fields.ts';
import type { Segment } from '../read/segment.ts';
import { type Executor, loopAll } from './executor.ts';

export function constantVus(fields: Fields, segment: Segment): Executor {
  const all = fields.whole('vus', 1, 1);
  const vus = segment.share(all);
  const regularMs = fields.positiveDuration('duration');
  return {
    vus,
    maxVus: vus,
    regularMs,
    numbers: segment.among(all),
    iterations: null,
    aim: 'VUs',
    target: () => vus,
    run: (scenario) => loopAll(scenario, vus),
  };
}
