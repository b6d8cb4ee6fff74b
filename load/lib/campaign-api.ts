/** The operations of both versions of outbound campaigns that scripts and drivers call, and the campaigns that they make. */

import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { MODEL as V1 } from '../../operation/connect-campaigns/model/operations.ts';
import { MODEL as V2 } from '../../operation/connect-campaigns-v2/model/operations.ts';

/** The contact flow of the campaigns. It is invented: flows are not emulated. */
const FLOW = '5d1b8f2e-6c3a-4e7f-9b0d-2a4c6e8f0b1d';

const CALL = {
  connectContactFlowId: FLOW,
  connectSourcePhoneNumber: ORDINARY_INSTANCE.numbers[0],
  answerMachineDetectionConfig: { enableAnswerMachineDetection: true },
};

const connectQueueId = ORDINARY_INSTANCE.queues[0].id;

/** How a campaign dials. */
export type CampaignMode = 'agentless' | 'progressive';

/** Members of CreateCampaign. `dialRequests`: the member that has the items of the operation `put`. */
export const CAMPAIGN_APIS = {
  1: {
    api: 'v1',
    model: V1,
    put: V1.PutDialRequestBatch,
    members: {
      agentless: { dialerConfig: { agentlessDialerConfig: {} }, outboundCallConfig: CALL },
      progressive: {
        dialerConfig: { progressiveDialerConfig: { bandwidthAllocation: 1 } },
        outboundCallConfig: { ...CALL, connectQueueId },
      },
    },
  },
  2: {
    api: 'v2',
    model: V2,
    put: V2.PutOutboundRequestBatch,
    members: {
      agentless: {
        channelSubtypeConfig: {
          telephony: { outboundMode: { agentless: {} }, defaultOutboundConfig: CALL },
        },
      },
      progressive: {
        channelSubtypeConfig: {
          telephony: {
            outboundMode: { progressive: { bandwidthAllocation: 1 } },
            connectQueueId,
            defaultOutboundConfig: CALL,
          },
        },
      },
    },
  },
} as const;

export type CampaignApi = (typeof CAMPAIGN_APIS)[keyof typeof CAMPAIGN_APIS];
