/** What differs between the contracts of the two versions of outbound campaigns. */

import type { Provenance } from '../../../operation/aws/provenance.ts';
import type { DialFailureCode, DialItem } from '../../../operation/campaigns/failures.ts';
import { CAMPAIGN_STATES, type Standing } from '../../../operation/campaigns/life-cycle.ts';
import { PROVENANCE as MODEL_V1 } from '../../../operation/connect-campaigns/model/shapes.ts';
import { CONNECT_CAMPAIGNS } from '../../../operation/connect-campaigns/operations.ts';
import { PROVENANCE as MODEL_V2 } from '../../../operation/connect-campaigns-v2/model/shapes.ts';
import { CONNECT_CAMPAIGNS_V2 } from '../../../operation/connect-campaigns-v2/operations.ts';
import type { AnyOperation } from '../../../operation/operations.ts';
import { type Parties, PROVIDER } from '../interaction.ts';

export interface CampaignVersion {
  readonly number: 1 | 2;
  readonly parties: Parties;
  readonly note: string;
  readonly model: Provenance;
  readonly operations: readonly AnyOperation[];
  /** The operation that takes dial requests, and the member of its request that lists them. */
  readonly put: AnyOperation;
  readonly items: string;
  /** The states of a campaign, and `starting`. */
  readonly standings: readonly Standing[];
  /** The code of a dial request for which a campaign has no room. */
  readonly fullCode: DialFailureCode;
  /** A dial request in the form of the version. */
  readonly itemOf: (item: DialItem) => object;
}

const PINNED = [
  'CreateCampaign',
  'DescribeCampaign',
  'ListCampaigns',
  'GetCampaignState',
  'GetCampaignStateBatch',
  'StartCampaign',
  'PauseCampaign',
  'ResumeCampaign',
  'StopCampaign',
  'DeleteCampaign',
] as const;

export type PinnedName = (typeof PINNED)[number];

const note = (name: string): string =>
  `This pins what dialproof defines for ${name}, from the sources under "provenance". It is not an observed answer of AWS.`;

const STANDINGS: readonly Standing[] = [...CAMPAIGN_STATES, 'starting'];

/**
 * Each version has a pact of its own: they are two services with two clients, and whoever uses or provides one need
 * not verify the other.
 */
export const V1: CampaignVersion = {
  number: 1,
  parties: { consumer: 'campaign-feeder', provider: PROVIDER },
  note: note('connect-campaigns'),
  model: MODEL_V1,
  operations: pinned(CONNECT_CAMPAIGNS, 'PutDialRequestBatch'),
  put: named(CONNECT_CAMPAIGNS, 'PutDialRequestBatch'),
  items: 'dialRequests',
  standings: STANDINGS.filter((standing) => standing !== 'Completed'),
  fullCode: 'RequestThrottled',
  itemOf: (item) => item,
};

export const V2: CampaignVersion = {
  number: 2,
  parties: { consumer: 'campaign-v2-feeder', provider: PROVIDER },
  note: note('connect-campaigns, version 2'),
  model: MODEL_V2,
  operations: pinned(CONNECT_CAMPAIGNS_V2, 'PutOutboundRequestBatch'),
  put: named(CONNECT_CAMPAIGNS_V2, 'PutOutboundRequestBatch'),
  items: 'outboundRequests',
  standings: STANDINGS,
  fullCode: 'BufferLimitExceeded',
  itemOf: ({ clientToken, phoneNumber, expirationTime, attributes }) => ({
    clientToken,
    expirationTime,
    channelSubtypeParameters: { telephony: { destinationPhoneNumber: phoneNumber, attributes } },
  }),
};

function pinned(operations: readonly AnyOperation[], put: string): readonly AnyOperation[] {
  return [put, ...PINNED].map((name) => named(operations, name));
}

function named(operations: readonly AnyOperation[], name: string): AnyOperation {
  const found = operations.find((operation) => operation.name === name);
  if (!found) throw new Error(`there is no operation ${name}`);
  return found;
}

/** An operation of the version that is not the one of its dial requests. */
export function operationOf({ operations }: CampaignVersion, name: PinnedName): AnyOperation {
  return named(operations, name);
}
