/** The survivals of the contracts of outbound campaigns. */

import type { CampaignVersion } from '../agreement/campaigns/version.ts';
import { LENIENT, NO_ORDER, ORDINARY_SURVIVALS, type Survival } from './survivors.ts';

const FRESH = 'an id is new, so the contract pins only its form';
const NO_MAP =
  'Pact cannot tell a map from a structure, which may gain members; another test asserts the whole map';
const NO_MAP_TEST = 'test/emulator/campaigns/sdk.test.ts › a campaign from its creation to its end';

/** The places of structures in answers, which differ between the versions. */
const STRUCTURES: Readonly<Record<CampaignVersion['number'], readonly string[]>> = {
  1: [
    '.dialerConfig',
    '.dialerConfig.progressiveDialerConfig',
    '.dialerConfig.predictiveDialerConfig',
    '.dialerConfig.agentlessDialerConfig',
    '.outboundCallConfig',
    '.outboundCallConfig.answerMachineDetectionConfig',
  ],
  2: [
    '.channelSubtypeConfig',
    '.channelSubtypeConfig.telephony',
    '.channelSubtypeConfig.telephony.outboundMode',
    '.channelSubtypeConfig.telephony.outboundMode.progressive',
    '.channelSubtypeConfig.telephony.outboundMode.predictive',
    '.channelSubtypeConfig.telephony.outboundMode.agentless',
    '.channelSubtypeConfig.telephony.outboundMode.preview',
    '.channelSubtypeConfig.telephony.outboundMode.preview.timeoutConfig',
    '.channelSubtypeConfig.telephony.defaultOutboundConfig',
    '.channelSubtypeConfig.telephony.defaultOutboundConfig.answerMachineDetectionConfig',
  ],
};

/** Summaries of version 2 have lists in them, so its interactions list one campaign. */
const UNORDERED: Readonly<Record<CampaignVersion['number'], readonly string[]>> = {
  1: ['$.campaignSummaryList'],
  2: [],
};

/** The stage also fails for a row that no mutant needs, and for a mutant that survives in a `killedIn` interaction. */
export function campaignSurvivals({ number }: CampaignVersion): readonly Survival[] {
  const row = (where: string, how: string, reason: string, killedIn?: string): Survival => ({
    side: 'provider',
    where,
    how,
    reason,
    ...(killedIn !== undefined && { killedIn: [killedIn] }),
  });
  const ids = ['another UUID', 'no UUID'];
  const again = 'a dial request sent again';
  return [
    ...ORDINARY_SURVIVALS,
    ...['$.successfulRequests[*]', '$.failedRequests[*]', '$.campaignSummaryList[*]'].map((where) =>
      row(where, 'member more', LENIENT),
    ),
    ...['', ...STRUCTURES[number]].map((where) =>
      row(`$.campaign${where}`, 'member more', LENIENT),
    ),
    ...['$.tags', '$.campaign.tags'].map((where) => ({
      ...row(where, 'member more', NO_MAP),
      test: NO_MAP_TEST,
    })),
    ...['$.successfulRequests', '$.failedRequests', ...UNORDERED[number]].map((where) =>
      row(where, 'reordered', NO_ORDER),
    ),
    ...ids.flatMap((how) => [
      row('$.id', how, FRESH, 'CreateCampaign sent again'),
      row('$.nextToken', how, 'the text of a nextToken is the provider’s own'),
      row('$.successfulRequests[*].id', how, FRESH, again),
    ]),
    row('$.arn', 'another text', FRESH, 'CreateCampaign sent again'),
    row('$.successfulRequests', 'identifiers exchanged', FRESH, again),
  ];
}
