/** Feeds contacts to a campaign: batches of 25 at most, each under a ClientToken of its own. */

import {
  BatchPutContactCommand,
  type ConnectClient,
  type ContactDataRequest,
} from '@aws-sdk/client-connect';

export interface Fed {
  readonly contactIds: readonly string[];
  /** Failure code of each contact that was not created. */
  readonly failures: readonly string[];
}

/** @param tokenOf the ClientToken of a batch, by its number from 0: no other batch may have it. */
export async function feed(
  client: ConnectClient,
  instanceId: string,
  tokenOf: (batch: number) => string,
  contacts: readonly ContactDataRequest[],
): Promise<Fed> {
  const contactIds: string[] = [];
  const failures: string[] = [];
  for (let at = 0; at < contacts.length; at += 25) {
    const { SuccessfulRequestList = [], FailedRequestList = [] } = await client.send(
      new BatchPutContactCommand({
        InstanceId: instanceId,
        ClientToken: tokenOf(at / 25),
        ContactDataRequestList: contacts.slice(at, at + 25),
      }),
    );
    for (const { ContactId } of SuccessfulRequestList) contactIds.push(ContactId ?? '');
    for (const { FailureReasonCode } of FailedRequestList) failures.push(FailureReasonCode ?? '');
  }
  return { contactIds, failures };
}
