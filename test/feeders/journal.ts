/** Journals for tests of the judge: a line for each call, with defaults that are right. */

import type {
  FeederCall,
  FeederItem,
  FeederJournal,
} from '../../operation/campaigns/feeder-call.ts';

export const START = Date.UTC(2026, 10, 28, 12);

type ItemOver = Partial<FeederItem>;

/** A good dial request of the customer `name`, accepted. Its token is `t-name` unless another is given. */
export function item(name: string, over: ItemOver = {}): FeederItem {
  const token = over.token === undefined ? `t-${name}` : over.token;
  return {
    clientToken: token ?? '',
    tokenLength: token?.length ?? 0,
    phoneNumber: '+1312*****01',
    isE164: true,
    number: `number of ${name}`,
    content: `content of ${name}`,
    attributes: [`customer ${name}`, 'spring'],
    expirationTime: START + 300_000,
    expiresIn: 300,
    dialRequestId: over.code ? null : `id of ${token}`,
    code: null,
    reason: null,
    repeated: false,
    otherContent: false,
    endedAs: null,
    ...over,
    token,
  };
}

export interface CallOver extends Partial<Omit<FeederCall, 'items'>> {
  /** Seconds from the answer before to this call. Default 1. */
  readonly after?: number;
}

/** Calls one after the other. The journal ends `watched` seconds after the last answer. */
export function journal(
  calls: readonly (readonly [items: readonly FeederItem[], over?: CallOver])[],
  watched = 600,
): FeederJournal {
  let now = START;
  const made = calls.map(([items, { after = 1, ...over } = {}], i): FeederCall => {
    now += after * 1000;
    return {
      type: 'feeder-call',
      number: i + 1,
      began: 2 * i + 1,
      ended: 2 * i + 2,
      arrivedAt: now,
      answeredAt: now,
      answeredAtWall: now,
      operation: 'PutDialRequestBatch',
      path: '/campaigns/{id}/dial-requests',
      campaignId: 'spring',
      campaignVersion: 1,
      campaignState: 'Running',
      invocation: `invocation ${i}`,
      status: 200,
      error: null,
      delivered: true,
      list: 'dialRequests',
      items,
      ...over,
    };
  });
  return { calls: made, endedAt: now + watched * 1000 };
}
