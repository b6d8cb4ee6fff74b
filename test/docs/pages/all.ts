/** Every page that is accounted for. */

import type { Account } from '../rows.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { CONTRACTS } from './contracts.ts';
import { ENDPOINT } from './endpoint.ts';
import { LOAD } from './load.ts';
import { README } from './readme.ts';

export const BY_FILE: Readonly<Record<string, Account>> = {
  readme: README,
  load: LOAD,
  endpoint: ENDPOINT,
  campaigns: CAMPAIGNS,
  contracts: CONTRACTS,
};

export const ACCOUNTS: Account = Object.assign({}, ...Object.values(BY_FILE));
