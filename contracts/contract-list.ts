/** The contracts, by name. */

import { BATCH_PUT_CONTACT } from '../operation/connect/batch-put-contact/operation.ts';
import type { CoverageCell } from '../run/run.ts';
import { BATCH_NOTE, BATCH_PARTIES } from './agreement/batch-put-contact/batch.ts';
import { interactionsFor } from './agreement/batch-put-contact/interactions.ts';
import { TOLERANCES } from './agreement/batch-put-contact/tolerances.ts';
import { campaignInteractions } from './agreement/campaigns/interactions.ts';
import { type CampaignVersion, V1, V2 } from './agreement/campaigns/version.ts';
import {
  CAMPAIGNS_CLIENT,
  CAMPAIGNS_V2_CLIENT,
  CONNECT_CLIENT,
  type SdkClient,
} from './consumer/aws-sdk.ts';
import { CONTRACT_NAMES, type Contract, type ContractName } from './contract.ts';
import { BATCH_ACCOUNTS } from './coverage/batch-accounts.ts';
import { cellsOfBatches } from './coverage/batch-cells.ts';
import { CAMPAIGN_ACCOUNTS } from './coverage/campaign-accounts.ts';
import { cellsOfCampaigns } from './coverage/campaign-cells.ts';
import { driftFromPublished } from './drift/drift.ts';
import { BATCH_SURVIVALS } from './mutation/batch-survivors.ts';
import { campaignSurvivals } from './mutation/campaign-survivors.ts';
import { TWO_BATCHES, twoDialCalls } from './provider/two-calls.ts';

const CONTRACTS: Readonly<Record<ContractName, () => Contract>> = {
  BatchPutContact: () => ({
    name: 'BatchPutContact',
    parties: BATCH_PARTIES,
    sdk: CONNECT_CLIENT,
    note: BATCH_NOTE,
    operations: [BATCH_PUT_CONTACT],
    interactions: interactionsFor(),
    tolerances: TOLERANCES,
    pairs: TWO_BATCHES,
    freeMembers: ['ContactId', 'FailureReasonMessage', 'Message', 'message'],
    cells: cellsOfBatches(),
    accounts: BATCH_ACCOUNTS,
    accountsOfMany: [],
    survivals: BATCH_SURVIVALS,
    drift: driftFromPublished,
    page: 'What the contract of BatchPutContact covers',
  }),
  ConnectCampaigns: () => ofCampaigns(V1, 'ConnectCampaigns', CAMPAIGNS_CLIENT),
  ConnectCampaignsV2: () => ofCampaigns(V2, 'ConnectCampaignsV2', CAMPAIGNS_V2_CLIENT),
};

function ofCampaigns(version: CampaignVersion, name: ContractName, sdk: SdkClient): Contract {
  return {
    name,
    parties: version.parties,
    sdk,
    note: version.note,
    operations: version.operations,
    interactions: campaignInteractions(version),
    tolerances: [],
    pairs: twoDialCalls(version),
    freeMembers: ['id', 'arn', 'nextToken', 'message'],
    cells: cellsOfCampaigns(version),
    accounts: {},
    accountsOfMany: CAMPAIGN_ACCOUNTS[version.number],
    survivals: campaignSurvivals(version),
    page: `What the contract of outbound campaigns, version ${version.number}, covers`,
  };
}

const made = new Map<ContractName, Contract>();

/** A contract is made once. */
export function contractNamed(name: ContractName): Contract {
  const contract = made.get(name) ?? CONTRACTS[name]();
  made.set(name, contract);
  return contract;
}

export function allContracts(): readonly Contract[] {
  return CONTRACT_NAMES.map(contractNamed);
}

/** The page in docs/ on what a contract covers. @param cells the matrix of the contract. */
export function coveragePage({ name, page }: Contract, cells: readonly CoverageCell[]) {
  const options = name === 'BatchPutContact' ? '--markdown' : `--contract ${name} --markdown`;
  return { title: page, options, cells };
}
