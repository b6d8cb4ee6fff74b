/** The operations of outbound campaigns, version 1, as definitions. */

import { campaignOperations, DIAL_LISTS } from '../campaigns/definition.ts';
import { type DialItem, failuresOf } from '../campaigns/failures.ts';
import { MODEL, type OperationName } from './model/operations.ts';

const asItIs = (item: DialItem) => item;

export const CONNECT_CAMPAIGNS = campaignOperations('ConnectCampaigns', MODEL, {
  PutDialRequestBatch: {
    lists: {
      ...DIAL_LISTS,
      items: 'dialRequests',
      failures: failuresOf('v1', asItIs, (_, changed) => changed),
    },
  },
});

export type ConnectCampaignsId = `ConnectCampaigns.${OperationName}`;
