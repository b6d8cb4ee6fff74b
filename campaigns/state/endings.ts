/** How dial requests come to an end: failure, the end of a contact, expiry, the end of their campaign. */

import type { TimerKind } from '../collections/timers.ts';
import { isWorking } from '../course/life.ts';
import type { Campaign, RequestFailure } from '../records.ts';
import type { KeptCampaign, KeptRequest, State } from './state.ts';

/** No contact is made of the request. */
export function fail(state: State, kept: KeptRequest, failure: RequestFailure, now: number): void {
  state.setStatus(kept, { state: 'FAILED', failure, at: now });
}

/** The contact of the request is over, whether it was called or not. */
export function end(state: State, kept: KeptRequest, reason: string, at: number): void {
  const { status } = kept;
  if (status.state !== 'CREATED' && status.state !== 'PREVIEW' && status.state !== 'DIALING') {
    return;
  }
  const dial = status.state === 'DIALING' ? status.dial : null;
  const agent = 'agent' in status ? status.agent : undefined;
  const work =
    status.state === 'DIALING' && status.step === 'WITH_AGENT' ? kept.course?.talk : null;
  const freeAt = at + (work?.afterCall ?? 0);
  const isTold = state.options.tellSteps === true && work != null;
  kept.course = null;
  state.setStatus(kept, {
    state: 'ENDED',
    contact: status.contact,
    dial,
    reason,
    at,
    ...(agent && { agent: { ...agent, freeAt, ...(isTold && { working: true }) } }),
  });
  if (isTold) state.timers.add(freeAt, COMPLETION, kept);
}

export function isExpired({ given }: KeptRequest, now: number): boolean {
  return now >= given.expiresAt;
}

/**
 * Ends a request whose time or whose campaign is over. A request whose batch is not settled, or that is called,
 * goes on.
 *
 * @returns whether the request is over now.
 */
export function endIfOver(state: State, kept: KeptRequest, now: number): boolean {
  const expired = isExpired(kept, now);
  if (!expired && !isDiscarded(state, kept.home)) return false;
  switch (kept.status.state) {
    case 'ACCEPTED':
      fail(state, kept, { kind: expired ? 'EXPIRED_BEFORE_CONTACT' : 'CAMPAIGN_STOPPED' }, now);
      return true;
    case 'CREATED':
      end(state, kept, expired ? 'EXPIRED' : 'DISCARDED', now);
      return true;
    default:
      return false;
  }
}

/** Ends what the end of a campaign ends. */
export function endOpenRequests(state: State, home: KeptCampaign, now: number): void {
  for (const kept of [...home.open]) endIfOver(state, kept, now);
}

/** Whether a campaign will never run again. */
export function isOver({ state }: Campaign): boolean {
  return state === 'Stopped' || state === 'Completed' || state === 'Failed';
}

function isDiscarded({ options }: State, { campaign }: KeptCampaign): boolean {
  return isOver(campaign) && options.choices.atStop === 'discard';
}

/** The end of the work after a contact, where it is told. */
export const COMPLETION: TimerKind<State, KeptRequest> = {
  live: ({ gone, request: { status } }) => !gone && isWorking(status),
  run: (state, kept) => {
    const { status } = kept.request;
    if (status.state !== 'ENDED' || status.agent === undefined) return;
    const { working: _, ...agent } = status.agent;
    state.setStatus(kept, { ...status, agent });
  },
};

/** The moment at which a request expires. */
export const EXPIRY: TimerKind<State, KeptRequest> = {
  live: ({ gone, status }) =>
    !gone &&
    (status.state === 'ACCEPTED' || status.state === 'SUBMITTING' || status.state === 'CREATED'),
  run: (state, kept, now) => {
    endIfOver(state, kept, now);
  },
};
