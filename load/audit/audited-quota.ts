/** The quota against which an audit can check an emulator. */

import type { Choices } from '../../operation/connect/choices.ts';
import type { Quota } from '../../operation/connect/limits.ts';
import type { PlannedFaults } from '../endpoint/endpoint-figures.ts';

/**
 * The endpoint's quota, or null where what the audit follows is not what the endpoint does: its bucket is
 * refilled once a second, or a fault says that it is empty when it is not.
 */
export function auditedQuota(
  quota: Quota,
  { bucketRefill = 'continuous' }: Partial<Choices>,
  plan: PlannedFaults | undefined,
): Quota {
  const throttled = plan?.faults?.some(({ fault }) => fault === 'throttle') ?? false;
  return bucketRefill === 'continuous' && !throttled ? quota : null;
}
