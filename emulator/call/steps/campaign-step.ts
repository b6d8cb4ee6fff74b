/** The step of every operation of outbound campaigns: its call on the campaign engine, then the answer. */

import { CAMPAIGN_CALLS } from '../../../campaigns/calls/calls.ts';
import type { Answered, Call, Occasion } from '../../../campaigns/calls/occasion.ts';
import type { CampaignEngine } from '../../../campaigns/campaign-engine.ts';
import type { Read } from '../../../operation/aws/definition/known.ts';
import { writeAnswer } from '../../../operation/aws/shape/write.ts';
import type { DialItem } from '../../../operation/campaigns/failures.ts';
import { dialled } from '../../../operation/campaigns/phone-number.ts';
import type { Facts } from '../../../operation/connect/facts.ts';
import type { OutboundRequest } from '../../../operation/connect-campaigns-v2/model/types.ts';
import { dialItemOf } from '../../../operation/connect-campaigns-v2/operations.ts';
import type { AnyOperation } from '../../../operation/operations.ts';
import { injectedDials, stopAt } from '../../faults/in-service.ts';
import { campaignsOf } from '../campaigns-of.ts';
import type { End, Ended, Of, Road } from '../road.ts';
import type { Service } from '../service.ts';

/** Whether an operation is one of outbound campaigns. */
export function isCampaignCall({ operation }: Of<Read>): boolean {
  return Object.hasOwn(CAMPAIGN_CALLS, operation.id);
}

export async function campaignCall(read: Of<Read>, road: Road): Promise<Ended> {
  const { service, facts, selected } = road;
  const campaigns = campaignsOf(service, facts);
  const early = selected && stopAt(selected, 'before-commit', read, facts);
  if (early) return { end: early, known: read };

  // Read by the shape of this operation.
  const request = read.body.request as never;
  const call = CAMPAIGN_CALLS[read.operation.id] as Call<never>;
  const injected = { ...injectedDials(selected, dialledIn(read)), ...service.asked.dials };
  const answered = await campaigns.run((engine, now) =>
    call(request, occasionOf(service, facts, engine, now, injected)),
  );
  const late = 'answer' in answered && selected && stopAt(selected, 'after-commit', read, facts);
  return { end: late || endOf(answered, read.operation), known: read };
}

/** @param now by the virtual clock. */
export function occasionOf(
  service: Service,
  { account, region, instances, pendingRoom }: Facts,
  engine: CampaignEngine,
  now: number,
  injected: Occasion['injected'],
): Occasion {
  return {
    engine,
    place: { account, region },
    now,
    wallNow: service.clock.now(),
    newId: service.newCampaignId,
    choices: service.campaignChoices,
    hasInstance: (instanceId) => instances.some(({ id }) => id === instanceId),
    room: pendingRoom,
    injected,
  };
}

/** The numbers of the dial requests in a call; none of another operation. */
function dialledIn({ operation, body }: Of<Read>): readonly string[] {
  const { dialRequests = [], outboundRequests = [] } = body.request as {
    readonly dialRequests?: readonly DialItem[];
    readonly outboundRequests?: readonly OutboundRequest[];
  };
  if (!operation.lists) return [];
  return [...dialRequests, ...outboundRequests.map(dialItemOf)].map(({ phoneNumber }) =>
    dialled(phoneNumber),
  );
}

function endOf(answered: Answered, { output }: AnyOperation): End {
  if ('refusal' in answered) return answered;
  const { answer, items } = answered;
  return { body: writeAnswer(output, answer).body, ...(items && { dials: items }) };
}
