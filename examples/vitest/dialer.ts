/** Dials one number for a campaign. */

import { BatchPutContactCommand, type ConnectClient } from '@aws-sdk/client-connect';

/**
 * @param order what the call is for: the same order is dialled once, however often it is asked for.
 * @returns the ContactId.
 * @throws Error with the failure code where the service does not create the contact.
 */
export async function dial(
  client: ConnectClient,
  instanceId: string,
  order: { readonly id: string; readonly campaignId: string; readonly number: string },
): Promise<string> {
  const { SuccessfulRequestList = [], FailedRequestList = [] } = await client.send(
    new BatchPutContactCommand({
      InstanceId: instanceId,
      ClientToken: order.id,
      ContactDataRequestList: [
        {
          CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: order.number },
          SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12065550100' },
          Campaign: { CampaignId: order.campaignId },
        },
      ],
    }),
  );
  const contactId = SuccessfulRequestList[0]?.ContactId;
  if (!contactId) throw new Error(FailedRequestList[0]?.FailureReasonCode ?? 'no answer');
  return contactId;
}
