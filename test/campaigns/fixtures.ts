/** Campaigns, dial requests and engines for the tests of the room. */

import type {
  CampaignEngine,
  EngineChoices,
  EngineOptions,
  NewDialRequest,
} from '../../campaigns/campaign-engine.ts';
import { createEngine } from '../../campaigns/engine/create-engine.ts';
import type { Campaign, DialRequest, KeptRecord, RequestStatus } from '../../campaigns/records.ts';
import { chooseCampaigns } from '../../operation/campaigns/choices.ts';
import { ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import { Road } from './road.ts';

/** The moment at which the tests begin: a whole second. */
export const START = 1_800_000_000_000;

export const CHOICES: EngineChoices = chooseCampaigns();

/** Ids in the form of UUIDs, in the order in which they are asked for. */
export function countedIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
  };
}

export function engineWith(
  choices: Partial<EngineChoices> = {},
  options: Partial<EngineOptions> = {},
  records: Iterable<KeptRecord> = [],
): CampaignEngine {
  return createEngine(
    {
      account: '123456789012',
      region: 'us-east-1',
      seed: 42,
      newId: countedIds(),
      choices: { ...CHOICES, ...choices },
      ...options,
    },
    records,
  );
}

export function campaign(over: Partial<Campaign> = {}): Campaign {
  return {
    id: 'campaign-a',
    account: '123456789012',
    region: 'us-east-1',
    api: 'v1',
    name: 'Renewals',
    instanceId: ORDINARY_INSTANCE.id,
    settings: {
      dialerConfig: { agentlessDialerConfig: {} },
      outboundCallConfig: {
        connectContactFlowId: 'flow',
        connectSourcePhoneNumber: ORDINARY_INSTANCE.numbers[0],
        answerMachineDetectionConfig: { enableAnswerMachineDetection: true },
      },
    },
    tags: {},
    state: 'Running',
    runsAt: null,
    endsAt: null,
    createdAt: START,
    updatedAt: START,
    refusedInARow: 0,
    ...over,
  };
}

export type MannedMode = 'progressive' | 'predictive' | 'preview';

/** A campaign of version 2 with agents. */
export function manned(
  mode: MannedMode,
  config: Readonly<Record<string, unknown>> = {},
  over: Partial<Campaign> = {},
  queueId = 'queue',
): Campaign {
  return campaign({
    api: 'v2',
    settings: {
      channelSubtypeConfig: {
        telephony: {
          connectQueueId: queueId,
          outboundMode: {
            [mode]: {
              bandwidthAllocation: 1,
              ...(mode === 'preview' && {
                timeoutConfig: { durationInSeconds: 30 },
                agentActions: ['DISCARD'],
              }),
              ...config,
            },
          },
          defaultOutboundConfig: {
            connectContactFlowId: 'flow',
            answerMachineDetectionConfig: { enableAnswerMachineDetection: true },
          },
        },
      },
    },
    ...over,
  });
}

/** An engine with campaigns, at the beginning of the tests. */
export function roadWith(
  choices: Partial<EngineChoices> = {},
  campaigns: readonly Campaign[] = [campaign()],
): Road {
  const road = new Road(engineWith(choices), START);
  for (const one of campaigns) road.step((engine) => engine.putCampaign(one));
  return road;
}

/** Accepts dial requests of a campaign now. */
export function accept(
  road: Road,
  count: number,
  over: Partial<NewDialRequest> = {},
  id = 'campaign-a',
): readonly DialRequest[] {
  return road.step((engine, now) => engine.accept(id, dialRequests(count, over), now));
}

/** The states of dial requests now. */
export function statesOf(road: Road, requests: readonly DialRequest[]): readonly string[] {
  return requests.map(({ id }) => nameOf(road.engine.request(id)?.status));
}

/** The state of a dial request, or the name of its end. */
export function nameOf(status: RequestStatus | undefined): string {
  if (status === undefined) return 'unknown';
  if (status.state === 'ENDED') return status.reason;
  if (status.state !== 'FAILED') return status.state;
  return status.failure.kind === 'code' ? status.failure.code : status.failure.kind;
}

/** @param digits of +1 312 555 01NN. */
export const asking = (digits: string): string => `+131255501${digits}`;

export function dialRequests(
  count: number,
  over: Partial<NewDialRequest> = {},
): readonly NewDialRequest[] {
  return Array.from({ length: count }, (_, i) => ({
    clientToken: '',
    phoneNumber: asking('01'),
    attributes: { place: String(i) },
    expiresIn: 300_000,
    ...over,
  }));
}
