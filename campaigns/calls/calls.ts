/** The call of each operation. An operation without a call does not compile, unless its definition refuses it. */

import type { Requests as RequestsV1 } from '../../operation/connect-campaigns/model/operations.ts';
import type { Requests as RequestsV2 } from '../../operation/connect-campaigns-v2/model/operations.ts';
import type { WithoutCall } from '../../operation/connect-campaigns-v2/operations.ts';
import {
  createCampaign,
  deleteSetting,
  describeCampaign,
  listCampaigns,
  updateName,
  updateOutboundCallConfig,
  updateSetting,
} from './campaign.ts';
import {
  deleteInstanceConfig,
  deleteOnboarding,
  getCommunicationLimits,
  getInstanceConfig,
  getOnboarding,
  putCommunicationLimits,
  startOnboarding,
} from './instance.ts';
import { getCampaignState, getCampaignStateBatch, lifeCycleCall } from './life-cycle.ts';
import type { Api, Call } from './occasion.ts';
import { putDialRequestBatch, putOutboundRequestBatch } from './put-requests.ts';
import { listTags, tagResource, untagResource } from './tags.ts';

const shared = (api: Api) => ({
  CreateCampaign: createCampaign(api),
  DeleteCampaign: lifeCycleCall(api, 'DeleteCampaign'),
  DeleteConnectInstanceConfig: deleteInstanceConfig(api),
  DeleteInstanceOnboardingJob: deleteOnboarding,
  DescribeCampaign: describeCampaign(api),
  GetCampaignState: getCampaignState(api),
  GetCampaignStateBatch: getCampaignStateBatch(api),
  GetConnectInstanceConfig: getInstanceConfig,
  GetInstanceOnboardingJobStatus: getOnboarding,
  ListCampaigns: listCampaigns(api),
  ListTagsForResource: listTags(api),
  PauseCampaign: lifeCycleCall(api, 'PauseCampaign'),
  ResumeCampaign: lifeCycleCall(api, 'ResumeCampaign'),
  StartCampaign: lifeCycleCall(api, 'StartCampaign'),
  StartInstanceOnboardingJob: startOnboarding,
  StopCampaign: lifeCycleCall(api, 'StopCampaign'),
  TagResource: tagResource(api),
  UntagResource: untagResource(api),
  UpdateCampaignName: updateName(api),
});

const V1: { readonly [Name in keyof RequestsV1]: Call<RequestsV1[Name]> } = {
  ...shared('v1'),
  PutDialRequestBatch: putDialRequestBatch,
  UpdateCampaignDialerConfig: updateSetting('v1', 'dialerConfig'),
  UpdateCampaignOutboundCallConfig: updateOutboundCallConfig,
};

/** The member of a setting that a channel has. */
const MEMBER_OF = {
  TELEPHONY: 'telephony',
  SMS: 'sms',
  EMAIL: 'email',
  WHATSAPP: 'whatsApp',
} as const;

const V2: {
  readonly [Name in Exclude<keyof RequestsV2, WithoutCall>]: Call<RequestsV2[Name]>;
} = {
  ...shared('v2'),
  DeleteCampaignChannelSubtypeConfig: deleteSetting(
    'v2',
    'channelSubtypeConfig',
    ({ channelSubtype }) => MEMBER_OF[channelSubtype],
  ),
  DeleteCampaignCommunicationLimits: deleteSetting('v2', 'communicationLimitsOverride'),
  DeleteCampaignCommunicationTime: deleteSetting(
    'v2',
    'communicationTimeConfig',
    ({ config }) => MEMBER_OF[config],
  ),
  GetInstanceCommunicationLimits: getCommunicationLimits,
  PutInstanceCommunicationLimits: putCommunicationLimits,
  PutOutboundRequestBatch: putOutboundRequestBatch,
  UpdateCampaignChannelSubtypeConfig: updateSetting('v2', 'channelSubtypeConfig'),
  UpdateCampaignCommunicationLimits: updateSetting('v2', 'communicationLimitsOverride'),
  UpdateCampaignCommunicationTime: updateSetting('v2', 'communicationTimeConfig'),
  UpdateCampaignFlowAssociation: updateSetting('v2', 'connectCampaignFlowArn'),
  UpdateCampaignSchedule: updateSetting('v2', 'schedule'),
  UpdateCampaignSource: updateSetting('v2', 'source'),
};

const byId = (serviceId: string, calls: object) =>
  Object.entries(calls).map(([name, call]) => [`${serviceId}.${name}`, call] as const);

/** By the id of the operation. The request of each is what its operation's input reads. */
export const CAMPAIGN_CALLS: Readonly<Record<string, Call<never>>> = Object.fromEntries([
  ...byId('ConnectCampaigns', V1),
  ...byId('ConnectCampaignsV2', V2),
]);
