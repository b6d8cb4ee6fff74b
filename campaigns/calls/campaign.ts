/** The calls that create, read, change and list campaigns. */

import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import { isObject, sameJson } from '../../operation/aws/json.ts';
import { timestampAt } from '../../operation/aws/shape/timestamp.ts';
import { campaignArn } from '../../operation/campaigns/arn.ts';
import { LIMITS } from '../../operation/campaigns/limits.ts';
import { refusalBy } from '../../operation/campaigns/rules.ts';
import type { Campaign } from '../records.ts';
import { isOnboarded } from './instance.ts';
import {
  type Answered,
  type Api,
  type Call,
  campaignsOf,
  NOTHING,
  type Occasion,
  onCampaign,
} from './occasion.ts';
import { type CampaignSettings, endOf, refusedCalls, refusedSettings } from './schedule.ts';

interface CreateRequest extends CampaignSettings {
  readonly name: string;
  readonly connectInstanceId: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Version 1. */
  readonly outboundCallConfig?: OutboundCallConfig;
}

interface OutboundCallConfig {
  readonly connectContactFlowId?: string;
  readonly connectSourcePhoneNumber?: string;
  readonly connectQueueId?: string;
}

/** Creates a campaign. The same definition again answers with the campaign that has it (assumed). */
export function createCampaign(api: Api): Call<CreateRequest> {
  return (request, occasion) => {
    const { engine, place, now, newId, hasInstance } = occasion;
    const { name, connectInstanceId: instanceId, tags = {}, ...settings } = request;
    if (!hasInstance(instanceId)) return { refusal: refusalBy('unknownInstance', instanceId) };
    if (!isOnboarded(instanceId, occasion))
      return { refusal: refusalBy('notOnboarded', instanceId) };
    const refusal = refusedCreate(request, occasion);
    if (refusal) return { refusal };

    const others = campaignsOf(api, occasion).filter((one) => one.instanceId === instanceId);
    const namesake = others.find((one) => one.name === name);
    if (namesake) {
      const isSame = sameJson(namesake.settings, settings) && sameJson(namesake.tags, tags);
      return isSame ? created(namesake, occasion) : { refusal: refusalBy('nameInUse', name) };
    }
    const ofInstance = [...engine.campaigns()].filter((one) => one.instanceId === instanceId);
    if (ofInstance.length >= LIMITS.campaigns.max)
      return { refusal: refusalBy('tooManyCampaigns') };

    const campaign: Campaign = {
      id: newId(),
      ...place,
      api,
      name,
      instanceId,
      settings: { ...settings },
      tags,
      state: 'Initialized',
      runsAt: null,
      endsAt: endOf(request.schedule, occasion),
      createdAt: now,
      updatedAt: now,
      refusedInARow: 0,
    };
    engine.putCampaign(campaign);
    return created(campaign, occasion);
  };
}

function refusedCreate(request: CreateRequest, occasion: Occasion): Refusal | null {
  const { outboundCallConfig: calls } = request;
  if (!calls) return refusedSettings(request, occasion);
  return refusedCalls(calls.connectQueueId, calls.connectSourcePhoneNumber);
}

function created({ id, tags }: Campaign, { place }: Occasion): Answered {
  return { answer: { id, arn: campaignArn(id, place), ...(hasAny(tags) && { tags }) } };
}

export function describeCampaign(api: Api): Call<{ readonly id: string }> {
  return onCampaign(api, (campaign, _, occasion) => ({
    answer: { campaign: described(campaign, occasion) },
  }));
}

function described(campaign: Campaign, { place }: Occasion): object {
  const { id, name, instanceId, settings, tags } = campaign;
  return {
    id,
    arn: campaignArn(id, place),
    name,
    connectInstanceId: instanceId,
    ...settings,
    ...modified(campaign),
    ...(hasAny(tags) && { tags }),
  };
}

/** Only version 2 tells when a campaign was changed. */
function modified({ api, updatedAt }: Campaign): object {
  return api === 'v2' ? { lastModifiedTime: timestampAt(updatedAt, 'date-time') } : {};
}

interface ListRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly filters?: { readonly instanceIdFilter?: { readonly value: string } };
}

/** The most campaigns of a page where the caller names no number: the bound of maxResults. */
const PAGE = 50;
/** Members of a campaign that the summaries of version 2 have as well. */
const SUMMARISED = ['type', 'schedule', 'entryLimitsConfig', 'connectCampaignFlowArn'];

export function listCampaigns(api: Api): Call<ListRequest> {
  return ({ maxResults = PAGE, nextToken, filters }, occasion) => {
    const instanceId = filters?.instanceIdFilter?.value;
    const all = campaignsOf(api, occasion).filter(
      (campaign) => instanceId === undefined || campaign.instanceId === instanceId,
    );
    // The token is the id of the last campaign of the page before. A campaign can be deleted meanwhile.
    const last = nextToken === undefined ? -1 : all.findIndex(({ id }) => id === nextToken);
    if (nextToken !== undefined && last < 0) return { refusal: refusalBy('unknownPage') };
    const page = all.slice(last + 1, last + 1 + maxResults);
    const more = last + 1 + page.length < all.length;
    return {
      answer: {
        campaignSummaryList: page.map((campaign) => summaryOf(campaign, occasion)),
        ...(more && { nextToken: page.at(-1)?.id }),
      },
    };
  };
}

function summaryOf(campaign: Campaign, { place }: Occasion): object {
  const { id, api, name, instanceId, settings } = campaign;
  const summary = { id, arn: campaignArn(id, place), name, connectInstanceId: instanceId };
  if (api === 'v1') return summary;
  const { channelSubtypeConfig = {} } = settings as CampaignSettings;
  return {
    ...summary,
    channelSubtypes: Object.keys(channelSubtypeConfig).map((name) => name.toUpperCase()),
    ...Object.fromEntries(
      SUMMARISED.filter((name) => settings[name] !== undefined).map((name) => [
        name,
        settings[name],
      ]),
    ),
    ...modified(campaign),
  };
}

export function updateName(api: Api): Call<{ readonly id: string; readonly name: string }> {
  return onCampaign(api, (campaign, { name }, occasion) => {
    const isInUse = campaignsOf(api, occasion).some(
      (one) =>
        one.id !== campaign.id && one.instanceId === campaign.instanceId && one.name === name,
    );
    if (isInUse) return { refusal: refusalBy('nameInUse', name) };
    return changed(campaign, { name }, occasion);
  });
}

/** Replaces one member of the settings by the member of the request that has its name. */
export function updateSetting(api: Api, name: string): Call<{ readonly id: string }> {
  return onCampaign(api, (campaign, request, occasion) => {
    const value = (request as unknown as Record<string, unknown>)[name];
    return changeSettings(campaign, { [name]: value }, occasion);
  });
}

/**
 * Drops one member of the settings, or one member of it. What is not there is no error: the call is idempotent.
 *
 * @param partOf the member to drop of the setting, by the request; null for the whole setting.
 */
export function deleteSetting<Request extends { readonly id: string }>(
  api: Api,
  name: string,
  partOf: (request: Request) => string | null = () => null,
): Call<Request> {
  return onCampaign(api, (campaign, request, occasion) => {
    const part = partOf(request);
    const before = campaign.settings[name];
    const left = part === null || !isObject(before) ? undefined : { ...before, [part]: undefined };
    return changeSettings(campaign, { [name]: left && withoutAbsent(left) }, occasion);
  });
}

/** Changes the members of outboundCallConfig that the request has; the others stay (assumed). */
export const updateOutboundCallConfig: Call<{ readonly id: string } & OutboundCallConfig> =
  onCampaign('v1', (campaign, { id: _, ...members }, occasion) => {
    const before = campaign.settings.outboundCallConfig as OutboundCallConfig;
    return changeSettings(campaign, { outboundCallConfig: { ...before, ...members } }, occasion);
  });

function changeSettings(
  campaign: Campaign,
  change: Readonly<Record<string, unknown>>,
  occasion: Occasion,
): Answered {
  const settings = withoutAbsent({ ...campaign.settings, ...change });
  const refusal = refusedCreate(
    { ...settings, name: campaign.name, connectInstanceId: campaign.instanceId },
    occasion,
  );
  if (refusal) return { refusal };
  const { schedule } = settings as CampaignSettings;
  return changed(campaign, { settings, endsAt: endOf(schedule, occasion) }, occasion);
}

function changed(campaign: Campaign, change: Partial<Campaign>, { engine, now }: Occasion) {
  engine.putCampaign({ ...campaign, ...change, updatedAt: now });
  return NOTHING;
}

function hasAny(tags: Readonly<Record<string, string>>): boolean {
  return Object.keys(tags).length > 0;
}

function withoutAbsent(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
