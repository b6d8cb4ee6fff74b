/** What can be wrong with the way from a dial request to a contact and a call. */

import { amount, text } from '../../system/read.ts';
import type { StatementOf } from './kinds.ts';

export const ROAD_ROWS = {
  'call refused': { call: text, status: amount, text },
  /** A clientToken that was answered with one dial request, and later with another. */
  'another id': { clientToken: text, before: text, after: text },
  /** An accepted dial request of which there is neither a contact nor a stated failure. */
  'lost request': { dialRequestId: text, clientToken: text },
  'contact and failure': { dialRequestId: text, contactId: text, failure: text },
  'two contacts': { dialRequestId: text, contactId: text },
  /** A contact of no dial request that an answer named. */
  'unasked contact': { contactId: text },
  'dial of no contact': { contactId: text, dialId: text },
  'second dial': { contactId: text, first: text, second: text },
  /** A dial that the sink never received. */
  'dial not given': { dialRequestId: text, dialId: text },
  /** Dial requests whose end did not come in time. */
  'not ended': { dialRequests: amount },
} as const;

export type RoadViolation = StatementOf<typeof ROAD_ROWS>;
