/** The hours of the day in which a feeder sends, by UTC. */

import { UserError } from '../../system/errors.ts';

export interface Hours {
  /** Whether the feeder may send at a moment. */
  isOpen(at: number): boolean;
  /** The first moment, from this one on, at which it may. */
  nextOpen(at: number): number;
  /** Milliseconds in which it may, from one moment to another. */
  open(from: number, to: number): number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const ALWAYS: Hours = { isOpen: () => true, nextOpen: (at) => at, open: (from, to) => to - from };

/** @throws UserError for times that are none. */
export function hoursOf(given: { readonly from: string; readonly to: string } | null): Hours {
  if (given === null) return ALWAYS;
  const from = timeOf(given.from) % DAY;
  const to = timeOf(given.to);
  // Hours over midnight are as long as those of one day.
  const length = to > from ? to - from : to - from + DAY;
  const since = (at: number) => (((at - from) % DAY) + DAY) % DAY;
  return {
    isOpen: (at) => since(at) < length,
    nextOpen: (at) => (since(at) < length ? at : at - since(at) + DAY),
    open(begin, end) {
      // From the opening before `begin`: whole days, and a part of the last.
      const upTo = (at: number, first: number) => {
        const days = Math.floor((at - first) / DAY);
        return days * length + Math.min(length, at - first - days * DAY);
      };
      const first = begin - since(begin);
      return upTo(end, first) - upTo(begin, first);
    },
  };
}

/** Reads `09:00-20:00`. @throws UserError if the text is none. */
export function readHours(text: string): { readonly from: string; readonly to: string } {
  const found = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text);
  const [, from = '', to = ''] = found ?? [];
  if (!found || from === to) throw new UserError('give hours such as 09:00-20:00');
  hoursOf({ from, to });
  return { from, to };
}

function timeOf(text: string): number {
  const found = /^(\d\d):(\d\d)$/.exec(text);
  const minutes = found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN;
  if (!(minutes <= 24 * 60 && Number(found?.[2]) < 60)) {
    throw new UserError(`"${text}" is no time of the day: write it as 09:00`);
  }
  return minutes * MINUTE;
}
