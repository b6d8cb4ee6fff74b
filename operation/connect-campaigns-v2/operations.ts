/** The operations of outbound campaigns, version 2, as definitions. */

import { campaignOperations, DIAL_LISTS } from '../campaigns/definition.ts';
import { type DialItem, failuresOf } from '../campaigns/failures.ts';
import { notEmulated, refusalBy } from '../campaigns/rules.ts';
import { MODEL, type OperationName } from './model/operations.ts';
import type { OutboundRequest } from './model/types.ts';

/** Operations that dialproof does not emulate. They answer 501, never an error of AWS's own. */
const NOT_EMULATED = [
  'DeleteCampaignEntryLimits',
  'DeleteConnectInstanceIntegration',
  'ListConnectInstanceIntegrations',
  'PutConnectInstanceIntegration',
  'UpdateCampaignEntryLimits',
] as const satisfies readonly OperationName[];

/** The operations that have no call. */
export type WithoutCall = (typeof NOT_EMULATED)[number] | 'PutProfileOutboundRequestBatch';

export const CONNECT_CAMPAIGNS_V2 = campaignOperations('ConnectCampaignsV2', MODEL, {
  ...Object.fromEntries(
    NOT_EMULATED.map((name) => [name, { answer: () => ({ refusal: notEmulated(name) }) }]),
  ),
  PutProfileOutboundRequestBatch: {
    answer: () => ({ refusal: refusalBy('onlyForCustomerProfiles') }),
  },
  PutOutboundRequestBatch: {
    lists: {
      ...DIAL_LISTS,
      items: 'outboundRequests',
      failures: failuresOf<OutboundRequest>('v2', dialItemOf, withDialItem),
    },
  },
});

export type ConnectCampaignsV2Id = `ConnectCampaignsV2.${Exclude<OperationName, WithoutCall>}`;

/** A telephony request as the rules read it. Other channels are refused before the rules. */
export function dialItemOf(request: OutboundRequest): DialItem {
  const { clientToken, expirationTime, channelSubtypeParameters: channel } = request;
  const telephony = 'telephony' in channel ? channel.telephony : undefined;
  return {
    clientToken,
    expirationTime,
    phoneNumber: telephony?.destinationPhoneNumber ?? '',
    attributes: telephony?.attributes ?? {},
  };
}

function withDialItem(request: OutboundRequest, changed: DialItem): OutboundRequest {
  const { channelSubtypeParameters: channel } = request;
  const before = 'telephony' in channel ? channel.telephony : {};
  const { clientToken, expirationTime, phoneNumber, attributes } = changed;
  return {
    clientToken,
    expirationTime,
    channelSubtypeParameters: {
      telephony: { ...before, destinationPhoneNumber: phoneNumber, attributes },
    },
  };
}
