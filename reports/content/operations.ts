/** The operations that a run is about. */

import { OPERATION } from '../../operation/connect/address.ts';
import { CONNECT_CAMPAIGNS } from '../../operation/connect-campaigns/operations.ts';
import { CONNECT_CAMPAIGNS_V2 } from '../../operation/connect-campaigns-v2/operations.ts';
import type { Run } from '../../run/run.ts';

const OF_CONTRACT: Readonly<Record<string, readonly string[]>> = {
  BatchPutContact: [OPERATION.name],
  ConnectCampaigns: CONNECT_CAMPAIGNS.map(({ name }) => name),
  ConnectCampaignsV2: CONNECT_CAMPAIGNS_V2.map(({ name }) => name),
};

/** Names of the operations that a contract pins; empty where that is not known. */
export function contractOperations(contract: string): readonly string[] {
  return Object.hasOwn(OF_CONTRACT, contract) ? (OF_CONTRACT[contract] ?? []) : [];
}

/** The operations that took contacts or dial requests in this run, `BatchPutContact` first. */
export function takingOperations({ campaigns }: Pick<Run, 'campaigns'>): readonly string[] {
  return [
    ...new Set([OPERATION.name, ...(campaigns?.campaigns ?? []).map(({ operation }) => operation)]),
  ];
}
