/**
 * Moments in a request. A request is written as if it was sent at `SENT_AT`, so that the pact is the same each time.
 * What verifies the pact replaces each of them by a moment that is as far from its own time.
 */

import { momentOf } from '../../operation/aws/shape/timestamp.ts';

/** When the requests of a pact are sent. */
export const SENT_AT = '2026-01-01T00:00:00Z';

/** The moment that is some seconds after `SENT_AT`. */
export function inSeconds(seconds: number): string {
  return new Date(epochOf(SENT_AT) + seconds * 1_000).toISOString().replace('.000Z', 'Z');
}

/** How many seconds a moment is after `SENT_AT`. */
export function secondsOf(moment: string): number {
  return (epochOf(moment) - epochOf(SENT_AT)) / 1_000;
}

/** Epoch milliseconds. */
export function epochOf(moment: string): number {
  return momentOf(moment, 'date-time') ?? Number.NaN;
}
