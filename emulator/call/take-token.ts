/** An operation's rate bucket: which it is, and a token from it. */

import type { FrontDoorFacts } from '../../operation/aws/definition/facts.ts';
import type { OperationModel } from '../../operation/aws/definition/model.ts';
import type { Service } from './service.ts';

/** One bucket per operation, account and Region. */
export function bucketKey({ account, region }: FrontDoorFacts, { id }: OperationModel): string {
  return `${account}|${region}|${id}`;
}

/** @returns the tokens there were before: below 1 means that none was taken. */
export async function takeToken(
  { buckets, meters }: Service,
  operation: OperationModel,
  facts: FrontDoorFacts,
  now: number,
): Promise<number> {
  const key = bucketKey(facts, operation);
  const tokens = await buckets.take(key, facts.choices.bucketRefill, now);
  meters.bucketTokens[operation.id] = tokens;
  return tokens;
}
