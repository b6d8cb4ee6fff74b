/** Timestamps of restJson1 bodies. */

import type { TimestampShape } from './shapes.ts';

/** RFC 3339. The day is checked separately, because Date reads 30 February as a day in March. */
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:[0-5]\d)$/;

/** The most seconds from the epoch that a Date can hold. */
const MAX_SECONDS = 8.64e12;

/** Writes epoch milliseconds as a timestamp. Whole seconds have no fraction. */
export function timestampAt(milliseconds: number, format: 'epoch-seconds'): number;
export function timestampAt(milliseconds: number, format: 'date-time'): string;
export function timestampAt(milliseconds: number, format: TimestampShape['format']) {
  if (format === 'epoch-seconds') return milliseconds / 1000;
  return new Date(milliseconds).toISOString().replace('.000Z', 'Z');
}

/** The moment in epoch milliseconds; null if the value is not a timestamp of that format. */
export function momentOf(value: unknown, format: TimestampShape['format']): number | null {
  if (format === 'epoch-seconds') {
    if (typeof value !== 'number' || !(Math.abs(value) <= MAX_SECONDS)) return null;
    return Math.round(value * 1000);
  }
  const parts = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  if (!parts) return null;
  const [text, year, month, day] = parts;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (date.getUTCDate() !== Number(day)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
