/** Members of CreateCampaign for a mode of dialling, in both versions of outbound campaigns. */

import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';

export const DIAL_MODES = ['progressive', 'predictive', 'agentless', 'preview'] as const;

export interface DialSettings {
  readonly mode: (typeof DIAL_MODES)[number];
  readonly bandwidth: number;
  readonly capacity: number;
  /** Answering-machine detection. */
  readonly detection: boolean;
}

/** The contact flow of the campaigns. It is invented: flows are not emulated. */
const FLOW = '5d1b8f2e-6c3a-4e7f-9b0d-2a4c6e8f0b1d';
const QUEUE = ORDINARY_INSTANCE.queues[0].id;
const PREVIEW = { timeoutConfig: { durationInSeconds: 30 }, agentActions: ['DISCARD'] };

/** Version 1 has no mode preview. */
export function membersOf(version: 1 | 2, settings: DialSettings): object {
  const { mode, bandwidth, capacity, detection } = settings;
  const outbound = {
    connectContactFlowId: FLOW,
    connectSourcePhoneNumber: ORDINARY_INSTANCE.numbers[0],
    answerMachineDetectionConfig: { enableAnswerMachineDetection: detection },
  };
  const hasAgents = mode !== 'agentless';
  const share = hasAgents ? { bandwidthAllocation: bandwidth } : {};
  const queue = hasAgents ? { connectQueueId: QUEUE } : {};
  if (version === 1) {
    return {
      dialerConfig: { [`${mode}DialerConfig`]: { ...share, dialingCapacity: capacity } },
      outboundCallConfig: { ...outbound, ...queue },
    };
  }
  return {
    channelSubtypeConfig: {
      telephony: {
        capacity,
        ...queue,
        outboundMode: { [mode]: { ...share, ...(mode === 'preview' && PREVIEW) } },
        defaultOutboundConfig: outbound,
      },
    },
  };
}
