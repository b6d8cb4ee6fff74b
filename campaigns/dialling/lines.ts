/** The lines of an instance, and the share of them that each campaign has. */

import type { KeptCampaign, State } from '../state/state.ts';

/** Lines that are free: of the campaign's own share, and of those also free in the instance. */
export function freeLines(state: State, home: KeptCampaign): { lines: number; own: number } {
  const { concurrentCalls } = state.options.choices;
  if (concurrentCalls === 0) return { lines: 0, own: 0 };
  let taken = 0;
  let capacities = 0;
  for (const other of state.campaigns.values()) {
    if (other.campaign.instanceId !== home.campaign.instanceId) continue;
    taken += linesOf(other);
    if (other.campaign.state === 'Running') capacities += other.settings.capacity;
  }
  const share = Math.floor((concurrentCalls * home.settings.capacity) / Math.max(1, capacities));
  const own = Math.max(1, share) - linesOf(home);
  return { lines: Math.min(own, concurrentCalls - taken), own };
}

/** A contact that an agent looks at will be called, so it has a line. */
function linesOf({ counts }: KeptCampaign): number {
  return counts.dialing + counts.preview;
}
