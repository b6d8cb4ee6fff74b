/** An example of a consumer: puts one contact, and says what became of it. */

import { BatchPutContactCommand, type ConnectClient } from '@aws-sdk/client-connect';

export interface Call {
  readonly instanceId: string;
  readonly queueId: string;
  readonly campaignId: string;
  /** E.164. */
  readonly number: string;
}

/** @returns the ContactId, or null where the service would not create a contact. */
export async function dial(client: ConnectClient, call: Call): Promise<string | null> {
  const { SuccessfulRequestList = [] } = await client.send(
    new BatchPutContactCommand({
      InstanceId: call.instanceId,
      ContactDataRequestList: [
        {
          CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: call.number },
          QueueId: call.queueId,
          Campaign: { CampaignId: call.campaignId },
        },
      ],
    }),
  );
  return SuccessfulRequestList[0]?.ContactId ?? null;
}
