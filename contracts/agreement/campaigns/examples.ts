/** Fixed campaigns and dial requests for the examples of the contracts. Phone numbers are reserved for fiction. */

import type { DialItem } from '../../../operation/campaigns/failures.ts';
import { NEVER_AN_ID, ORDINARY_INSTANCE } from '../../../operation/connect/facts.ts';
import { inSeconds } from '../moment.ts';
import { ORDINARY_CAMPAIGN } from '../states.ts';

export const CAMPAIGN_ID = ORDINARY_CAMPAIGN;
export const OTHER_CAMPAIGN_ID = '6e2a1bad-8c45-4d3f-9a72-1bac9d8e7f60';
/** No campaign has it. */
export const NO_CAMPAIGN_ID = NEVER_AN_ID;
export const NO_INSTANCE_ID = NO_CAMPAIGN_ID;
export const CAMPAIGN_NAME = 'Renewals';

const FLOW = 'b0a1c2d3-e4f5-4a6b-8c7d-9e0f1a2b3c4d';
const [SOURCE] = ORDINARY_INSTANCE.numbers;
const [QUEUE] = ORDINARY_INSTANCE.queues;
const DETECTION = { enableAnswerMachineDetection: true, awaitAnswerMachinePrompt: true };

/** The members of a campaign besides its name and instance: what it cannot do without. */
export function campaignMembers(version: 1 | 2): object {
  return version === 1
    ? {
        dialerConfig: { agentlessDialerConfig: {} },
        outboundCallConfig: { connectContactFlowId: FLOW, connectSourcePhoneNumber: SOURCE },
      }
    : {
        channelSubtypeConfig: {
          telephony: {
            outboundMode: { agentless: {} },
            defaultOutboundConfig: { connectContactFlowId: FLOW, connectSourcePhoneNumber: SOURCE },
          },
        },
      };
}

const TAGS = { team: 'collections' };

/** Campaigns with every member that is emulated, one for each dialer. They have no moments. */
export function fullCampaigns(version: 1 | 2): readonly object[] {
  const modes = version === 1 ? DIALERS : MODES;
  return Object.entries(modes).map(([name, mode]) =>
    version === 1
      ? {
          dialerConfig: { [name]: mode },
          outboundCallConfig: {
            connectContactFlowId: FLOW,
            connectSourcePhoneNumber: SOURCE,
            connectQueueId: QUEUE.id,
            answerMachineDetectionConfig: DETECTION,
          },
          tags: TAGS,
        }
      : {
          channelSubtypeConfig: {
            telephony: {
              capacity: 0.5,
              connectQueueId: QUEUE.id,
              outboundMode: { [name]: mode },
              defaultOutboundConfig: {
                connectContactFlowId: FLOW,
                connectSourcePhoneNumber: SOURCE,
                answerMachineDetectionConfig: DETECTION,
                ringTimeout: 30,
              },
            },
          },
          tags: TAGS,
        },
  );
}

const DIALERS = {
  progressiveDialerConfig: { bandwidthAllocation: 0.8, dialingCapacity: 0.5 },
  predictiveDialerConfig: { bandwidthAllocation: 0.8, dialingCapacity: 0.5 },
  agentlessDialerConfig: { dialingCapacity: 0.5 },
} as const;

const MODES = {
  progressive: { bandwidthAllocation: 0.8 },
  predictive: { bandwidthAllocation: 0.8 },
  agentless: {},
  preview: {
    bandwidthAllocation: 0.8,
    timeoutConfig: { durationInSeconds: 60 },
    agentActions: ['DISCARD'],
  },
} as const;

/** The members of version 2 that say to whom, when and how often a campaign speaks. */
export const SCHEDULED = {
  source: {
    customerProfilesSegmentArn:
      'arn:aws:profile:us-east-1:123456789012:domains/d/segment-definitions/s',
  },
  connectCampaignFlowArn: `arn:aws:connect:us-east-1:123456789012:instance/${ORDINARY_INSTANCE.id}/contact-flow/${FLOW}`,
  schedule: { startTime: inSeconds(3_600), endTime: inSeconds(7_200) },
} as const;

const twoDigits = (n: number): string => String(n).padStart(2, '0');

/** Minutes are enough for a verification, and within the bounds of expirationTime. */
const EXPIRES_IN = 300;

/** Returns the nth good dial request, with n from 1 to 99. */
export function dialItem(n: number): DialItem {
  return {
    clientToken: `dial-${twoDigits(n)}`,
    phoneNumber: `+120655501${twoDigits(n)}`,
    expirationTime: inSeconds(EXPIRES_IN),
    attributes: { account: `a-${twoDigits(n)}` },
  };
}

/** Returns the id of the nth dial request in the examples. */
export function exampleDialId(n: number): string {
  return `d1a10000-0000-4000-8000-0000000000${twoDigits(n)}`;
}
