/** Which requests a fault is for. */

import { OPERATIONS } from '../../operation/operations.ts';
import type { Draw } from '../../system/draw.ts';
import { UserError } from '../../system/errors.ts';
import { filledList, having, numberFrom, object, wholeNumberFrom } from '../../system/read.ts';
import { readGiven, type ValuesOf } from './member.ts';
import { tokenPattern, tokenTest } from './token-pattern.ts';

const COUNT = wholeNumberFrom(1, 1_000_000_000);
const SECONDS = numberFrom(0, 31_536_000);

/** A name that both versions of outbound campaigns have stands for both. */
const OPERATION_NAMES: ReadonlySet<unknown> = new Set(OPERATIONS.map(({ name }) => name));

/** The members of `when`. All given members must hold; without members, every request is selected. */
export const SELECTORS = {
  operation: {
    read: having<string>('the name of an operation', (name) => OPERATION_NAMES.has(name)),
    meaning: 'calls of this operation; nth and every then count only these',
  },
  share: { read: numberFrom(0, 1), meaning: 'this share of the requests, drawn with the seed' },
  nth: { read: filledList(COUNT), meaning: 'the requests with these numbers, counted from 1' },
  every: { read: COUNT, meaning: 'every n-th request' },
  token: { read: tokenPattern, meaning: 'requests whose ClientToken matches' },
  from: {
    read: SECONDS,
    meaning: 'requests from this second on, counted from when the plan was set',
  },
  to: { read: SECONDS, meaning: 'requests before this second' },
  period: {
    read: numberFrom(0.001, 31_536_000),
    meaning: 'length in seconds after which from and to start again',
  },
};

export type When = Partial<ValuesOf<typeof SELECTORS>>;

/** @throws UserError for an invalid selector, or for one that no request can match. */
export function readWhen(value: unknown, where: string): When {
  const when = readGiven(SELECTORS, object(value, where), where);
  const { from = 0, to, period } = when;
  if (to !== undefined && to <= from) {
    throw new UserError(`${where}.to must be above ${where}.from`);
  }
  if (period !== undefined && period <= from) {
    throw new UserError(`${where}.period must be above ${where}.from`);
  }
  return when;
}

/** What is known about a request when its faults are drawn. */
export interface Occasion {
  /** Requests since the plan was set, this one included: those of the selector's operation, if it names one. */
  readonly n: number;
  /** Since the plan was set; whole. */
  readonly milliseconds: number;
  /** Null where there is none, or none that can be read. */
  readonly clientToken: string | null;
}

export type Selector = (occasion: Occasion, draw: Draw) => boolean;

export function selectorOf(when: When): Selector {
  const { share = 1, nth, every = 1 } = when;
  // In whole milliseconds: the remainder of a fraction can fall short of itself.
  const from = Math.round((when.from ?? 0) * 1000);
  const to = Math.round((when.to ?? Number.POSITIVE_INFINITY) * 1000);
  const period = Math.round((when.period ?? Number.POSITIVE_INFINITY) * 1000);
  const token = when.token === undefined ? null : tokenTest(when.token);
  return ({ n, milliseconds, clientToken }, draw) => {
    // Drawn in any case, so that what a fault draws next does not hang on its selector.
    const chosen = draw.unit() < share;
    const at = milliseconds % period;
    return (
      chosen &&
      (nth === undefined || nth.includes(n)) &&
      n % every === 0 &&
      at >= from &&
      at < to &&
      (token === null || (clientToken !== null && token(clientToken)))
    );
  };
}
