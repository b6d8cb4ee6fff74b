/** Interactions of CreateCampaign, DescribeCampaign and ListCampaigns. */

import { assumed, inferred } from '../../../operation/aws/provenance.ts';
import { campaignArn } from '../../../operation/campaigns/arn.ts';
import { ORDINARY_INSTANCE, ordinaryFacts } from '../../../operation/connect/facts.ts';
import { type Expected, Formed, someId, Unordered } from '../expected.ts';
import type { Interaction } from '../interaction.ts';
import type { Given } from '../states.ts';
import { campaignIn, interaction, type Part, refusedBy, shapeOf } from './claims.ts';
import {
  CAMPAIGN_ID,
  CAMPAIGN_NAME,
  campaignMembers,
  fullCampaigns,
  NO_CAMPAIGN_ID,
  NO_INSTANCE_ID,
  OTHER_CAMPAIGN_ID,
  SCHEDULED,
} from './examples.ts';
import { type CampaignVersion, operationOf } from './version.ts';

export function campaignsInteractions(version: CampaignVersion): Interaction[] {
  return [
    ...created(version),
    ...refusedCreations(version),
    ...described(version),
    ...listed(version),
  ];
}

const { account, region } = ordinaryFacts();

const SOME_ARN = new Formed('campaign ARN', campaignArn(CAMPAIGN_ID, { account, region }));
const arnOf = (id: string): Formed =>
  new Formed('ARN of this campaign', campaignArn(id, { account, region }));
const ANOTHER_NAME = 'Reminders';

const named = (members: object, name = CAMPAIGN_NAME): object => ({
  name,
  connectInstanceId: ORDINARY_INSTANCE.id,
  ...members,
});

function tagsOf(members: object): Record<string, Expected> {
  return 'tags' in members ? { tags: members.tags as Expected } : {};
}

function creation(
  version: CampaignVersion,
  part: Pick<Part, 'description' | 'request'> & Partial<Part>,
): Interaction {
  return interaction({
    operation: operationOf(version, 'CreateCampaign'),
    answer: {
      kind: 'result',
      body: { id: someId(CAMPAIGN_ID), arn: SOME_ARN, ...tagsOf(part.request) },
    },
    provenance: [shapeOf(version)],
    ...part,
  });
}

/** A campaign calls from a number of its own, or from that of its queue. */
function created(version: CampaignVersion): Interaction[] {
  return [
    creation(version, {
      description: 'CreateCampaign without any optional member',
      request: named(campaignMembers(version.number)),
    }),
    ...fullCampaigns(version.number).map((members, i) =>
      creation(version, {
        description: `CreateCampaign with every member, dialer ${i + 1}`,
        request: named(members),
      }),
    ),
    ...(version.number === 2
      ? [
          creation(version, {
            description: 'CreateCampaign with a source and a schedule',
            request: named({ ...campaignMembers(version.number), ...SCHEDULED }),
          }),
        ]
      : []),
    creation(version, {
      description: 'CreateCampaign sent again: the same id',
      given: [campaignIn(version, 'Initialized')],
      request: named(campaignMembers(version.number)),
      answer: {
        kind: 'result',
        body: { id: CAMPAIGN_ID, arn: arnOf(CAMPAIGN_ID) },
      },
      provenance: [
        shapeOf(version),
        {
          what: 'the same definition gets the same campaign',
          ...inferred('the operation is idempotent and has no token'),
        },
      ],
    }),
  ];
}

function refusedCreations(version: CampaignVersion): Interaction[] {
  const operation = operationOf(version, 'CreateCampaign');
  const members = campaignMembers(version.number);
  const [other = members] = fullCampaigns(version.number);
  return [
    refusedBy('nameInUse', {
      description: 'CreateCampaign with the name of a campaign that has other members',
      operation,
      given: [campaignIn(version, 'Initialized')],
      request: named(other),
    }),
    refusedBy('unknownInstance', {
      description: 'CreateCampaign for an instance that does not exist',
      operation,
      request: { ...named(members), connectInstanceId: NO_INSTANCE_ID },
    }),
    refusedBy('tooManyCampaigns', {
      description: 'CreateCampaign beyond the quota of an instance',
      operation,
      given: [
        {
          name: 'the instance has as many campaigns as its quota allows',
          params: { version: version.number, instanceId: ORDINARY_INSTANCE.id },
        },
      ],
      request: named(members),
    }),
  ];
}

function described(version: CampaignVersion): Interaction[] {
  const operation = operationOf(version, 'DescribeCampaign');
  const one = (description: string, members: object) =>
    interaction({
      description,
      operation,
      given: [campaignIn(version, 'Initialized', { members })],
      request: { id: CAMPAIGN_ID },
      answer: {
        kind: 'result',
        body: {
          campaign: { ...identity(CAMPAIGN_ID, CAMPAIGN_NAME), ...members },
        },
      },
      provenance: [shapeOf(version)],
    });
  return [
    one(
      'DescribeCampaign of a campaign without any optional member',
      campaignMembers(version.number),
    ),
    ...fullCampaigns(version.number).map((members, i) =>
      one(`DescribeCampaign of a campaign with every member, dialer ${i + 1}`, members),
    ),
    refusedBy('unknownCampaign', {
      description: 'DescribeCampaign of a campaign that does not exist',
      operation,
      request: { id: NO_CAMPAIGN_ID },
    }),
  ];
}

function identity(id: string, name: string): Record<string, Expected> {
  return { id, arn: arnOf(id), name, connectInstanceId: ORDINARY_INSTANCE.id };
}

function listed(version: CampaignVersion): Interaction[] {
  const operation = operationOf(version, 'ListCampaigns');
  const two: Given[] = [
    campaignIn(version, 'Initialized'),
    campaignIn(version, 'Initialized', { id: OTHER_CAMPAIGN_ID, name: ANOTHER_NAME }),
  ];
  const summary = (id: string, name: string): Expected => ({
    ...identity(id, name),
    ...(version.number === 2 && { channelSubtypes: ['TELEPHONY'] }),
  });
  const first = summary(CAMPAIGN_ID, CAMPAIGN_NAME);
  // The summaries of version 2 have lists in them, which Pact does not match in lists of any order.
  const given = version.number === 1 ? two : two.slice(0, 1);
  const all = new Unordered(
    [first, summary(OTHER_CAMPAIGN_ID, ANOTHER_NAME)].slice(0, given.length),
  );
  const list = (description: string, request: object, body: Record<string, Expected>) =>
    interaction({
      description,
      operation,
      given,
      request,
      answer: { kind: 'result', body },
      provenance: [shapeOf(version)],
    });
  const filter = (value: string) => ({ filters: { instanceIdFilter: { value, operator: 'Eq' } } });
  return [
    list(
      'ListCampaigns without a filter',
      {},
      {
        campaignSummaryList: all,
      },
    ),
    list(
      'ListCampaigns of an instance',
      { ...filter(ORDINARY_INSTANCE.id), maxResults: 50 },
      {
        campaignSummaryList: all,
      },
    ),
    list('ListCampaigns of an instance that has none', filter(NO_INSTANCE_ID), {
      campaignSummaryList: [],
    }),
    interaction({
      description: 'ListCampaigns, a page of one campaign',
      operation,
      given: two,
      request: { maxResults: 1 },
      answer: {
        kind: 'result',
        body: { campaignSummaryList: [first], nextToken: new Formed('text', CAMPAIGN_ID) },
      },
      provenance: [
        shapeOf(version),
        {
          what: 'campaigns are listed in the order of their creation',
          ...assumed('no order is published'),
        },
      ],
    }),
    refusedBy('unknownPage', {
      description: 'ListCampaigns with a nextToken that no answer gave',
      operation,
      request: { nextToken: 'no-such-page' },
    }),
  ];
}
