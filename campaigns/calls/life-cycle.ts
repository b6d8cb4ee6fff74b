/** The calls that move a campaign from state to state. */

import { type LifeCycleCall, transitionOf } from '../../operation/campaigns/life-cycle.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { refusalBy } from '../../operation/campaigns/rules.ts';
import type { Campaign } from '../records.ts';
import {
  type Answered,
  type Api,
  type Call,
  NOTHING,
  type Occasion,
  onCampaign,
  standingOf,
} from './occasion.ts';

interface CampaignRequest {
  readonly id: string;
}

const ACTIVE = ['Running', 'Paused'];

export function lifeCycleCall(api: Api, call: LifeCycleCall): Call<CampaignRequest> {
  return onCampaign(api, (campaign, _, occasion) => {
    const transition = transitionOf(standingOf(campaign), call, occasion.choices.wrongTransition);
    if ('error' in transition) return { refusal: refused(campaign, transition.error) };
    if (call === 'StartCampaign') {
      const unready = refusedStart(campaign, occasion);
      if (unready) return unready;
    }
    if (transition.to === 'gone') occasion.engine.dropCampaign(campaign.id);
    else occasion.engine.move(campaign.id, transition.to, occasion.now);
    return NOTHING;
  });
}

function refused(
  { id, state }: Campaign,
  error: 'InvalidCampaignStateException' | 'ConflictException' | 'ValidationException',
) {
  switch (error) {
    case 'InvalidCampaignStateException':
      return refusalBy('wrongState', id, { state });
    case 'ConflictException':
      return refusalBy('conflict', id);
    case 'ValidationException':
      return refusalBy('deleteWhileActive', id);
  }
}

/** What StartCampaign needs besides a campaign that was not started. */
function refusedStart(campaign: Campaign, { engine }: Occasion): Answered | null {
  if (campaign.settings.source !== undefined) {
    if (campaign.settings.schedule === undefined) return { refusal: refusalBy('missingSchedule') };
    if (campaign.settings.connectCampaignFlowArn === undefined) {
      return { refusal: refusalBy('missingFlow') };
    }
  }
  let active = 0;
  for (const other of engine.campaigns()) {
    const isActive = ACTIVE.includes(other.state) || other.runsAt !== null;
    if (isActive && other.instanceId === campaign.instanceId) active += 1;
  }
  return active < LIMITS.activeCampaigns.max ? null : { refusal: refusalBy('tooManyActive') };
}

export function getCampaignState(api: Api): Call<CampaignRequest> {
  return onCampaign(api, ({ state }) => ({ answer: { state } }));
}

export function getCampaignStateBatch(api: Api): Call<{ readonly campaignIds: readonly string[] }> {
  return ({ campaignIds }, occasion) => {
    const successfulRequests: object[] = [];
    const failedRequests: object[] = [];
    for (const campaignId of campaignIds) {
      const outcome = getCampaignState(api)({ id: campaignId }, occasion);
      if ('answer' in outcome) successfulRequests.push({ campaignId, ...outcome.answer });
      else failedRequests.push({ campaignId, failureCode: 'ResourceNotFound' });
    }
    return { answer: { successfulRequests, failedRequests } };
  };
}
