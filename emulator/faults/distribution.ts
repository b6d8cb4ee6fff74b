/** The length of a wait: a fixed time, or a draw from a distribution. Times are in milliseconds. */

import type { Draw } from '../../system/draw.ts';
import { UserError } from '../../system/errors.ts';
import { described, Mismatch, numberFrom, object, oneOf } from '../../system/read.ts';
import { type Members, readAll, type ValuesOf } from './member.ts';

const MILLISECONDS = numberFrom(0, 600_000);

/** Bounds every draw, so that a rare long one does not delay a test. */
const MAX = { read: MILLISECONDS, meaning: 'the longest wait', default: 60_000 };

/** The distributions, with their parameters. */
export const DISTRIBUTIONS = {
  uniform: {
    min: { read: MILLISECONDS, meaning: 'the shortest wait', default: 0 },
    max: { read: MILLISECONDS, meaning: 'the longest wait' },
  },
  exponential: {
    mean: { read: MILLISECONDS, meaning: 'the mean' },
    max: MAX,
  },
  lognormal: {
    median: { read: MILLISECONDS, meaning: 'the median' },
    sigma: { read: numberFrom(0, 5), meaning: 'standard deviation of the logarithm', default: 0.5 },
    max: MAX,
  },
} as const satisfies Record<string, Members>;

type DistributionName = keyof typeof DISTRIBUTIONS;

const NAME = oneOf(...(Object.keys(DISTRIBUTIONS) as readonly DistributionName[]));

export type Wait =
  | number
  | {
      [Name in DistributionName]: { readonly distribution: Name } & ValuesOf<
        (typeof DISTRIBUTIONS)[Name]
      >;
    }[DistributionName];

const WAITS = `${MILLISECONDS.values}, or a distribution`;

export const WAIT = described(WAITS, (value, at): Wait => {
  if (typeof value === 'number') return MILLISECONDS(value, at);
  if (typeof value !== 'object' || value === null) throw new Mismatch(at, WAITS, value);
  const { distribution, ...given } = object(value, at);
  const name = NAME(distribution, `${at}.distribution`);
  const wait = { distribution: name, ...readAll(DISTRIBUTIONS[name], given, at) } as Wait;
  if (typeof wait === 'object' && wait.distribution === 'uniform' && wait.min > wait.max) {
    throw new UserError(`${at}.min must not be above ${at}.max`);
  }
  return wait;
});

/** @returns milliseconds. */
export function sampleWait(wait: Wait, draw: Draw): number {
  if (typeof wait === 'number') return wait;
  switch (wait.distribution) {
    case 'uniform':
      return wait.min + (wait.max - wait.min) * draw.unit();
    case 'exponential':
      return Math.min(wait.max, -wait.mean * Math.log(1 - draw.unit()));
    case 'lognormal':
      return Math.min(wait.max, wait.median * Math.exp(wait.sigma * standardNormal(draw)));
  }
}

/** Box and Muller's transform of two uniform draws. */
function standardNormal(draw: Draw): number {
  const radius = Math.sqrt(-2 * Math.log(1 - draw.unit()));
  return radius * Math.cos(2 * Math.PI * draw.unit());
}
