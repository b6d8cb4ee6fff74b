/** A message as plain JSON, for receivers of a team's own. */

import { longestOf } from '../message/fit.ts';
import type { Message } from '../message/message.ts';

export const WEBHOOK_FORMAT = 'dialproof-message/1';

/** Many gateways refuse more than 256 KB. */
export const WEBHOOK_BYTES = 240_000;

/** The members of a message, and under `more` how many rows of each list were left out. */
export function webhookBody(message: Message): string {
  return longestOf(
    message,
    (cut) => JSON.stringify({ schema: WEBHOOK_FORMAT, ...cut }),
    (text) => Buffer.byteLength(text) <= WEBHOOK_BYTES,
  );
}
