/** What an endpoint must have so that the laws can be asked of it. */

import { type AccessKey, ORDINARY_KEYS } from '../../../emulator/identity/keys.ts';
import {
  type Instance,
  ORDINARY_INSTANCE,
  ordinaryFacts,
} from '../../../operation/connect/facts.ts';

/** A second instance of the account, with nothing in common with the ordinary one. */
export const OTHER_INSTANCE: Instance = {
  id: '9a4d3c2b-6e5f-4071-8b8c-2d3e4f5a6b7c',
  queues: [{ id: '5fb29ea4-7051-4c23-86f8-90a1b2c3d4e5', name: 'Elsewhere', enabled: true }],
  numbers: ['+12065550150'],
  campaigns: null,
};

/** A caller with a session who is not outbound campaigns. */
export const OUTSIDER_SESSION: AccessKey = {
  accessKeyId: 'ASIAOUTSIDERSEXAMPLE',
  secretAccessKey: 'made-up/secret/of/an+ordinary+session/EXAMPLEKEY',
  sessionToken: 'MadeUpSessionTokenOfAnOutsiderEXAMPLE==',
  principalArn: 'arn:aws:sts::123456789012:assumed-role/Agents/outsider',
  servicePrincipal: false,
};

export const WORLD = {
  facts: ordinaryFacts({ instances: [ORDINARY_INSTANCE, OTHER_INSTANCE] }),
  keys: [...ORDINARY_KEYS, OUTSIDER_SESSION],
};
