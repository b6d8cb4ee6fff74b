/** The operations of both versions of outbound campaigns that scripts and drivers call, and the campaigns that they make. */

import { MODEL as V1 } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import { membersOf } from './campaign-members.ts';

/** How a campaign of a script dials. */
export type CampaignMode = 'agentless' | 'progressive';

const SETTINGS = { bandwidth: 1, capacity: 1, detection: true } as const;

const membersIn = (version: 1 | 2) => ({
  agentless: membersOf(version, { ...SETTINGS, mode: 'agentless' }),
  progressive: membersOf(version, { ...SETTINGS, mode: 'progressive' }),
});

/** `members` are members of CreateCampaign. */
export const CAMPAIGN_APIS = {
  1: { api: 'v1', model: V1, put: V1.PutDialRequestBatch, members: membersIn(1) },
  2: { api: 'v2', model: V2, put: V2.PutOutboundRequestBatch, members: membersIn(2) },
} as const;

export type CampaignApi = (typeof CAMPAIGN_APIS)[keyof typeof CAMPAIGN_APIS];
