/** POST /campaigns and POST /dial-requests: campaigns in a state, and accepted dial requests, without calls of the service. */

import { CAMPAIGN_STATES, type Standing } from '../../operation/campaigns/life-cycle.ts';
import { UserError } from '../../system/errors.ts';
import {
  exactly,
  filledText,
  list,
  object,
  oneOf,
  optional,
  record,
  text,
  wholeNumberFrom,
} from '../../system/read.ts';
import { campaignsOf } from '../call/campaigns-of.ts';
import { type SeededCampaign, seedCampaigns } from '../call/changes/seed-campaign.ts';
import type { Service } from '../call/service.ts';
import { bodyOf } from './body.ts';

const readCampaigns = bodyOf({
  campaigns: list(
    exactly<SeededCampaign & { readonly id: string }>({
      version: oneOf(1, 2),
      id: filledText,
      name: filledText,
      instanceId: filledText,
      state: optional(oneOf<Standing>(...CAMPAIGN_STATES, 'starting'), 'Initialized'),
      members: object,
    }),
  ),
});

/**
 * Creates campaigns, each with a given id and in a given state. `members` are those of CreateCampaign.
 *
 * @throws UserError if the rules of CreateCampaign refuse one. Those before it are then there.
 */
export async function addCampaigns(service: Service, body: unknown): Promise<unknown> {
  return { campaigns: await seedCampaigns(service, readCampaigns(body).campaigns) };
}

const FIVE_MINUTES = 300;

const readDialRequest = bodyOf({
  campaignId: filledText,
  dialRequestId: filledText,
  clientToken: text,
  phoneNumber: filledText,
  attributes: optional(record(text), {}),
  expiresInSeconds: optional(wholeNumberFrom(0), FIVE_MINUTES),
});

/**
 * Accepts a dial request with a given id, as a call would. Its values are not checked.
 *
 * @throws UserError if the campaign is not there.
 */
export async function addDialRequest(service: Service, body: unknown): Promise<unknown> {
  const { campaignId, dialRequestId, expiresInSeconds, ...given } = readDialRequest(body);
  return campaignsOf(service).run((engine, now) => {
    if (!engine.campaign(campaignId)) throw new UserError(`there is no campaign ${campaignId}`);
    if (engine.request(dialRequestId)) {
      throw new UserError(`there is a dial request ${dialRequestId}`);
    }
    const expiresIn = expiresInSeconds * 1_000;
    engine.accept(campaignId, [{ id: dialRequestId, ...given, expiresIn }], now);
    return { dialRequestId };
  });
}
