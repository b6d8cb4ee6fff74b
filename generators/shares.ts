/** Shares: which part of all that is generated gets each of several names. */

import { UserError } from '../system/errors.ts';

/** Name -> share of all, 0..1. The rest gets no name. */
export type Shares<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** The names that shares may have, and the words for sentences about them. */
export interface ShareNames<Name extends string> {
  /** The option that the shares are given with. */
  readonly option: string;
  /** What a name is: "failure code". */
  readonly noun: string;
  readonly names: readonly Name[];
}

/** Divides `total` equally among the names. */
export function equalShares<Name extends string>(
  names: readonly Name[],
  total: number,
): Shares<Name> {
  const shares: Partial<Record<Name, number>> = {};
  for (const name of names) shares[name] = total / names.length;
  return shares;
}

/**
 * Reads `none`, `every=0.2`, or `NAME=0.05,OTHER=0.01`.
 *
 * @throws UserError for an unknown name, a share outside 0..1, or shares with a sum above 1.
 */
export function readShares<Name extends string>(
  text: string,
  allowed: ShareNames<Name>,
): Shares<Name> {
  const shares: Record<string, number> = {};
  for (const part of text === 'none' ? [] : text.split(',')) {
    const [name = '', share = ''] = part.split('=').map((piece) => piece.trim());
    const value = Number(share);
    if (share === '' || !isShare(value)) {
      throw new UserError(`${allowed.option} "${part}": write NAME=SHARE with a share from 0 to 1`);
    }
    if (name === 'every') Object.assign(shares, equalShares(allowed.names, value));
    else shares[name] = value;
  }
  checkShares(shares, allowed);
  return shares as Shares<Name>;
}

/** @throws UserError for an unknown name, a share outside 0..1, or shares with a sum above 1. */
export function checkShares(
  shares: Shares<string>,
  { option, noun, names }: ShareNames<string>,
): void {
  let total = 0;
  for (const [name, share = 0] of Object.entries(shares)) {
    if (!names.includes(name)) {
      throw new UserError(
        `${option}: unknown ${noun} "${name}"; the ${noun}s are ${names.join(', ')}`,
      );
    }
    if (!isShare(share)) {
      throw new UserError(`${option}: the share of ${name} must be from 0 to 1, not ${share}`);
    }
    total += share;
  }
  if (total > 1 + 1e-9) {
    throw new UserError(
      `${option}: the shares add up to ${total.toFixed(3)}; they may not exceed 1`,
    );
  }
}

/** The name whose part of [0, 1) contains `point`; null if `point` is past the last part. */
export function nameAt<Name extends string>(shares: Shares<Name>, point: number): Name | null {
  let end = 0;
  for (const name in shares) {
    end += shares[name] ?? 0;
    if (point < end) return name;
  }
  return null;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}
