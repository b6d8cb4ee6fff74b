/** Interactions of the calls that move a campaign from state to state, and of those that ask for its state. */

import { assumed } from '../../../operation/aws/provenance.ts';
import { campaignArn } from '../../../operation/campaigns/arn.ts';
import {
  LIFE_CYCLE_PROVENANCE,
  type LifeCycleCall,
  type Standing,
  transitionOf,
} from '../../../operation/campaigns/life-cycle.ts';
import { ordinaryFacts } from '../../../operation/connect/facts.ts';
import { Unordered } from '../expected.ts';
import { type Claim, type Interaction, REFUSED, refusedWith } from '../interaction.ts';
import type { Given } from '../states.ts';
import { CLAIMS, campaignIn, interaction, refusedBy, shapeOf } from './claims.ts';
import { CAMPAIGN_ID, NO_CAMPAIGN_ID } from './examples.ts';
import { type CampaignVersion, operationOf } from './version.ts';

/** Campaigns of a call of GetCampaignStateBatch. */
const MOST = 25;

const CALLS = [
  'StartCampaign',
  'PauseCampaign',
  'ResumeCampaign',
  'StopCampaign',
  'DeleteCampaign',
] as const satisfies readonly LifeCycleCall[];

export function lifeCycleInteractions(version: CampaignVersion): Interaction[] {
  return [
    ...CALLS.flatMap((call) => [
      ...version.standings.map((standing) => moved(version, call, standing)),
      unknown(version, call),
    ]),
    ...version.standings.map((standing) => stateOf(version, standing)),
    byArn(version),
    unknown(version, 'GetCampaignState'),
    stateBatch(version),
    ...[1, MOST].map((n) => statesOfNone(version, n)),
  ];
}

/** What GetCampaignState answers. */
function shown(standing: Standing): string {
  return standing === 'starting' ? 'Initialized' : standing;
}

function moved(version: CampaignVersion, call: LifeCycleCall, standing: Standing): Interaction {
  const operation = operationOf(version, call);
  const part = {
    description: `${call} of a campaign that is ${standing}`,
    operation,
    given: [campaignIn(version, standing)],
    request: { id: CAMPAIGN_ID },
  };
  const transition = transitionOf(standing, call, 'InvalidCampaignStateException');
  if ('to' in transition) {
    return interaction({
      ...part,
      answer: { kind: 'result', body: null },
      provenance: [shapeOf(version), { what: 'the move', ...LIFE_CYCLE_PROVENANCE.moves }],
    });
  }
  const { error } = transition;
  const state = error === 'InvalidCampaignStateException' ? { state: shown(standing) } : undefined;
  return interaction({
    ...part,
    pins: error,
    answer: refusedWith(operation, error, state),
    provenance: refusedMove(call, standing),
  });
}

function refusedMove(call: LifeCycleCall, standing: Standing): Claim[] {
  const { stopOfCompleted, deleteOfRunning, wrongState } = LIFE_CYCLE_PROVENANCE;
  const what = 'the move is refused with this error';
  if (call === 'DeleteCampaign') {
    return [
      { what: `${REFUSED}: the campaign was not stopped`, ...deleteOfRunning },
      { what, ...assumed('DeleteCampaign models no 409, and ValidationException fits') },
    ];
  }
  if (call === 'StopCampaign' && standing === 'Completed') return [{ what, ...stopOfCompleted }];
  return [{ what, ...wrongState }];
}

function unknown(version: CampaignVersion, call: LifeCycleCall | 'GetCampaignState'): Interaction {
  return refusedBy('unknownCampaign', {
    description: `${call} of a campaign that does not exist`,
    operation: operationOf(version, call),
    request: { id: NO_CAMPAIGN_ID },
  });
}

function stateOf(version: CampaignVersion, standing: Standing): Interaction {
  return interaction({
    description: `GetCampaignState of a campaign that is ${standing}`,
    operation: operationOf(version, 'GetCampaignState'),
    given: [campaignIn(version, standing)],
    request: { id: CAMPAIGN_ID },
    answer: { kind: 'result', body: { state: shown(standing) } },
    provenance: [
      shapeOf(version),
      standing === 'starting'
        ? { what: 'a campaign that is starting is Initialized', ...LIFE_CYCLE_PROVENANCE.start }
        : { what: 'the states', ...LIFE_CYCLE_PROVENANCE.states },
    ],
  });
}

function byArn(version: CampaignVersion): Interaction {
  const { account, region } = ordinaryFacts();
  return interaction({
    description: 'GetCampaignState of a campaign that is named by its ARN',
    operation: operationOf(version, 'GetCampaignState'),
    given: [campaignIn(version, 'Running')],
    request: { id: campaignArn(CAMPAIGN_ID, { account, region }) },
    answer: { kind: 'result', body: { state: 'Running' } },
    provenance: [shapeOf(version), CLAIMS.arn],
  });
}

function stateBatch(version: CampaignVersion): Interaction {
  const states = version.standings.map((standing, i) => ({ standing, id: nthId(i + 1) }));
  const given: Given[] = states.map(({ standing, id }) =>
    campaignIn(version, standing, { id, name: `campaign ${standing}` }),
  );
  return interaction({
    description:
      'GetCampaignStateBatch of campaigns in every state, and of one that does not exist',
    operation: operationOf(version, 'GetCampaignStateBatch'),
    given,
    request: { campaignIds: [...states.map(({ id }) => id), NO_CAMPAIGN_ID] },
    answer: {
      kind: 'result',
      body: {
        successfulRequests: new Unordered(
          states.map(({ standing, id }) => ({ campaignId: id, state: shown(standing) })),
        ),
        failedRequests: [{ campaignId: NO_CAMPAIGN_ID, failureCode: 'ResourceNotFound' }],
      },
    },
    provenance: [shapeOf(version), CLAIMS.partial],
  });
}

/** Asks for as few states as a call can, and for as many. */
function statesOfNone(version: CampaignVersion, n: number): Interaction {
  const ids = Array.from({ length: n }, (_, i) => nthId(i + 1));
  return interaction({
    description: `GetCampaignStateBatch of ${n} campaigns that do not exist`,
    operation: operationOf(version, 'GetCampaignStateBatch'),
    request: { campaignIds: ids },
    answer: {
      kind: 'result',
      body: {
        failedRequests: new Unordered(
          ids.map((campaignId) => ({ campaignId, failureCode: 'ResourceNotFound' })),
        ),
      },
    },
    provenance: [shapeOf(version), CLAIMS.partial],
  });
}

function nthId(n: number): string {
  return `${CAMPAIGN_ID.slice(0, -2)}${String(n).padStart(2, '0')}`;
}
