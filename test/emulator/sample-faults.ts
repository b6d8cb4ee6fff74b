/** Each fault with the members that it needs, and no other: for tests that try every kind. */

import type { FaultKind, MembersOf } from '../../emulator/faults/kinds.ts';

export const SAMPLE_FAULTS: { readonly [Kind in FaultKind]: Partial<MembersOf<Kind>> } = {
  latency: { ms: 20 },
  'drop-on-arrival': {},
  'load-balancer-error': {},
  'clock-skew': { seconds: 3_600 },
  throttle: {},
  'limit-exceeded': {},
  'service-unavailable': {},
  'error-before-commit': {},
  'drop-before-commit': {},
  'fail-items': { code: 'INTERNAL_ERROR' },
  'error-after-commit': {},
  'drop-after-commit': {},
  'late-reply': { ms: 20 },
  'half-reply': {},
  'slow-reply': { bytesPerSecond: 20_000 },
  'retry-after': { seconds: 1 },
  'x-amz-retry-after': { ms: 10 },
};
