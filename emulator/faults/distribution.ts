/** How long a wait is: a fixed time, or one drawn from a distribution. All in milliseconds. */

import { isObject } from '../../operation/aws/json.ts';
import type { Draw } from '../../system/draw.ts';
import { UserError } from '../../system/errors.ts';
import { type Members, numberFrom, readAll, type ValuesOf } from './member.ts';

const MILLISECONDS = numberFrom(0, 600_000);

/** Cuts the tail off, so that no draw holds a test up. */
const MAX = { ...MILLISECONDS, meaning: 'the longest wait', default: 60_000 };

/** The distributions, with their parameters. */
export const DISTRIBUTIONS = {
  uniform: {
    min: { ...MILLISECONDS, meaning: 'the shortest wait', default: 0 },
    max: { ...MILLISECONDS, meaning: 'the longest wait' },
  },
  exponential: {
    mean: { ...MILLISECONDS, meaning: 'the mean' },
    max: MAX,
  },
  lognormal: {
    median: { ...MILLISECONDS, meaning: 'the median' },
    sigma: { ...numberFrom(0, 5), meaning: 'standard deviation of the logarithm', default: 0.5 },
    max: MAX,
  },
} as const satisfies Record<string, Members>;

type DistributionName = keyof typeof DISTRIBUTIONS;

const NAMES = Object.keys(DISTRIBUTIONS) as readonly DistributionName[];

export type Wait =
  | number
  | {
      [Name in DistributionName]: { readonly distribution: Name } & ValuesOf<
        (typeof DISTRIBUTIONS)[Name]
      >;
    }[DistributionName];

export const WAIT = {
  values: `${MILLISECONDS.values}, or a distribution`,
  read(value: unknown, where: string): Wait {
    if (typeof value === 'number') return MILLISECONDS.read(value, where);
    if (!isObject(value)) throw new UserError(`${where} must be ${WAIT.values}`);
    const { distribution, ...given } = value;
    const name = NAMES.find((known) => known === distribution);
    if (!name) throw new UserError(`${where}.distribution must be one of ${NAMES.join(', ')}`);
    const wait = { distribution: name, ...readAll(DISTRIBUTIONS[name], given, where) } as Wait;
    if (typeof wait === 'object' && wait.distribution === 'uniform' && wait.min > wait.max) {
      throw new UserError(`${where}.min must not be above ${where}.max`);
    }
    return wait;
  },
};

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
