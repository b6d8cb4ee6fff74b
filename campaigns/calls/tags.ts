/** The calls on the tags of a campaign. */

import { refusalBy } from '../../operation/campaigns/rules.ts';
import type { Campaign } from '../records.ts';
import {
  type Answered,
  type Api,
  type Call,
  campaignOf,
  NOTHING,
  type Occasion,
} from './occasion.ts';

interface TagRequest {
  readonly arn: string;
}

function onResource<Request extends TagRequest>(
  api: Api,
  work: (campaign: Campaign, request: Request, occasion: Occasion) => Answered,
): Call<Request> {
  return (request, occasion) => {
    const campaign = campaignOf(api, request.arn, occasion);
    if (!campaign) return { refusal: refusalBy('unknownCampaign', request.arn) };
    return work(campaign, request, occasion);
  };
}

export function listTags(api: Api): Call<TagRequest> {
  return onResource(api, ({ tags }) => ({ answer: { tags } }));
}

export function tagResource(
  api: Api,
): Call<TagRequest & { readonly tags: Readonly<Record<string, string>> }> {
  return onResource(api, (campaign, { tags }, { engine }) => {
    engine.putCampaign({ ...campaign, tags: { ...campaign.tags, ...tags } });
    return NOTHING;
  });
}

export function untagResource(
  api: Api,
): Call<TagRequest & { readonly tagKeys: readonly string[] }> {
  return onResource(api, (campaign, { tagKeys }, { engine }) => {
    const kept = Object.entries(campaign.tags).filter(([key]) => !tagKeys.includes(key));
    engine.putCampaign({ ...campaign, tags: Object.fromEntries(kept) });
    return NOTHING;
  });
}
