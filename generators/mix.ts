/** A mix: the share of the contacts that gets each failure code. */

import {
  FAILURE_CODES,
  type FailureReasonCode,
} from '../operation/connect/batch-put-contact/failures.ts';
import { UserError } from '../system/errors.ts';

/** Code -> share of all contacts, 0..1. The remaining contacts are good. */
export type Mix = Readonly<Partial<Record<FailureReasonCode, number>>>;

export const ALL_GOOD: Mix = {};

/** Divides `total` equally among all codes. */
export function everyCode(total: number): Mix {
  return Object.fromEntries(FAILURE_CODES.map((code) => [code, total / FAILURE_CODES.length]));
}

/**
 * Reads `none`, `every=0.2`, or `INVALID_QUEUE=0.05,MISSING_CAMPAIGN=0.01`.
 *
 * @throws UserError for an unknown code, a share outside 0..1, or shares with a sum above 1.
 */
export function readMix(text: string): Mix {
  if (text === 'none') return ALL_GOOD;
  const mix: Partial<Record<FailureReasonCode, number>> = {};
  for (const part of text.split(',')) {
    const [name = '', share = ''] = part.split('=').map((piece) => piece.trim());
    const value = Number(share);
    if (share === '' || !(value >= 0 && value <= 1)) {
      throw new UserError(`mix "${part}": write CODE=SHARE with a share from 0 to 1`);
    }
    if (name === 'every') {
      for (const [code, each] of Object.entries(everyCode(value))) {
        mix[code as FailureReasonCode] = each;
      }
      continue;
    }
    const code = FAILURE_CODES.find((candidate) => candidate === name);
    if (!code) {
      throw new UserError(
        `mix "${part}": unknown failure code "${name}"; the codes are ${FAILURE_CODES.join(', ')}`,
      );
    }
    mix[code] = value;
  }
  checkMix(mix);
  return mix;
}

/** @throws UserError if the sum of the shares is above 1. */
export function checkMix(mix: Mix): void {
  const total = Object.values(mix).reduce((sum, share) => sum + share, 0);
  if (total > 1 + 1e-9) {
    throw new UserError(`mix: the shares add up to ${total.toFixed(3)}; they may not exceed 1`);
  }
}
