/** The fault plans that have a name. */

import type { WrittenPlan } from './plan.ts';

export interface BuiltInPlan {
  readonly meaning: string;
  readonly plan: WrittenPlan;
}

const ROWS = {
  'flaky-network': {
    meaning: 'some requests get a delay, a lost connection, half a reply or a 502 page',
    plan: {
      faults: [
        {
          fault: 'latency',
          ms: { distribution: 'lognormal', median: 20, sigma: 1, max: 2000 },
          when: { share: 0.3 },
        },
        { fault: 'drop-on-arrival', when: { share: 0.02 } },
        { fault: 'load-balancer-error', when: { share: 0.02 } },
        { fault: 'drop-after-commit', with: 'reset', when: { share: 0.02 } },
        { fault: 'half-reply', when: { share: 0.02 } },
      ],
    },
  },
  unreliable: {
    meaning: 'temporary failures of many kinds, in about one request in four',
    plan: {
      faults: [
        {
          fault: 'latency',
          ms: { distribution: 'lognormal', median: 10, sigma: 1, max: 500 },
          when: { share: 0.2 },
        },
        { fault: 'throttle', when: { share: 0.04 } },
        { fault: 'service-unavailable', when: { share: 0.03 } },
        { fault: 'load-balancer-error', when: { share: 0.03 } },
        { fault: 'drop-on-arrival', when: { share: 0.03 } },
        { fault: 'error-before-commit', when: { share: 0.03 } },
        { fault: 'drop-before-commit', when: { share: 0.03 } },
        { fault: 'error-after-commit', when: { share: 0.03 } },
        { fault: 'drop-after-commit', when: { share: 0.03 } },
        { fault: 'half-reply', when: { share: 0.03 } },
        { fault: 'retry-after', seconds: 1, when: { share: 0.5 } },
      ],
    },
  },
  'throttle-storm': {
    meaning: 'in every 15 seconds, all requests from the fifth to the tenth second are throttled',
    plan: { faults: [{ fault: 'throttle', when: { from: 5, to: 10, period: 15 } }] },
  },
  ambiguous: {
    meaning:
      'for about one call in five, everything is stored but the client gets an error or no answer',
    plan: {
      faults: [
        { fault: 'error-after-commit', when: { share: 0.1 } },
        { fault: 'drop-after-commit', when: { share: 0.06 } },
        { fault: 'half-reply', when: { share: 0.06 } },
      ],
    },
  },
  slow: {
    meaning: 'every request waits about 200 ms, and one reply in ten is sent slowly',
    plan: {
      faults: [
        {
          fault: 'latency',
          ms: { distribution: 'lognormal', median: 200, sigma: 0.6, max: 5000 },
        },
        { fault: 'slow-reply', bytesPerSecond: 2000, when: { share: 0.1 } },
      ],
    },
  },
  'failing-items': {
    meaning: 'one customer number in ten gets REQUEST_THROTTLED, one in twenty INTERNAL_ERROR',
    plan: {
      faults: [
        { fault: 'fail-items', code: 'REQUEST_THROTTLED', items: 0.1 },
        { fault: 'fail-items', code: 'INTERNAL_ERROR', items: 0.05 },
      ],
    },
  },
  'wrong-clock': {
    meaning: "the endpoint's clock is twenty minutes ahead",
    plan: { faults: [{ fault: 'clock-skew', seconds: 1200 }] },
  },
} as const satisfies Record<string, BuiltInPlan>;

export type BuiltInPlanName = keyof typeof ROWS;

export const BUILT_IN_PLANS: Readonly<Record<BuiltInPlanName, BuiltInPlan>> = ROWS;
