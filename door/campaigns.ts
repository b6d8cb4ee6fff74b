/** The outbound campaigns of an account, for tests: a running campaign in one line, and what became of dial requests. */

import type { CampaignState } from '../campaigns/records.ts';
import { type DialRequestOutcome, outcomeOf } from '../campaigns/told.ts';
import { campaignsOf } from '../emulator/call/campaigns-of.ts';
import { type CampaignNamed, seedCampaigns } from '../emulator/call/seed-campaign.ts';
import type { Service } from '../emulator/emulator.ts';

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

/** Members that must be equal. */
export type DialRequestFilter = Partial<
  Pick<
    DialRequestOutcome,
    'dialRequestId' | 'campaignId' | 'clientToken' | 'contactId' | 'state' | 'disconnectReason'
  >
>;

export interface Campaigns {
  /**
   * Creates a campaign that is Running at once.
   *
   * @throws UserError with the text of the refusal if the members are not valid.
   */
  run(options?: CampaignOptions): Promise<CampaignSummary>;
  /** Undefined for a campaign that is not there. */
  state(campaignId: string): CampaignState | undefined;
  /** What became of the dial requests, in the order of their acceptance. They are kept for seven days. */
  dialRequests(filter?: DialRequestFilter): readonly DialRequestOutcome[];
}

/** The contact flow of a campaign that names none. It is invented: flows are not emulated. */
const FLOW = '5d1b8f2e-6c3a-4e7f-9b0d-2a4c6e8f0b1d';

export function campaignsFor(service: Service): Campaigns {
  let made = 0;
  return {
    async run(options = {}) {
      const { version = 1, name = `campaign-${made + 1}`, members = {} } = options;
      const { facts } = service;
      const instance =
        facts.instances.find(({ id }) => id === options.instanceId) ?? facts.instances[0];
      const instanceId = options.instanceId ?? instance?.id ?? '';
      const campaign = {
        version,
        name,
        instanceId,
        state: 'Running',
        members: {
          ...(version === 1 ? agentlessV1 : agentlessV2)(instance?.numbers[0]),
          ...members,
        },
      } as const;
      const [seeded] = await seedCampaigns(service, [campaign]);
      made += 1;
      const { id, arn } = seeded as CampaignNamed;
      return { id, arn, name };
    },
    state: (campaignId) =>
      campaignsOf(service).look((engine) => engine.campaign(campaignId))?.state,
    dialRequests(filter = {}) {
      const members = Object.entries(filter) as [keyof DialRequestFilter, unknown][];
      const outcomes = campaignsOf(service).look((engine) => [...engine.requests()].map(outcomeOf));
      return (outcomes ?? []).filter((one) =>
        members.every(([member, value]) => one[member] === value),
      );
    },
  };
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
