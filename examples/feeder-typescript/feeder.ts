/** Hands contacts to a campaign, 25 in a call, until every one is accepted or refused. */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ConnectCampaignsClient,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';

export interface Contact {
  readonly id: string;
  /** E.164. */
  readonly phoneNumber: string;
  /** The clientToken. It stays the same whenever the contact is sent again, so that nobody is called twice. */
  readonly token: string;
}

const BATCH = 25;
const EXPIRES_MS = 5 * 60_000;
/** Calls in a row in which nothing gets through, before the feeder gives up. */
const PATIENCE = 20;
const ACCEPTED = 'accepted';
const SEND_AGAIN: readonly (string | undefined)[] = ['RequestThrottled', 'UnknownError', undefined];

/** @returns the contacts that were refused for good, by their ids, with their failure codes. */
export async function feed(
  client: ConnectCampaignsClient,
  campaignId: string,
  contacts: readonly Contact[],
  pauseMs = 30_000,
): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  let waiting = contacts;
  let idle = 0;
  while (waiting.length > 0) {
    const sent = waiting.slice(0, BATCH);
    const told = await put(client, campaignId, sent);
    const again = sent.filter(({ token }) => SEND_AGAIN.includes(told.get(token)));
    for (const { id, token } of sent) {
      const code = told.get(token);
      if (code !== undefined && code !== ACCEPTED && !SEND_AGAIN.includes(code)) {
        refused.set(id, code);
      }
    }
    idle = again.length === sent.length ? idle + 1 : 0;
    if (idle === PATIENCE) {
      throw new Error(`${waiting.length} contacts are left: ${PATIENCE} calls got nothing through`);
    }
    // At the head, so that a call whose answer was lost is repeated as it was.
    waiting = [...again, ...waiting.slice(BATCH)];
    if (again.length > 0) await sleep(pauseMs);
  }
  return refused;
}

/** One call. @returns ACCEPTED or a failure code for each token. A token is missing if nothing is known of it. */
async function put(
  client: ConnectCampaignsClient,
  campaignId: string,
  contacts: readonly Contact[],
): Promise<ReadonlyMap<string, string>> {
  const command = new PutDialRequestBatchCommand({
    id: campaignId,
    dialRequests: contacts.map(({ id, phoneNumber, token }) => ({
      clientToken: token,
      phoneNumber,
      expirationTime: new Date(Date.now() + EXPIRES_MS),
      attributes: { contact: id },
    })),
  });
  const answer = await client.send(command).catch((error: unknown) => {
    const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
    const status = $metadata?.httpStatusCode ?? 0;
    // The call is wrong, and would be wrong again.
    if (status >= 400 && status < 500 && status !== 429) throw error;
    return null;
  });
  return new Map([
    ...(answer?.successfulRequests ?? []).map((one) => [one.clientToken ?? '', ACCEPTED] as const),
    ...(answer?.failedRequests ?? []).map(
      (one) => [one.clientToken ?? '', one.failureCode ?? 'UnknownError'] as const,
    ),
  ]);
}

/** The contacts of a CSV text with the columns id, phoneNumber and name. @param list its name, for the clientTokens. */
export function contactsOf(csv: string, list: string): readonly Contact[] {
  const [, ...rows] = csv.trim().split('\n');
  return rows.map((row) => {
    const [id = '', phoneNumber = ''] = row.split(',');
    return { id, phoneNumber, token: `${list}-${id}` };
  });
}
