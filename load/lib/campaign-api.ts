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

/** One version of outbound campaigns. */
interface Api<Name, Model, Put> {
  readonly api: Name;
  readonly model: Model;
  /** The operation that takes dial requests. */
  readonly put: Put;
  /** Members of CreateCampaign. */
  readonly members: Readonly<Record<CampaignMode, object>>;
}

// Named types: the compiler would write whole tables into the declarations, with paths that nobody can resolve.
type V1Api = Api<'v1', typeof V1, (typeof V1)['PutDialRequestBatch']>;
type V2Api = Api<'v2', typeof V2, (typeof V2)['PutOutboundRequestBatch']>;

export type CampaignApi = V1Api | V2Api;

export const CAMPAIGN_APIS: { readonly 1: V1Api; readonly 2: V2Api } = {
  1: { api: 'v1', model: V1, put: V1.PutDialRequestBatch, members: membersIn(1) },
  2: { api: 'v2', model: V2, put: V2.PutOutboundRequestBatch, members: membersIn(2) },
};
