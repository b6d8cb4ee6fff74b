/** Reads a feeder journal from its NDJSON. */

import { isObject } from '../operation/aws/json.ts';
import type {
  FeederCall,
  FeederItem,
  FeederJournal,
  FeederJournalEnd,
  FeederJournalHead,
} from '../operation/campaigns/feeder-call.ts';
import { UserError } from '../system/errors.ts';
import {
  amount,
  flag,
  list,
  number,
  oneOf,
  orNull,
  parseJson,
  structure,
  text,
} from '../system/read.ts';

const item = structure<FeederItem>({
  clientToken: text,
  tokenLength: amount,
  token: orNull(text),
  phoneNumber: text,
  isE164: orNull(flag),
  number: text,
  content: text,
  attributes: list(text),
  expirationTime: orNull(number),
  expiresIn: orNull(number),
  dialRequestId: orNull(text),
  code: orNull(text),
  reason: orNull(text),
  repeated: flag,
  otherContent: flag,
  endedAs: orNull(text),
});

const call = structure<FeederCall>({
  type: oneOf('feeder-call'),
  number: amount,
  began: amount,
  ended: amount,
  arrivedAt: number,
  answeredAt: number,
  answeredAtWall: number,
  operation: orNull(oneOf('PutDialRequestBatch', 'PutOutboundRequestBatch')),
  path: text,
  campaignId: text,
  campaignVersion: orNull(oneOf(1, 2)),
  campaignState: orNull(text),
  invocation: orNull(text),
  status: amount,
  error: orNull(text),
  delivered: flag,
  list: orNull(oneOf('dialRequests', 'outboundRequests')),
  items: list(item),
});

const head = structure<FeederJournalHead>({ type: oneOf('feeder-journal'), version: oneOf(1) });

const end = structure<FeederJournalEnd>({ type: oneOf('end'), at: number });

/**
 * Reads the text of a journal. Without a last line, as a crash leaves it, it ends with its last call.
 *
 * @param from its file or URL, for messages.
 * @throws UserError that names the line that cannot be read.
 */
export function readFeederJournal(content: string, from: string): FeederJournal {
  const lines = content.split('\n');
  let calls: FeederCall[] = [];
  let endedAt: number | null = null;
  let isJournal = false;
  for (const [i, line] of lines.entries()) {
    // A crash can cut the last line.
    if (line.trim() === '' || (i > 0 && i === lines.length - 1)) continue;
    const at = `${from}, line ${i + 1}`;
    const value = parseJson(line, at);
    const type = isObject(value) ? value.type : undefined;
    if (!isJournal || type === 'feeder-journal') {
      head(value, at);
      isJournal = true;
      calls = [];
      endedAt = null;
    } else if (type === 'end') endedAt = end(value, at).at;
    else calls.push(call(value, at));
  }
  if (!isJournal) throw new UserError(`${from} is empty: it is not a feeder journal`);
  const last = calls.reduce((latest, { answeredAtWall }) => Math.max(latest, answeredAtWall), 0);
  return { calls, endedAt: endedAt ?? last };
}
