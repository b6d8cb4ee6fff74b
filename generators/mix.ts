/** A mix: the share of the contacts, or of the dial requests, that gets each failure code. */

import { DIAL_FAILURES, type DialFailureCode } from '../operation/campaigns/failures.ts';
import {
  FAILURE_CODES,
  type FailureReasonCode,
} from '../operation/connect/batch-put-contact/failures.ts';
import { UserError } from '../system/errors.ts';
import { checkShares, equalShares, readShares, type Shares } from './shares.ts';

/** Code -> share of all contacts, 0..1. The remaining contacts are good. */
export type Mix = Shares<FailureReasonCode>;

/** A failure code that one dial request alone can be made to get. */
export type ProvokedDialCode = Exclude<DialFailureCode, 'BufferLimitExceeded'>;

/** Code -> share of all dial requests, 0..1. The remaining dial requests are good. */
export type DialMix = Shares<ProvokedDialCode>;

export const ALL_GOOD: Shares<never> = {};

const CODES = { option: 'mix', noun: 'failure code', names: FAILURE_CODES };

export const DIAL_CODES = (Object.keys(DIAL_FAILURES) as DialFailureCode[]).filter(
  (code): code is ProvokedDialCode => code !== 'BufferLimitExceeded',
);

const PROVOKED_DIAL_CODES = { option: 'mix', noun: 'failure code', names: DIAL_CODES };

/** Divides `total` equally among all codes. */
export function everyCode(total: number): Mix {
  return equalShares(FAILURE_CODES, total);
}

/** Divides `total` equally among all codes that a dial request alone can be made to get. */
export function everyDialCode(total: number): DialMix {
  return equalShares(DIAL_CODES, total);
}

/**
 * Reads `none`, `every=0.2`, or `INVALID_QUEUE=0.05,MISSING_CAMPAIGN=0.01`.
 *
 * @throws UserError for an unknown code, a share outside 0..1, or shares with a sum above 1.
 */
export function readMix(text: string): Mix {
  return readShares(text, CODES);
}

/** As {@link readMix}, with the failure codes of dial requests. */
export function readDialMix(text: string): DialMix {
  if (/(?:^|,)\s*BufferLimitExceeded\s*=/.test(text)) throw onlyWhenFull();
  return readShares(text, PROVOKED_DIAL_CODES);
}

/** @throws UserError for an unknown code, a share outside 0..1, or shares with a sum above 1. */
export function checkMix(mix: Mix): void {
  checkShares(mix, CODES);
}

/** @throws UserError as {@link checkMix} does, and for a share of BufferLimitExceeded. */
export function checkDialMix(mix: DialMix): void {
  if (Object.hasOwn(mix, 'BufferLimitExceeded')) throw onlyWhenFull();
  checkShares(mix, PROVOKED_DIAL_CODES);
}

/** The code depends on how much a campaign holds when the call arrives, so no share of it can be promised. */
function onlyWhenFull(): UserError {
  return new UserError(
    'mix: BufferLimitExceeded cannot have a share, because no dial request causes it: every dial request gets it while its campaign is full',
  );
}
