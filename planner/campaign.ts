/** The one campaign of a plan, as the engine keeps campaigns. */

import type { Campaign } from '../campaigns/records.ts';
import type { StaffPlan } from '../campaigns/shifts.ts';
import type { PlanAsked } from '../run/plan.ts';

export const CAMPAIGN_ID = 'plan';
const INSTANCE = 'instance';
const QUEUE = 'queue';
const PREVIEW = { timeoutConfig: { durationInSeconds: 30 }, agentActions: ['DISCARD'] };

/** Running from the first moment on. It is one of version 2, which has all modes. */
export function campaignOf(
  { mode, bandwidth, capacity, detection }: PlanAsked,
  at: number,
): Campaign {
  const config = {
    ...(mode !== 'agentless' && { bandwidthAllocation: bandwidth }),
    ...(mode === 'preview' && PREVIEW),
  };
  return {
    id: CAMPAIGN_ID,
    account: '123456789012',
    region: 'us-east-1',
    api: 'v2',
    name: 'plan',
    instanceId: INSTANCE,
    settings: {
      channelSubtypeConfig: {
        telephony: {
          capacity,
          ...(mode !== 'agentless' && { connectQueueId: QUEUE }),
          outboundMode: { [mode]: config },
          defaultOutboundConfig: {
            answerMachineDetectionConfig: { enableAnswerMachineDetection: detection },
          },
        },
      },
    },
    tags: {},
    state: 'Running',
    runsAt: null,
    endsAt: null,
    createdAt: at,
    updatedAt: at,
    refusedInARow: 0,
  };
}

/** The agents. Those of a plan with hours and without shifts are there in the hours. */
export function staffOf({ agents, shifts, hours }: PlanAsked): StaffPlan {
  if (agents === null) return { shifts };
  return hours === null ? { count: agents } : { shifts: [{ ...hours, agents }] };
}
