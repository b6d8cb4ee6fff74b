/** Formats one line about a campaign that goes on. */

import { openIn, overIn, sum } from '../../load/drive/campaign-sight.ts';
import type { OwnProgress } from '../../load/drive/own-campaign.ts';
import { QUOTA } from '../../operation/connect/limits.ts';
import { days } from '../../reports/content/plan.ts';

/** Reasons in the line, the most frequent first. */
const MOST_REASONS = 3;

/** What a campaign has come to, for those who watch it. */
export interface CampaignFacts {
  /** Of the contacts that are over, from 0 to 1. */
  readonly share: number;
  /** Milliseconds of the system clock, by how fast contacts were over until now; null at the beginning. */
  readonly leftMs: number | null;
  /** Dial requests without a call. */
  readonly pending: number;
  /** Contacts that were made. */
  readonly made: number;
  readonly ringing: number;
  readonly withAgents: number;
  /** Agents who are there; null in a campaign without agents. */
  readonly onShift: number | null;
  /** Dial requests that are over, and why, the most frequent reason first. */
  readonly ended: number;
  readonly ends: readonly (readonly [reason: string, times: number])[];
}

/** @param elapsedMs of the system clock. */
export function factsOf({ contacts, left, sight }: OwnProgress, elapsedMs: number): CampaignFacts {
  const { dialRequests, calls, agents, pending } = sight;
  // A contact whose dial request expired is sent again: what ended is more than what is over.
  const over = Math.max(0, contacts - left - openIn(sight));
  const isLast = left === 0 && over > 0;
  const share = over / contacts;
  return {
    share,
    leftMs: share > 0.02 || isLast ? (elapsedMs * (1 - share)) / share : null,
    pending,
    made: dialRequests.created + dialRequests.dialing + sum(dialRequests.ended),
    ringing: calls.steps.RINGING ?? 0,
    withAgents: calls.steps.WITH_AGENT ?? 0,
    onShift: agents ? agents.onShift : null,
    ended: overIn(sight),
    ends: Object.entries({ ...dialRequests.failed, ...dialRequests.ended }).sort(
      ([, a], [, b]) => b - a,
    ),
  };
}

/** Makes the line for each progress. It estimates the time left from how fast contacts were over until now. */
export function campaignProgress(clock: () => number = Date.now): (now: OwnProgress) => string {
  const began = clock();
  return (progress) => progressLine(progress, clock() - began);
}

/** @param elapsedMs of the system clock. */
export function progressLine(progress: OwnProgress, elapsedMs: number): string {
  const facts = factsOf(progress, elapsedMs);
  const { share, leftMs, pending, made, ringing, withAgents, onShift, ended } = facts;
  const ends = facts.ends.slice(0, MOST_REASONS).map(([reason, n]) => `${reason} ${n}`);
  return [
    `${Math.floor(share * 100)} %${leftMs === null ? '' : `, ${days(leftMs)} left`}`,
    `${pending} pending`,
    `${made} contacts`,
    `${ringing} ringing`,
    ...(onShift === null ? [] : [`${withAgents} with ${onShift} agents`]),
    `${progress.callsPerSecond.toFixed(1)} of ${QUOTA.ratePerSecond} calls/s`,
    `${ended} ended${ends.length > 0 ? `: ${ends.join(', ')}` : ''}`,
  ].join(' | ');
}
