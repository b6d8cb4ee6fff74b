/** What the stage of campaigns found wrong. */

import { amount, orNull, text } from '../../system/read.ts';
import { type StatementOf, statementOf } from './kinds.ts';
import { ROAD_ROWS } from './road.ts';

const ROWS = {
  ...ROAD_ROWS,
  /** An item with another answer than the predicted one: `Accepted` or a code; null where there is none. */
  'answered otherwise': {
    operation: text,
    clientToken: text,
    predicted: orNull(text),
    answered: orNull(text),
  },
  /** `message` is the error of the socket. */
  'call unanswered': { call: text, message: text },
  /** A campaign that did not become Running in time. */
  'not running': { version: amount, state: text },
} as const;

export type CampaignViolation = StatementOf<typeof ROWS>;

export const campaignViolation = statementOf(ROWS);
