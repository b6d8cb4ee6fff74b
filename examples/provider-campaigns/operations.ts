/** The operations of both versions, from AWS's API references: their paths, and the forms of their requests. */

import {
  anything,
  type Form,
  flag,
  integer,
  list,
  map,
  moment,
  number,
  oneOf,
  structure,
  text,
  union,
} from './form.ts';

export type Version = 1 | 2;

export interface Operation {
  readonly name: string;
  readonly method: string;
  /** Its only group is the id of the campaign, encoded. */
  readonly path: RegExp;
  readonly body: Form;
}

const IDS = {
  1: { campaign: text(0, 256, /^\S*$/), instance: text(0, 256, /^[a-zA-Z0-9_\-.]*$/) },
  2: { campaign: text(1, 256, /^[-:/a-zA-Z0-9]+$/), instance: text(1, 256, /^[-_.a-zA-Z0-9]+$/) },
} as const;

const token = text(0, 200, /^[a-zA-Z0-9_\-.]*$/);
const phoneNumber = text(0, 20, /^[\d\-+]*$/);
const sourceNumber = text(0, 100);
const attributes = map(text(0, 32_767, /^[a-zA-Z0-9\-_]+$/), text(0, 32_767));
const tags = map(text(1, 128, /^(?!aws:)[a-zA-Z+-=._:/]+$/), text(0, 256));
const ringTimeout = integer(15, 60);
const detection = structure(
  { enableAnswerMachineDetection: flag },
  { awaitAnswerMachinePrompt: flag },
);
const caller = {
  connectSourcePhoneNumber: sourceNumber,
  answerMachineDetectionConfig: detection,
};

const bandwidth = { bandwidthAllocation: number(0, 1) };
const share = number(0.01, 1);
const pacing = structure(bandwidth, { dialingCapacity: share });

const campaignV1 = structure(
  {
    name: text(1, 127),
    connectInstanceId: IDS[1].instance,
    dialerConfig: union({
      progressiveDialerConfig: pacing,
      predictiveDialerConfig: pacing,
      agentlessDialerConfig: structure({}, { dialingCapacity: share }),
    }),
    outboundCallConfig: structure(
      { connectContactFlowId: text(0, 500) },
      { ...caller, connectQueueId: text(0, 500) },
    ),
  },
  { tags },
);

const campaignV2 = structure(
  { name: text(1, 127), connectInstanceId: IDS[2].instance },
  {
    channelSubtypeConfig: structure(
      {},
      {
        telephony: structure(
          {
            outboundMode: union({
              progressive: structure(bandwidth),
              predictive: structure(bandwidth),
              agentless: structure({}),
              preview: structure({ ...bandwidth, timeoutConfig: anything }),
            }),
            defaultOutboundConfig: structure(
              { connectContactFlowId: text(0, 500) },
              { ...caller, ringTimeout },
            ),
          },
          { capacity: share, connectQueueId: text(0, 500) },
        ),
      },
    ),
    type: oneOf('MANAGED', 'JOURNEY'),
    source: anything,
    connectCampaignFlowArn: text(20, 500, /^arn:/),
    schedule: structure({ startTime: moment, endTime: moment }),
    tags,
  },
);

const dialRequestV1 = structure({
  clientToken: token,
  phoneNumber,
  expirationTime: moment,
  attributes,
});

/** This provider has no campaigns of other channels than telephony. */
const outboundRequestV2 = structure({
  clientToken: token,
  expirationTime: moment,
  channelSubtypeParameters: structure({
    telephony: structure(
      { destinationPhoneNumber: phoneNumber, attributes },
      { ...caller, ringTimeout },
    ),
  }),
});

export function campaignId(version: Version): Form {
  return IDS[version].campaign;
}

export const OPERATIONS: Readonly<Record<Version, readonly Operation[]>> = {
  1: operationsOf('', 1, campaignV1, {
    name: 'PutDialRequestBatch',
    method: 'PUT',
    path: /^\/campaigns\/([^/]+)\/dial-requests$/,
    body: structure({ dialRequests: list(1, 25, dialRequestV1) }),
  }),
  2: operationsOf('/v2', 2, campaignV2, {
    name: 'PutOutboundRequestBatch',
    method: 'PUT',
    path: /^\/v2\/campaigns\/([^/]+)\/outbound-requests$/,
    body: structure({ outboundRequests: list(1, 25, outboundRequestV2) }),
  }),
};

function operationsOf(
  prefix: string,
  version: Version,
  campaign: Form,
  put: Operation,
): readonly Operation[] {
  const at = (path: string): RegExp => new RegExp(`^${prefix}${path.replace('{id}', '([^/]+)')}$`);
  const { campaign: id, instance } = IDS[version];
  const filters = structure(
    {},
    { instanceIdFilter: structure({ value: instance, operator: oneOf('Eq') }) },
  );
  return [
    put,
    { name: 'CreateCampaign', method: 'PUT', path: at('/campaigns'), body: campaign },
    {
      name: 'ListCampaigns',
      method: 'POST',
      path: at('/campaigns-summary'),
      body: structure({}, { maxResults: integer(1, 50), nextToken: text(0, 1000), filters }),
    },
    {
      name: 'GetCampaignStateBatch',
      method: 'POST',
      path: at('/campaigns-state'),
      body: structure({ campaignIds: list(1, 25, id) }),
    },
    ...(
      [
        ['DescribeCampaign', 'GET', '/campaigns/{id}'],
        ['GetCampaignState', 'GET', '/campaigns/{id}/state'],
        ['StartCampaign', 'POST', '/campaigns/{id}/start'],
        ['PauseCampaign', 'POST', '/campaigns/{id}/pause'],
        ['ResumeCampaign', 'POST', '/campaigns/{id}/resume'],
        ['StopCampaign', 'POST', '/campaigns/{id}/stop'],
        ['DeleteCampaign', 'DELETE', '/campaigns/{id}'],
      ] as const
    ).map(([name, method, path]) => ({ name, method, path: at(path), body: anything })),
  ];
}
