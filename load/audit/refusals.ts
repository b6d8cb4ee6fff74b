/** Judges the refusals of one ClientToken: which of them no correct endpoint gives. */

import { RETRYABLE } from '../../operation/connect/batch-put-contact/outcome.ts';
import type { Attempt } from '../lib/history-line.ts';
import { isSettled, isUnknown, named, samePayload } from './attempts.ts';
import type { Order } from './order.ts';
import type { Tallies } from './tallies.ts';

const CONFLICT = 409;

/** Statuses of calls that used no token. An attempt without an answer, or with any other status, may have used it. */
const UNUSED = [400, 403, 404, CONFLICT, 413, 429];

export interface TokenUse {
  readonly attempts: readonly Attempt[];
  readonly order: Order;
  /** Whether the token may have been forgotten between two attempts. */
  readonly outlived: boolean;
  /** Whether nothing but the attempts can have used the token: it is of this run, and no call was cut. */
  readonly isOurs: boolean;
}

export function judgeRefusedCalls(use: TokenUse, tallies: Tallies): void {
  for (const attempt of use.attempts) {
    if (!isSettled(attempt)) continue;
    const first = use.attempts.find(
      (other) =>
        other.status === 200 && samePayload(other, attempt) && use.order.precedes(other, attempt),
    );
    if (first && !use.outlived) judgeReplay(attempt, first, use, tallies);
    else if (attempt.status === CONFLICT && use.isOurs) judgeConflict(attempt, use, tallies);
  }
}

/** After an answered call, an equal one gets the answer too. */
function judgeReplay(attempt: Attempt, first: Attempt, use: TokenUse, tallies: Tallies): void {
  if (attempt.status === CONFLICT && mayRunAgain(attempt, first, use)) return;
  tallies.check('nothing is refused wrongly', attempt.status === 200, () => ({
    kind: 'replay refused',
    attempt: named(attempt),
    first: named(first),
  }));
}

/**
 * Whether an equal call may have been in flight, to which the endpoint gave a 409: one that runs retryable items
 * again. Any other equal call gets the stored answer at once.
 */
function mayRunAgain(attempt: Attempt, first: Attempt, { attempts, order }: TokenUse): boolean {
  if (!RETRYABLE.some((letter) => first.letters.includes(letter))) return false;
  return attempts.some(
    (other) =>
      other !== attempt &&
      other !== first &&
      !order.precedes(attempt, other) &&
      (isUnknown(other) || !order.precedes(other, attempt)),
  );
}

/** A token that nobody can have used yet is in conflict with nothing. */
function judgeConflict(attempt: Attempt, { attempts, order }: TokenUse, tallies: Tallies): void {
  const used = attempts.some(
    (other) => !UNUSED.includes(other.status) && !order.precedes(attempt, other),
  );
  tallies.check('nothing is refused wrongly', used, () => ({
    kind: 'new token refused',
    attempt: named(attempt),
  }));
}
