/** Reads SigV4 timestamps, `YYYYMMDDTHHMMSSZ`. */

import { formatTimestamp } from '../../operation/aws/sigv4.ts';

const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** @returns epoch milliseconds, or null if the text is not a valid timestamp. */
export function parseTimestamp(text: string): number | null {
  const parts = BASIC.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC turns 31 February into a day in March, so the result must format to the same text.
  return formatTimestamp(at) === text ? at : null;
}
