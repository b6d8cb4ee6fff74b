/** The last line of a history, whose end may be missing because the script ended while it was written. */

import { readHistoryLine, versionOf } from '../lib/history-line.ts';

/**
 * Whether a line without a line feed may be the beginning of an attempt's.
 *
 * A valid line of version `dp1` may be one too, if it ends within the places: their number is not known.
 */
export function mayBeCut(line: string): boolean {
  const attempt = readHistoryLine(line);
  if (attempt) return attempt.seen === undefined && attempt.places !== '-';
  return versionOf(line) !== null || /^(d|dp\d*)$/.test(line);
}
