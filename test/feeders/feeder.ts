/** A small feeder that does all that AWS documents, with the AWS SDK. Each habit turns it into one with a fault. */

import {
  type ConnectCampaignsClient,
  type DialRequest,
  PutDialRequestBatchCommand,
} from '@aws-sdk/client-connectcampaigns';

export interface Customer {
  readonly id: string;
  readonly phoneNumber: string;
}

export interface World {
  readonly client: ConnectCampaignsClient;
  readonly campaignId: string;
  /** Epoch milliseconds. */
  now(): number;
  wait(milliseconds: number): Promise<void>;
  /** The tokens of dial requests that ended as EXPIRED, as a handler of contact events learns them. */
  expired(): Promise<readonly string[]>;
}

/** What the feeder does. */
export interface Habits {
  readonly batch: number;
  readonly expirySeconds: number;
  readonly token: (customer: Customer, round: number) => string;
  readonly readsFailures: boolean;
  readonly waits: boolean;
  readonly repeatsLostCalls: boolean;
  readonly keepsTokenOfLostCall: boolean;
}

export const RIGHT: Habits = {
  batch: 5,
  expirySeconds: 300,
  token: ({ id }, round) => `${id}-${round}`,
  readsFailures: true,
  waits: true,
  repeatsLostCalls: true,
  keepsTokenOfLostCall: true,
};

const PAUSE = 2_000;
const MOST_CALLS = 400;
/** A caller that gets one of these has a defect, or has the wrong campaign. */
const LASTING = ['ValidationException', 'ResourceNotFoundException', 'AccessDeniedException'];

interface Queued {
  readonly customer: Customer;
  readonly round: number;
}

/** Hands over every customer, and those whose dial request expired once more. */
export async function feed(
  customers: readonly Customer[],
  world: World,
  changed: Partial<Habits> = {},
): Promise<void> {
  const habits = { ...RIGHT, ...changed };
  const first = customers.map((customer) => ({ customer, round: 1 }));
  await handOver(first, world, habits);
  const expired = new Set(await world.expired());
  const again = first.filter(({ customer, round }) => expired.has(habits.token(customer, round)));
  await handOver(
    again.map(({ customer, round }) => ({ customer, round: round + 1 })),
    world,
    habits,
  );
}

async function handOver(list: readonly Queued[], world: World, habits: Habits): Promise<void> {
  let queue = [...list];
  for (let calls = 0; queue.length > 0; calls += 1) {
    if (calls === MOST_CALLS) throw new Error(`${queue.length} customers are left`);
    const sent = queue.slice(0, habits.batch);
    queue = queue.slice(habits.batch);
    const { again, pause } = await put(sent, world, habits);
    queue.push(...again);
    if (pause && habits.waits) await world.wait(PAUSE);
  }
}

/** One call. Returns what is to be sent again, and whether to wait before. */
async function put(
  sent: readonly Queued[],
  { client, campaignId, now }: World,
  habits: Habits,
): Promise<{ readonly again: readonly Queued[]; readonly pause: boolean }> {
  const dialRequests: DialRequest[] = sent.map(({ customer, round }) => ({
    clientToken: habits.token(customer, round),
    phoneNumber: customer.phoneNumber,
    expirationTime: new Date(now() + habits.expirySeconds * 1000),
    attributes: { customer: customer.id },
  }));
  try {
    const { failedRequests = [] } = await client.send(
      new PutDialRequestBatchCommand({ id: campaignId, dialRequests }),
    );
    if (!habits.readsFailures) return { again: [], pause: false };
    const failed = new Map(failedRequests.map((one) => [one.clientToken, one.failureCode]));
    const codes = [...failed.values()];
    const again = sent.filter(({ customer, round }) => {
      const code = failed.get(habits.token(customer, round));
      return code === 'RequestThrottled' || code === 'UnknownError';
    });
    return { again, pause: codes.includes('RequestThrottled') };
  } catch (error) {
    if (LASTING.includes((error as Error).name) || !habits.repeatsLostCalls) {
      return { again: [], pause: true };
    }
    const round = habits.keepsTokenOfLostCall ? 0 : 100;
    return { again: sent.map((one) => ({ ...one, round: one.round + round })), pause: true };
  }
}
