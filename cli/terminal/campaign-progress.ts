/** Formats one line about a campaign that goes on. */

import { openIn, overIn, sum } from '../../load/drive/campaign-sight.ts';
import type { OwnProgress } from '../../load/drive/own-campaign.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import { days } from '../../reports/content/plan.ts';

/** Reasons in the line, the most frequent first. */
const MOST_REASONS = 3;

/** Makes the line for each progress. It estimates the time left from how fast contacts were over until now. */
export function campaignProgress(clock: () => number = Date.now): (now: OwnProgress) => string {
  const began = clock();
  return (progress) => progressLine(progress, clock() - began);
}

/** @param elapsedMs of the system clock. */
export function progressLine(progress: OwnProgress, elapsedMs: number): string {
  const { contacts, left, sight, callsPerSecond } = progress;
  const { dialRequests, calls, agents, pending } = sight;
  // A contact whose dial request expired is sent again: what ended is more than what is over.
  const over = Math.max(0, contacts - left - openIn(sight));
  const isLast = left === 0 && over > 0;
  const share = over / contacts;
  const ends = Object.entries({ ...dialRequests.failed, ...dialRequests.ended })
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_REASONS)
    .map(([reason, n]) => `${reason} ${n}`);
  const made = dialRequests.created + dialRequests.dialing + sum(dialRequests.ended);
  return [
    `${Math.floor(share * 100)} %${share > 0.02 || isLast ? `, ${days((elapsedMs * (1 - share)) / share)} left` : ''}`,
    `${pending} pending`,
    `${made} contacts`,
    `${calls.steps.RINGING ?? 0} ringing`,
    ...(agents ? [`${calls.steps.WITH_AGENT ?? 0} with ${agents.onShift} agents`] : []),
    `${callsPerSecond.toFixed(1)} of ${QUOTA.ratePerSecond} calls/s`,
    `${overIn(sight)} ended${ends.length > 0 ? `: ${ends.join(', ')}` : ''}`,
  ].join(' | ');
}
