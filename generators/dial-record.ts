/** Encodes a batch of dial requests as a record of fixed size. A load script splices its stamps and times. */

import { momentOf } from '../operation/aws/shape/timestamp.ts';
import {
  dialLetterOf,
  dialRecordBytes,
  dialRecordLayout,
} from '../operation/corpus/dial-record.ts';
import type { DialItemBatch } from './dial-batch.ts';

/**
 * @param body the request body that carries the batch.
 * @param now the moment at which the batch was made to be sent.
 * @throws Error if the batch does not fit into its record.
 */
export function encodeDialRecord(
  { items, predicted }: DialItemBatch,
  body: object,
  now: number,
): Buffer {
  const layout = dialRecordLayout(items.length);
  const record = Buffer.alloc(dialRecordBytes(items.length));
  const json = JSON.stringify(body);
  const length = record.write(json, layout.body, 'utf8');
  if (length !== Buffer.byteLength(json)) {
    throw new Error(
      `a batch of ${items.length} dial requests needs more than ${record.length} bytes`,
    );
  }
  record.writeUInt32LE(length, layout.bodyLength);
  let at = layout.body;
  const find = (text: string): number => {
    at = record.indexOf(text, at);
    if (at < 0) throw new Error(`the body has no ${text}`);
    return at - layout.body;
  };
  items.forEach(({ clientToken, expirationTime }, i) => {
    record.writeUInt32LE(find(clientToken), layout.stamp(i));
    record.writeUInt32LE(find(expirationTime), layout.expiration(i));
    const moment = momentOf(expirationTime, 'date-time') ?? Number.NaN;
    record.writeInt32LE(moment - now, layout.expiresIn(i));
  });
  const letters = predicted.map((one) => dialLetterOf(one === 'Accepted' ? null : one));
  record.write(letters.join(''), layout.letters, 'latin1');
  return record;
}
