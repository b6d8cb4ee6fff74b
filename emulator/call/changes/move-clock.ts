/** Moves the virtual clock of an endpoint, with what its campaigns have to do until then. */

import type { Service } from '../service.ts';

/**
 * Moves the clock forward. It is moved at once if no campaign has anything to do until then.
 *
 * @returns resolves when the clock is there and nothing is due.
 */
export async function advanceClock(
  { campaigns, virtualClock }: Service,
  milliseconds: number,
): Promise<void> {
  if (campaigns) return campaigns.advance(milliseconds);
  virtualClock.ahead += milliseconds;
}

/** Sets by how many milliseconds the clock was moved. A time before the present one is set at once. */
export async function setClockAhead(
  { campaigns, virtualClock }: Service,
  milliseconds: number,
): Promise<void> {
  if (campaigns) return campaigns.setAhead(milliseconds);
  virtualClock.ahead = milliseconds;
}
