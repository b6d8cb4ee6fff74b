/** Puts orders into Amazon Connect, and reports what became of each. */

import {
  BatchPutContactCommand,
  type ConnectClient,
  LimitExceededException,
} from '@aws-sdk/client-connect';
import {
  type ConnectCampaignsClient,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';

export interface Order {
  readonly id: string;
  /** E.164. */
  readonly number: string;
}

export interface Place {
  readonly instanceId: string;
  readonly queueId: string;
  readonly campaignId: string;
}

/** The service takes no more for now. */
export class Busy extends Error {}

/**
 * @returns a ContactId or a failure code for each order, by the order's id.
 * @throws Busy if the service throttles.
 */
export async function dial(
  client: ConnectClient,
  { instanceId, queueId, campaignId }: Place,
  orders: readonly Order[],
): Promise<Map<string, string>> {
  const request = new BatchPutContactCommand({
    InstanceId: instanceId,
    ContactDataRequestList: orders.map(({ id, number }) => ({
      RequestIdentifier: id,
      CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: number },
      QueueId: queueId,
      Campaign: { CampaignId: campaignId },
    })),
  });
  const answer = await client.send(request).catch((error: unknown) => {
    throw error instanceof LimitExceededException ? new Busy() : error;
  });
  const { SuccessfulRequestList = [], FailedRequestList = [] } = answer;
  return new Map([
    ...SuccessfulRequestList.map(
      (one) => [one.RequestIdentifier ?? '', one.ContactId ?? ''] as const,
    ),
    ...FailedRequestList.map(
      (one) => [one.RequestIdentifier ?? '', one.FailureReasonCode ?? ''] as const,
    ),
  ]);
}

/** Hands orders to a campaign that is running. @returns how many it took. */
export async function hand(
  client: ConnectCampaignsClient,
  campaignId: string,
  orders: readonly Order[],
  expires: Date,
): Promise<number> {
  const { successfulRequests = [] } = await client.send(
    new PutDialRequestBatchCommand({
      id: campaignId,
      dialRequests: orders.map(({ id, number }) => ({
        clientToken: id,
        phoneNumber: number,
        expirationTime: expires,
        attributes: {},
      })),
    }),
  );
  return successfulRequests.length;
}
