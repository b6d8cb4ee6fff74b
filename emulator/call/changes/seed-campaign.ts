/** Creates a campaign in a state, and dial requests of a campaign, without calls of the service. */

import { CAMPAIGN_CALLS } from '../../../campaigns/calls/calls.ts';
import type { Call } from '../../../campaigns/calls/occasion.ts';
import type { CampaignEngine } from '../../../campaigns/campaign-engine.ts';
import { readAs } from '../../../operation/aws/shape/read.ts';
import type { Standing } from '../../../operation/campaigns/life-cycle.ts';
import { MODEL as V1 } from '../../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../../operation/connect-campaigns-v2/model/operations.ts';
import { UserError } from '../../../system/errors.ts';
import { campaignsOf } from '../campaigns-of.ts';
import type { Service } from '../service.ts';
import { occasionOf } from '../steps/campaign-step.ts';

export interface SeededCampaign {
  readonly version: 1 | 2;
  readonly name: string;
  readonly instanceId: string;
  readonly state: Standing;
  /** The other members of CreateCampaign. */
  readonly members: object;
  /** Default: a new one. */
  readonly id?: string;
}

export interface CampaignNamed {
  readonly id: string;
  readonly arn: string;
}

const INPUTS = { 1: V1.CreateCampaign.input, 2: V2.CreateCampaign.input } as const;
const SERVICE_IDS = { 1: 'ConnectCampaigns', 2: 'ConnectCampaignsV2' } as const;

/**
 * Creates campaigns by the rules of CreateCampaign, and moves each to its state.
 *
 * @throws UserError if one of them is refused. Those before it are then there.
 */
export async function seedCampaigns(
  service: Service,
  campaigns: readonly SeededCampaign[],
): Promise<CampaignNamed[]> {
  const campaignsRead = campaigns.map((campaign) => ({ campaign, request: requestOf(campaign) }));
  return campaignsOf(service).run((engine, now) =>
    campaignsRead.map(({ campaign, request }) => create(service, engine, now, campaign, request)),
  );
}

function requestOf({ version, name, instanceId, members }: SeededCampaign): object {
  const request = { name, connectInstanceId: instanceId, ...members };
  const read = readAs(request, INPUTS[version]);
  if (!read.ok) throw new UserError(`the campaign ${name} is refused: ${read.message}`);
  return request;
}

function create(
  service: Service,
  engine: CampaignEngine,
  now: number,
  { version, name, state, id }: SeededCampaign,
  request: object,
): CampaignNamed {
  if (id !== undefined && engine.campaign(id)) throw new UserError(`there is a campaign ${id}`);
  const call = CAMPAIGN_CALLS[`${SERVICE_IDS[version]}.CreateCampaign`] as Call<object>;
  const occasion = occasionOf(service, service.facts, engine, now, {});
  const answered = call(request, id === undefined ? occasion : { ...occasion, newId: () => id });
  if ('refusal' in answered) {
    throw new UserError(`the campaign ${name} is refused: ${answered.refusal.message}`);
  }
  const made = answered.answer as CampaignNamed;
  if (state !== 'Initialized') engine.move(made.id, state, now);
  return made;
}
