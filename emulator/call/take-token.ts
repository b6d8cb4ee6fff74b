/** Takes a token from the rate bucket of an operation. */

import type { FrontDoorFacts } from '../../operation/aws/definition/facts.ts';
import type { OperationModel } from '../../operation/aws/definition/model.ts';
import type { Service } from './service.ts';

/** One bucket per operation, account and Region. */
export function bucketKey({ account, region }: FrontDoorFacts, { id }: OperationModel): string {
  return `${account}|${region}|${id}`;
}

/** @returns the number of tokens before the call. Below 1, no token was taken. */
export async function takeToken(
  { buckets, meters, publishedQuotas }: Service,
  operation: OperationModel,
  facts: FrontDoorFacts,
  now: number,
): Promise<number> {
  const key = bucketKey(facts, operation);
  const { quota } = operation;
  const own = quota && (publishedQuotas ? quota : null);
  const tokens = await buckets.take(key, facts.choices.bucketRefill, now, own);
  meters.bucketTokens[operation.id] = tokens;
  return tokens;
}
