/** Executors by k6's names. */

import type { Fields } from '../read/fields.ts';
import type { Segment } from '../read/segment.ts';
import { constantArrivalRate } from './constant-arrival-rate.ts';
import { constantVus } from './constant-vus.ts';
import type { Executor } from './executor.ts';
import { perVuIterations } from './per-vu-iterations.ts';
import { rampingArrivalRate } from './ramping-arrival-rate.ts';
import { rampingVus } from './ramping-vus.ts';
import { sharedIterations } from './shared-iterations.ts';

/** Each reads its own members of a scenario, and keeps the segment's part. */
export const EXECUTORS = {
  'shared-iterations': sharedIterations,
  'per-vu-iterations': perVuIterations,
  'constant-vus': constantVus,
  'ramping-vus': rampingVus,
  'constant-arrival-rate': constantArrivalRate,
  'ramping-arrival-rate': rampingArrivalRate,
} as const satisfies Record<string, (fields: Fields, segment: Segment) => Executor>;

export type ExecutorName = keyof typeof EXECUTORS;

export function isExecutorName(name: string): name is ExecutorName {
  return Object.hasOwn(EXECUTORS, name);
}
