/** What can be wrong with the way from a dial request to a contact and a call. */

import { amount, orNull, text } from '../../system/read.ts';
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

const { 'call refused': _refused, 'not ended': _open, ...FOUND } = ROAD_ROWS;

/** What can be wrong with contact events. */
export const EVENT_ROWS = {
  /** An event of a contact that does not exist. */
  'event of no contact': { event: text, contactId: text },
  /** Two events with one id that do not say the same. */
  'event id reused': { event: text, contactId: text },
  'events out of step': { contactId: text, earlier: text, later: text },
  'event missing': { contactId: text, eventType: text },
  /** More than the share of events that was set to be lost. */
  'too many events missing': { missing: amount, expected: amount, loss: amount },
  'event doubled': { contactId: text, eventType: text },
  'event says otherwise': { contactId: text, event: orNull(text), told: orNull(text) },
} as const;

export type EventViolation = StatementOf<typeof EVENT_ROWS>;

/** What an audit of the dial road finds. Times are epoch milliseconds by the clock of the endpoint. */
export const ROAD_EVIDENCE = {
  ...FOUND,
  ...EVENT_ROWS,
  /** An answer that does not have one result for each item: a letter for each item that was read. */
  'wrong dial results': { stamp: text, nth: amount, letters: text },
  'other dial verdicts': { stamp: text, nth: amount, letters: text, predicted: text },
  /** Two clientTokens that were answered with one dial request. */
  'dial request shared': { dialRequestId: text, clientToken: text, other: text },
  /** `member`: what of the contact is not as the dial request had it. */
  'contact differs': { dialRequestId: text, contactId: text, member: text },
  /** A dial whose contact was made of another dial request. */
  'dial of another request': { dialId: text, contactId: text, dialRequestId: text },
  'dialled after expiry': { dialRequestId: text, dialId: text, at: amount, expiresAt: amount },
  /** `since`: when the campaign was paused or stopped; `until`: when it was resumed, null for never. */
  'dialled while held': {
    dialId: text,
    campaignId: text,
    operation: text,
    at: amount,
    since: amount,
    until: orNull(amount),
  },
  'expired early': { dialRequestId: text, at: amount, expiresAt: amount },
  'not at its end': { dialRequestId: text, state: text },
  'too many calls': { calls: amount, quota: amount, at: amount },
} as const;

export type RoadEvidence = StatementOf<typeof ROAD_EVIDENCE>;
