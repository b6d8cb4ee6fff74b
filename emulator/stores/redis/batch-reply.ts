/** Converts a batch that a script returned to a record. */

import type { BatchRecord, ItemResult } from '../store.ts';
import type { Reply } from './connection.ts';
import { BATCH_FIELDS } from './scripts.ts';

export type BatchReply = readonly Buffer[];

/** Redis holds an empty text for an absent ClientToken. A request with an empty ClientToken counts as one without it. */
export function recordOf(reply: Reply): BatchRecord {
  const [requests, , ...fields] = reply as BatchReply;
  const field = (name: (typeof BATCH_FIELDS)[number]) =>
    fields[BATCH_FIELDS.indexOf(name)] as Buffer;
  return {
    account: `${field('account')}`,
    region: `${field('region')}`,
    instanceId: `${field('instanceId')}`,
    clientToken: `${field('clientToken')}` || null,
    committedAt: Number(field('committedAt')),
    results: JSON.parse(`${field('results')}`) as ItemResult[],
    body: field('body'),
    requests: Number(requests),
  };
}
