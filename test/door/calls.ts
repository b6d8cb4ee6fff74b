/** Calls that the tests of the door make. */

import { BatchPutContactCommand, type ConnectClient } from '@aws-sdk/client-connect';

/** Puts `count` contacts of a campaign under a ClientToken. */
export function sent(
  client: ConnectClient,
  instanceId: string,
  token: string,
  count = 1,
  campaign = 'spring',
) {
  return client.send(
    new BatchPutContactCommand({
      InstanceId: instanceId,
      ClientToken: token,
      ContactDataRequestList: Array.from({ length: count }, (_, i) => ({
        RequestIdentifier: `${token}-${i}`,
        CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: `+1202555010${i}` },
        SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550100' },
        Campaign: { CampaignId: campaign },
      })),
    }),
  );
}
