/** Runs a campaign in one step, for tests and tools. Clients need CreateCampaign and StartCampaign. */

import type { Service } from '../service.ts';
import { type CampaignNamed, seedCampaigns } from './seed-campaign.ts';

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
  const [made] = await seedCampaigns(service, [
    {
      version,
      name,
      instanceId,
      state: 'Running',
      members: {
        ...(version === 1 ? agentlessV1 : agentlessV2)(instance?.numbers[0]),
        ...members,
      },
    },
  ]);
  return { ...(made as CampaignNamed), name };
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
