/** Campaigns: their states, and what follows for their dial requests. */

import { planSending, sendDue } from '../batches/sending.ts';
import type { TimerKind } from '../collections/timers.ts';
import { letGo, planPacingOf } from '../dialling/dialler.ts';
import type { Campaign, CampaignState } from '../records.ts';
import { readSettings } from '../settings.ts';
import { endOpenRequests, isOver } from '../state/endings.ts';
import { KeptCampaign, type State } from '../state/state.ts';

/** Adds a campaign, or gives a campaign new settings. */
export function putCampaign(state: State, campaign: Campaign): void {
  const home = state.campaigns.get(campaign.id);
  if (home === undefined) {
    state.keepCampaign(holdCampaign(state, campaign), campaign);
    return;
  }
  const { state: now, runsAt, refusedInARow } = home.campaign;
  state.keepCampaign(home, { ...campaign, state: now, runsAt, refusedInARow });
  home.settings = readSettings(campaign);
  planEnd(state, home);
  planPacingOf(state, campaign.instanceId, state.latest);
}

/** Holds a campaign in memory, with its timers. */
export function holdCampaign(state: State, campaign: Campaign): KeptCampaign {
  const home = new KeptCampaign(campaign);
  state.campaigns.set(campaign.id, home);
  if (campaign.runsAt !== null) state.timers.add(campaign.runsAt, RUN, home);
  planEnd(state, home);
  return home;
}

export function dropCampaign(state: State, id: string): void {
  const home = state.campaigns.get(id);
  if (home === undefined) return;
  home.gone = true;
  state.campaigns.delete(id);
  for (const flight of [...state.flights.values()]) {
    if (flight.batch.campaignId === id) state.dropFlight(flight);
  }
  for (const kept of [...state.requests.values()]) {
    if (kept.home !== home) continue;
    state.dropRequest(kept);
    letGo(state, kept, state.latest);
  }
  state.note({ kind: 'campaign', id, value: null });
  planSending(state, state.latest);
  planPacingOf(state, home.campaign.instanceId, state.latest);
}

export function moveCampaign(
  state: State,
  home: KeptCampaign,
  to: 'starting' | CampaignState,
  now: number,
): void {
  const { campaign } = home;
  const base = { ...campaign, runsAt: null, updatedAt: now };
  if (to === 'starting') {
    const runsAt = now + state.options.choices.startSeconds * 1_000;
    state.keepCampaign(home, { ...base, state: 'Initialized', runsAt });
    state.timers.add(runsAt, RUN, home);
    return;
  }
  // A schedule that is already over ends the campaign as soon as it starts.
  const ended = to === 'Running' && campaign.endsAt !== null && campaign.endsAt <= now;
  state.keepCampaign(home, { ...base, state: ended ? 'Completed' : to });
  if (isOver(home.campaign)) endOpenRequests(state, home, now);
  planPacingOf(state, campaign.instanceId, now);
  sendDue(state, now);
}

function planEnd(state: State, home: KeptCampaign): void {
  const { endsAt } = home.campaign;
  if (endsAt !== null) state.timers.add(endsAt, END, home);
}

/** The moment at which a campaign that is starting runs. */
const RUN: TimerKind<State, KeptCampaign> = {
  live: ({ gone, campaign }, at) => !gone && campaign.runsAt === at,
  run: (state, home, now) => moveCampaign(state, home, 'Running', now),
};

/** The end of a schedule. */
const END: TimerKind<State, KeptCampaign> = {
  live: ({ gone, campaign }, at) => !gone && campaign.endsAt === at && !isOver(campaign),
  run: (state, home, now) => {
    const { state: is } = home.campaign;
    if (is === 'Running' || is === 'Paused') moveCampaign(state, home, 'Completed', now);
  },
};
