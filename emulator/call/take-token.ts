/** An operation's rate bucket: which it is, and a token from it. */

import type { Facts } from '../../operation/connect/facts.ts';
import type { OperationName } from '../../operation/operations.ts';
import type { Service } from './service.ts';

/** One bucket per operation, account and Region. */
export function bucketKey({ account, region }: Facts, operation: OperationName): string {
  return `${account}|${region}|${operation}`;
}

/** @returns the tokens there were before: below 1 means that none was taken. */
export async function takeToken(
  { buckets, meters }: Service,
  operation: OperationName,
  facts: Facts,
  now: number,
): Promise<number> {
  const key = bucketKey(facts, operation);
  const tokens = await buckets.take(key, facts.choices.bucketRefill, now);
  meters.bucketTokens[operation] = tokens;
  return tokens;
}
