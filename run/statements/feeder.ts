/** What a judge of a feeder found wrong with how dial requests are handed to campaigns, and what it could not decide. */

import { amount, list, number, oneOf, orNull, structure, text } from '../../system/read.ts';
import { type StatementOf, statementOf } from './kinds.ts';

/** `certain`: one call shows it. `likely`: it follows from several calls, or from a call that did not come. */
export const SURENESS = ['certain', 'likely'] as const;

/** Where it was seen first. */
export interface FeederPlace {
  readonly campaignId: string;
  /** Number of the call in the journal. */
  readonly call: number;
  /** Epoch milliseconds by the virtual clock. */
  readonly at: number;
  /** Null where it is the call that is wrong. */
  readonly clientToken: string | null;
}

const FOUND = {
  sure: oneOf(...SURENESS),
  /** How many dial requests, or calls, are concerned. */
  count: amount,
  first: structure<FeederPlace>({
    campaignId: text,
    call: amount,
    at: number,
    clientToken: orNull(text),
  }),
} as const;

const version = oneOf(1, 2);

const ROWS = {
  /** `seconds` is that of the dial request that is furthest from the bounds. */
  'expires too late': { ...FOUND, seconds: number, version },
  'expires too early': { ...FOUND, seconds: number, version },
  'number not E.164': { ...FOUND, phoneNumber: text },
  'token too long': { ...FOUND, length: amount },
  'empty token': FOUND,
  'too many items': { ...FOUND, items: amount },
  'wrong version': { ...FOUND, operation: text, version },
  'no such operation': { ...FOUND, path: text },
  'list of the other version': { ...FOUND, operation: text, list: text },
  'throttled, not sent again': { ...FOUND, code: text, seconds: number },
  'unknown error, not sent again': { ...FOUND, seconds: number },
  /** Items of several codes failed, and none was sent again. */
  'failures ignored': { ...FOUND, codes: list(text), seconds: number },
  'lost call, not repeated': { ...FOUND, status: amount, seconds: number },
  /** Nothing of the call was carried out. */
  'refused call, not sent again': { ...FOUND, status: amount, error: text, seconds: number },
  'other token after a lost call': { ...FOUND, status: amount },
  'sent on while throttled': { ...FOUND, code: text },
  'sent again without a wait': { ...FOUND, code: text },
  'sent on while not Running': { ...FOUND, state: text },
  'invalid input sent again': { ...FOUND, reason: text },
  'token reused after expiry': { ...FOUND, endedAs: text },
  'token reused with other content': FOUND,
  'batches of one': FOUND,
} as const;

export type FeederFinding = StatementOf<typeof ROWS>;

export type FeederFindingKind = FeederFinding['kind'];

export const feederFinding = statementOf(ROWS);

const DOUBTS = {
  /** Retryable dial requests that were not sent again when the journal ended, soon after. */
  'still time': { count: amount, seconds: number, settle: number },
  /** Their number came again with another token and other attributes, or later calls are missing. */
  'cannot be followed': { count: amount },
  /** The journal lacks calls: it keeps the last ones, and a file may not have kept up. */
  'calls missing': { count: amount },
} as const;

export type FeederDoubt = StatementOf<typeof DOUBTS>;

export const feederDoubt = statementOf(DOUBTS);

/** What has to happen before a feeder shows how it deals with it. */
export const SITUATIONS = [
  'accepted',
  'throttled',
  'unknown error',
  'invalid input',
  'lost call',
  'not Running',
  'expired',
] as const;

export type FeederSituation = (typeof SITUATIONS)[number];
