/** Shortens a message until what is made of it fits, by rows: a row is shown as a whole or not at all. */

import { whole as said } from '../../run/figures.ts';
import type { Message } from './message.ts';

/** The lists of a message. */
const LISTS = ['bugs', 'reasons', 'failures', 'parts', 'unexercised'] as const;

type List = (typeof LISTS)[number];

/** A message with the first rows of each list, and how many rows each list has lost. */
export interface Cut extends Message {
  readonly more: Readonly<Record<List, number>>;
}

/**
 * The longest form that fits.
 *
 * @param render makes what is sent.
 * @param fits measures what was made, in the unit of the limit.
 * @throws Error if not even a message without rows fits.
 */
export function longestOf<Made>(
  message: Message,
  render: (cut: Cut) => Made,
  fits: (made: Made) => boolean,
): Made {
  const made = (rows: number): Made => render(cutAt(message, rows));
  const most = Math.max(...LISTS.map((list) => message[list].length));
  const whole = made(most);
  if (fits(whole)) return whole;
  let good: Made | null = null;
  let [low, high] = [0, most - 1];
  while (low <= high) {
    const rows = (low + high) >> 1;
    const tried = made(rows);
    if (fits(tried)) {
      good = tried;
      low = rows + 1;
    } else {
      high = rows - 1;
    }
  }
  if (good === null) throw new Error('the shortest form of the message is too long');
  return good;
}

function cutAt(message: Message, rows: number): Cut {
  const more = { bugs: 0, reasons: 0, failures: 0, parts: 0, unexercised: 0 };
  for (const list of LISTS) more[list] = Math.max(0, message[list].length - rows);
  return {
    ...message,
    bugs: message.bugs.slice(0, rows),
    reasons: message.reasons.slice(0, rows),
    failures: message.failures.slice(0, rows),
    parts: message.parts.slice(0, rows),
    unexercised: message.unexercised.slice(0, rows),
    more,
  };
}

/** The row that stands for those that were left out; null if none was. */
export function moreSaid(n: number): string | null {
  return n === 0 ? null : `${said(n)} more in the artifact`;
}
