/** Runs a campaign in one step, for tests and tools. Clients need CreateCampaign and StartCampaign. */

import { CAMPAIGN_CALLS } from '../../campaigns/calls/calls.ts';
import type { Call } from '../../campaigns/calls/occasion.ts';
import { readAs } from '../../operation/aws/shape/read.ts';
import { MODEL as V1 } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import { UserError } from '../../system/errors.ts';
import { occasionOf } from './campaign-step.ts';
import { campaignsOf } from './campaigns-of.ts';
import type { Service } from './service.ts';

/** Every member may be left out. */
export interface CampaignOptions {
  /** The version of the service in which clients see the campaign. Default 1. */
  readonly version?: 1 | 2;
  /** Default `campaign-1`, `campaign-2` and so on. */
  readonly name?: string;
  /** Default the first instance of the account. */
  readonly instanceId?: string;
  /**
   * Members of CreateCampaign that replace the default ones: dialerConfig and outboundCallConfig in version 1,
   * channelSubtypeConfig, schedule and others in version 2. By default the campaign is agentless and calls from the
   * first number of its instance.
   */
  readonly members?: Readonly<Record<string, unknown>>;
}

export interface CampaignSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
}

/** The contact flow of a campaign that names none. It is invented: flows are not emulated. */
const FLOW = '5d1b8f2e-6c3a-4e7f-9b0d-2a4c6e8f0b1d';

const INPUTS = { 1: V1.CreateCampaign.input, 2: V2.CreateCampaign.input } as const;

/**
 * Creates a campaign that is Running at once.
 *
 * @throws UserError with the text of the refusal if the members are not valid.
 */
export async function runCampaign(
  service: Service,
  options: CampaignOptions,
): Promise<CampaignSummary> {
  const { version = 1, name = 'campaign', members = {} } = options;
  const { facts } = service;
  const instance =
    facts.instances.find(({ id }) => id === options.instanceId) ?? facts.instances[0];
  const instanceId = options.instanceId ?? instance?.id ?? '';
  const serviceId = version === 1 ? 'ConnectCampaigns' : 'ConnectCampaignsV2';
  const create = CAMPAIGN_CALLS[`${serviceId}.CreateCampaign`] as Call<object>;
  const request = {
    name,
    connectInstanceId: instanceId,
    ...(version === 1 ? agentlessV1 : agentlessV2)(instance?.numbers[0]),
    ...members,
  };
  const read = readAs(request, INPUTS[version]);
  if (!read.ok) throw new UserError(`the campaign ${name} is refused: ${read.message}`);
  const answered = await campaignsOf(service).run((engine, now) => {
    const answer = create(request, occasionOf(service, facts, engine, now, {}));
    if ('answer' in answer) engine.move((answer.answer as CampaignSummary).id, 'Running', now);
    return answer;
  });
  if ('refusal' in answered) {
    throw new UserError(`the campaign ${name} is refused: ${answered.refusal.message}`);
  }
  const { id, arn } = answered.answer as CampaignSummary;
  return { id, arn, name };
}

function agentlessV1(number: string | undefined): object {
  return {
    dialerConfig: { agentlessDialerConfig: {} },
    outboundCallConfig: { connectContactFlowId: FLOW, connectSourcePhoneNumber: number },
  };
}

function agentlessV2(number: string | undefined): object {
  return {
    channelSubtypeConfig: {
      telephony: {
        outboundMode: { agentless: {} },
        defaultOutboundConfig: {
          connectContactFlowId: FLOW,
          connectSourcePhoneNumber: number,
        },
      },
    },
  };
}
