/**
 * Differences of a client package from the definition that are no drift, each with its reason. They are reported as
 * notices. A test fails if the tested version of the package no longer has one of them.
 */

import type { DriftChange } from '../../run/statements/contracts.ts';

export interface Explained {
  readonly client: string;
  readonly operation: string;
  readonly change: DriftChange;
  readonly reason: string;
}

const NOT_YET =
  'botocore has the member since version 1.44.5; version 3.1138.0 of the client is older';

export const EXPLAINED: readonly Explained[] = [
  {
    client: '@aws-sdk/client-connectcampaignsv2',
    operation: 'DescribeCampaign',
    change: { kind: 'member gone', way: 'response', member: 'campaign.lastModifiedTime' },
    reason: NOT_YET,
  },
  {
    client: '@aws-sdk/client-connectcampaignsv2',
    operation: 'ListCampaigns',
    change: {
      kind: 'member gone',
      way: 'response',
      member: 'campaignSummaryList[].lastModifiedTime',
    },
    reason: NOT_YET,
  },
];

export function isExplained(client: string, operation: string, change: DriftChange): boolean {
  return EXPLAINED.some(
    (one) =>
      one.client === client &&
      one.operation === operation &&
      JSON.stringify(one.change) === JSON.stringify(change),
  );
}
