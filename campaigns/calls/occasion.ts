/** The inputs and outcomes of calls on campaigns. */

import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import type { Place } from '../../operation/campaigns/arn.ts';
import { bareCampaignId } from '../../operation/campaigns/arn.ts';
import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import type { DialFailureCode } from '../../operation/campaigns/failures.ts';
import type { Standing } from '../../operation/campaigns/life-cycle.ts';
import { refusalBy } from '../../operation/campaigns/rules.ts';
import type { CampaignEngine } from '../campaign-engine.ts';
import type { Campaign } from '../records.ts';

export type Api = Campaign['api'];

/** The inputs of a call besides its request. */
export interface Occasion {
  readonly engine: CampaignEngine;
  readonly place: Place;
  /** By the virtual clock, epoch milliseconds. */
  readonly now: number;
  /** By the wall clock: clients take expirationTime and schedules from it. */
  readonly wallNow: number;
  readonly newId: () => string;
  readonly choices: CampaignChoices;
  /** Whether Amazon Connect has an instance with the bare id. */
  readonly hasInstance: (instanceId: string) => boolean;
  /** How many more dial requests are taken, besides the limit of each campaign; null for no such limit. */
  readonly room: number | null;
  /** Phone number -> the code that its dial request gets, although it is good. */
  readonly injected: Readonly<Record<string, DialFailureCode>>;
}

/** What became of an item of a call. */
export type ItemOutcome =
  | { readonly id: string; readonly repeated: boolean; readonly otherContent: boolean }
  | {
      readonly code: DialFailureCode;
      /** The reason, which AWS tells in CloudTrail only. */
      readonly why: string | null;
    };

export type Answered =
  | {
      /** The members of the 200 answer. */
      readonly answer: object;
      /** Of a call with items, in their order. */
      readonly items?: readonly ItemOutcome[];
    }
  | { readonly refusal: Refusal };

/** The work of an operation. @typeParam Request the type of the values of its input. */
export type Call<Request> = (request: Request, occasion: Occasion) => Answered;

export const NOTHING: Answered = { answer: {} };

/** The campaign of a version that an id or ARN names. */
export function campaignOf(
  api: Api,
  idOrArn: string,
  { engine, place }: Occasion,
): Campaign | undefined {
  const id = bareCampaignId(idOrArn, place);
  const campaign = id === null ? undefined : engine.campaign(id);
  return campaign?.api === api ? campaign : undefined;
}

/** A call on one campaign, which refuses a campaign that is not there. */
export function onCampaign<Request extends { readonly id: string }>(
  api: Api,
  work: (campaign: Campaign, request: Request, occasion: Occasion) => Answered,
): Call<Request> {
  return (request, occasion) => {
    const campaign = campaignOf(api, request.id, occasion);
    if (!campaign) return { refusal: refusalBy('unknownCampaign', request.id) };
    return work(campaign, request, occasion);
  };
}

export function standingOf({ state, runsAt }: Campaign): Standing {
  return runsAt === null ? state : 'starting';
}

/** The campaigns of an account, of one version, in the order of their creation. */
export function campaignsOf(api: Api, { engine }: Occasion): Campaign[] {
  return [...engine.campaigns()].filter((campaign) => campaign.api === api);
}
