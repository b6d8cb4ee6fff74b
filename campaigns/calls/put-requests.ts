/** PutDialRequestBatch, and PutOutboundRequestBatch of version 2: dial requests are accepted, item by item. */

import { momentOf } from '../../operation/aws/shape/timestamp.ts';
import {
  type DialItem,
  type DialVerdict,
  decideDials,
} from '../../operation/campaigns/failures.ts';
import { dialled } from '../../operation/campaigns/phone-number.ts';
import { notEmulated, refusalBy } from '../../operation/campaigns/rules.ts';
import type { PutOutboundRequestBatchRequest } from '../../operation/connect-campaigns-v2/model/types.ts';
import { dialItemOf } from '../../operation/connect-campaigns-v2/operations.ts';
import type { NewDialRequest } from '../campaign-engine.ts';
import type { Campaign, DialRequest } from '../records.ts';
import {
  type Answered,
  type Api,
  type Call,
  type ItemOutcome,
  type Occasion,
  onCampaign,
} from './occasion.ts';

/** A dial request of either version, as the rules and the engine read it. */
export interface Asked extends DialItem {
  /** Settings of the campaign that the dial request replaces. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const putDialRequestBatch: Call<{
  readonly id: string;
  readonly dialRequests: readonly DialItem[];
}> = onCampaign('v1', (campaign, { dialRequests }, occasion) =>
  put(
    'v1',
    campaign,
    dialRequests.map((item) => ({ ...item, settings: {} })),
    occasion,
  ),
);

export const putOutboundRequestBatch: Call<PutOutboundRequestBatchRequest> = onCampaign(
  'v2',
  (campaign, { outboundRequests }, occasion) => {
    if (campaign.settings.source !== undefined) {
      return { refusal: refusalBy('sourceTakesNoRequests') };
    }
    const asked: Asked[] = [];
    for (const request of outboundRequests) {
      const channel = request.channelSubtypeParameters;
      if (!('telephony' in channel)) {
        const name = Object.keys(channel).join(', ');
        return { refusal: notEmulated(`outbound requests of the channel ${name}`) };
      }
      const {
        destinationPhoneNumber: _number,
        attributes: _attributes,
        ...settings
      } = channel.telephony;
      asked.push({ ...dialItemOf(request), settings });
    }
    return put('v2', campaign, asked, occasion);
  },
);

function put(api: Api, campaign: Campaign, asked: readonly Asked[], occasion: Occasion): Answered {
  const { engine, now, wallNow, choices, injected } = occasion;
  const { id, state } = campaign;
  if (state !== 'Running') return { refusal: refusalBy('wrongState', id, { state }) };
  const room = Math.min(
    choices.pendingLimit - engine.pending(id),
    occasion.room ?? Number.POSITIVE_INFINITY,
  );
  const verdicts = decideDials(asked, { api, now: wallNow, choices, room, injected }, (token) =>
    engine.requestOfToken(id, token, now),
  );
  const accepted = engine
    .accept(
      id,
      asked.filter((_, i) => verdicts[i]?.kind === 'accepted').map((item) => newOf(item, wallNow)),
      now,
    )
    .values();
  const ids: string[] = [];
  const items = verdicts.map((verdict, i): ItemOutcome => {
    const outcome = outcomeOf(verdict, accepted, ids);
    ids[i] = 'id' in outcome ? outcome.id : '';
    return outcome;
  });
  return { answer: answerOf(asked, items), items };
}

function newOf(item: Asked, wallNow: number): NewDialRequest {
  const { clientToken, phoneNumber, attributes, expirationTime, settings } = item;
  const expiresIn = (momentOf(expirationTime, 'date-time') ?? Number.NaN) - wallNow;
  return { clientToken, phoneNumber: dialled(phoneNumber), attributes, expiresIn, settings };
}

/** @param accepted the dial requests that were accepted, one for each verdict that says so. */
function outcomeOf(
  verdict: DialVerdict,
  accepted: Iterator<DialRequest>,
  ids: readonly string[],
): ItemOutcome {
  switch (verdict.kind) {
    case 'accepted':
      return {
        id: (accepted.next().value as DialRequest).id,
        repeated: false,
        otherContent: false,
      };
    case 'known':
      return { id: verdict.id, repeated: true, otherContent: !verdict.sameContent };
    case 'repeat':
      return { id: ids[verdict.of] ?? '', repeated: true, otherContent: false };
    case 'failed':
      return { code: verdict.code, why: verdict.why };
  }
}

/** Both lists keep the order of the call, and are present if they are empty (assumed). */
function answerOf(asked: readonly Asked[], items: readonly ItemOutcome[]): object {
  const successfulRequests: object[] = [];
  const failedRequests: object[] = [];
  items.forEach((item, i) => {
    const clientToken = asked[i]?.clientToken;
    if ('id' in item) successfulRequests.push({ clientToken, id: item.id });
    else failedRequests.push({ clientToken, failureCode: item.code });
  });
  return { successfulRequests, failedRequests };
}
