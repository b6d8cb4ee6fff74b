/** One ordinary contact and call, with nothing random in them. */

import type { Arrival, KnownAt } from '../../operation/aws/definition/known.ts';
import {
  type Provoked,
  type Refusal,
  refusalAt,
  STAGES,
  type Stage,
} from '../../operation/aws/definition/refusals.ts';
import { pathOf } from '../../operation/connect/address.ts';
import { BATCH_PUT_CONTACT } from '../../operation/connect/batch-put-contact/operation.ts';
import type { ContactDataRequest } from '../../operation/connect/batch-put-contact/shapes.ts';
import { type Facts, ORDINARY_INSTANCE } from '../../operation/connect/facts.ts';
import type { AnyOperation } from '../../operation/operations.ts';

export function goodContact(requestIdentifier: string): ContactDataRequest {
  return {
    SystemEndpoint: { Type: 'TELEPHONE_NUMBER', Address: ORDINARY_INSTANCE.numbers[0] },
    CustomerEndpoint: { Type: 'TELEPHONE_NUMBER', Address: '+12025550123' },
    RequestIdentifier: requestIdentifier,
    QueueId: ORDINARY_INSTANCE.queues[0].id,
    Attributes: { firstName: 'Ada', language: 'en-US' },
    Campaign: { CampaignId: 'spring-renewals' },
  };
}

export const GOOD_ARRIVAL: Arrival = {
  method: 'PUT',
  path: pathOf(ORDINARY_INSTANCE.id),
  query: '',
  bodyBytes: 700,
  operation: BATCH_PUT_CONTACT,
  labels: { InstanceId: ORDINARY_INSTANCE.id },
  signature: {
    ok: true,
    principalArn: 'arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForConnectCampaigns_x/s',
    servicePrincipal: true,
  },
  bucketTokens: 15,
  body: {
    ok: true,
    request: { InstanceId: ORDINARY_INSTANCE.id, ContactDataRequestList: [goodContact('a')] },
  },
  token: 'new',
};

/**
 * The first refusal of an operation's table over all stages; null admits the call. A stage is asked as the front
 * door asks it: with what is known there, and no more.
 */
export function admit(
  { refusalsAt }: Pick<AnyOperation, 'refusalsAt'>,
  arrival: Arrival,
  facts: Facts,
): Refusal | null {
  for (const stage of STAGES) {
    const found = refusalAt(refusalsAt, stage, knownAt(stage, arrival), facts);
    if (found) return found;
  }
  return null;
}

const LEARNT: Readonly<Record<Stage, readonly (keyof Arrival)[]>> = {
  route: ['method', 'path', 'query', 'bodyBytes', 'operation', 'labels'],
  size: [],
  signature: ['signature'],
  caller: [],
  rate: ['bucketTokens'],
  body: ['body'],
  resource: [],
  service: [],
  token: ['token'],
};

function knownAt<S extends Stage>(stage: S, arrival: Arrival): KnownAt[S] {
  const known = STAGES.slice(0, STAGES.indexOf(stage) + 1).flatMap((at) => LEARNT[at]);
  return Object.fromEntries(known.map((name) => [name, arrival[name]])) as unknown as KnownAt[S];
}

export function provoked(
  arrival: Arrival,
  facts: Facts,
  change: Provoked<Facts>,
): { readonly arrival: Arrival; readonly facts: Facts } {
  const { choices, ...others } = change.facts ?? {};
  return {
    arrival: { ...arrival, ...change.arrival },
    facts: { ...facts, ...others, choices: { ...facts.choices, ...choices } },
  };
}
