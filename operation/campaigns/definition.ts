/** Makes the definitions of a version of outbound campaigns from its model. */

import type { ItemLists, ModelledOperation } from '../aws/definition/model.ts';
import { type Answered, define, type Operation } from '../aws/definition/operation.ts';
import { assumed } from '../aws/provenance.ts';
import type { Facts } from '../connect/facts.ts';
import { rateOf } from './limits.ts';
import { CAMPAIGNS_FRONT_DOOR } from './refusals.ts';

/** What the model of an operation does not say. */
export interface CampaignOperation {
  readonly lists?: ItemLists;
  /** Of an operation that has no call: what it is refused with. */
  readonly answer?: () => Answered;
}

/** @param serviceId the service's name in its model: the first part of the ids in logs, metrics and rate buckets. */
export function campaignOperations<Name extends string>(
  serviceId: string,
  model: Readonly<Record<Name, ModelledOperation>>,
  operations: Partial<Readonly<Record<Name, CampaignOperation>>>,
): readonly Operation<Facts>[] {
  return (Object.keys(model) as Name[]).map((name) =>
    define<Facts, unknown>()({
      ...model[name],
      ...operations[name],
      id: `${serviceId}.${name}`,
      callers: 'the account',
      callersProvenance: assumed(
        'an IAM identity with connect-campaigns:*; policies are not emulated',
      ),
      refusals: CAMPAIGNS_FRONT_DOOR,
      quota: rateOf(name),
    }),
  );
}

/** The lists of an operation that accepts dial requests. */
export const DIAL_LISTS = {
  id: 'clientToken',
  succeeded: 'successfulRequests',
  failed: 'failedRequests',
  code: 'failureCode',
} as const;
