/**
 * The shapes of connect-campaigns 2021-01-30.
 *
 * `npm run models` writes this file. Do not edit it.
 * Source: botocore 1.44.8 (Apache-2.0), botocore/data/connectcampaigns/2021-01-30/service-2.json.
 */

import { documented } from '../../aws/provenance.ts';
import type { Enum } from '../../aws/shape/enums.ts';
import type { Limit } from '../../aws/shape/limit.ts';
import type {
  AnswerShape,
  BooleanShape,
  ListShape,
  MapShape,
  NumberShape,
  RequestShape,
  StructureShape,
  TextShape,
  TimestampShape,
  UnionShape,
} from '../../aws/shape/shapes.ts';

export const PROVENANCE = documented('botocore service model connectcampaigns/2021-01-30');

const bound = (limit: Omit<Limit, 'provenance'>): Limit => ({ ...limit, provenance: PROVENANCE });

const listed = (name: string, ...values: string[]): Enum => ({
  name,
  values: values.map((value) => ({ value })),
});

export const STRING: TextShape = { kind: 'string' };

export const X_AMAZON_ERROR_TYPE: TextShape = { kind: 'string' };

export const ACCESS_DENIED_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const DIALING_CAPACITY: NumberShape = {
  kind: 'double',
  range: bound({ min: 0.01, max: 1 }),
};

export const AGENTLESS_DIALER_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    dialingCapacity: DIALING_CAPACITY,
  },
};

export const BOOLEAN: BooleanShape = { kind: 'boolean' };

export const ANSWER_MACHINE_DETECTION_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    enableAnswerMachineDetection: BOOLEAN,
    awaitAnswerMachinePrompt: BOOLEAN,
  },
  required: ['enableAnswerMachineDetection'],
};

export const ARN: TextShape = {
  kind: 'string',
  limit: bound({ min: 20, max: 500 }),
  pattern: 'arn:.*',
};

export const ATTRIBUTE_NAME: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 32_767 }),
  pattern: '[a-zA-Z0-9\\-_]+',
};

export const ATTRIBUTE_VALUE: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 32_767 }),
  pattern: '.*',
};

export const ATTRIBUTES: MapShape = {
  kind: 'map',
  key: ATTRIBUTE_NAME,
  value: ATTRIBUTE_VALUE,
  traits: ['sensitive'],
};

export const BANDWIDTH_ALLOCATION: NumberShape = {
  kind: 'double',
  range: bound({ min: 0, max: 1 }),
};

export const CAMPAIGN_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 256 }),
  pattern: '[\\S]*',
};

export const CAMPAIGN_ARN: TextShape = { kind: 'string', limit: bound({ min: 20, max: 500 }) };

export const CAMPAIGN_NAME: TextShape = { kind: 'string', limit: bound({ min: 1, max: 127 }) };

export const INSTANCE_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 256 }),
  pattern: '[a-zA-Z0-9_\\-.]*',
};

export const PROGRESSIVE_DIALER_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    bandwidthAllocation: BANDWIDTH_ALLOCATION,
    dialingCapacity: DIALING_CAPACITY,
  },
  required: ['bandwidthAllocation'],
};

export const PREDICTIVE_DIALER_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    bandwidthAllocation: BANDWIDTH_ALLOCATION,
    dialingCapacity: DIALING_CAPACITY,
  },
  required: ['bandwidthAllocation'],
};

export const DIALER_CONFIG: UnionShape = {
  kind: 'union',
  members: {
    progressiveDialerConfig: PROGRESSIVE_DIALER_CONFIG,
    predictiveDialerConfig: PREDICTIVE_DIALER_CONFIG,
    agentlessDialerConfig: AGENTLESS_DIALER_CONFIG,
  },
};

export const CONTACT_FLOW_ID: TextShape = { kind: 'string', limit: bound({ min: 0, max: 500 }) };

export const SOURCE_PHONE_NUMBER: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 100 }),
};

export const QUEUE_ID: TextShape = { kind: 'string', limit: bound({ min: 0, max: 500 }) };

export const OUTBOUND_CALL_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    connectContactFlowId: CONTACT_FLOW_ID,
    connectSourcePhoneNumber: SOURCE_PHONE_NUMBER,
    connectQueueId: QUEUE_ID,
    answerMachineDetectionConfig: ANSWER_MACHINE_DETECTION_CONFIG,
  },
  required: ['connectContactFlowId'],
};

export const TAG_KEY: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 128 }),
  pattern: '(?!aws:)[a-zA-Z+-=._:/]+',
};

export const TAG_VALUE: TextShape = { kind: 'string', limit: bound({ min: 0, max: 256 }) };

export const TAG_MAP: MapShape = { kind: 'map', key: TAG_KEY, value: TAG_VALUE };

export const CAMPAIGN: StructureShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    arn: CAMPAIGN_ARN,
    name: CAMPAIGN_NAME,
    connectInstanceId: INSTANCE_ID,
    dialerConfig: DIALER_CONFIG,
    outboundCallConfig: OUTBOUND_CALL_CONFIG,
    tags: TAG_MAP,
  },
  required: ['id', 'arn', 'name', 'connectInstanceId', 'dialerConfig', 'outboundCallConfig'],
};

export const INSTANCE_ID_FILTER_OPERATOR: TextShape = {
  kind: 'string',
  enum: listed('InstanceIdFilterOperator', 'Eq'),
};

export const INSTANCE_ID_FILTER: StructureShape = {
  kind: 'structure',
  members: {
    value: INSTANCE_ID,
    operator: INSTANCE_ID_FILTER_OPERATOR,
  },
  required: ['value', 'operator'],
};

export const CAMPAIGN_FILTERS: StructureShape = {
  kind: 'structure',
  members: {
    instanceIdFilter: INSTANCE_ID_FILTER,
  },
};

export const CAMPAIGN_STATE: TextShape = {
  kind: 'string',
  enum: listed('CampaignState', 'Initialized', 'Running', 'Paused', 'Stopped', 'Failed'),
};

export const CAMPAIGN_SUMMARY: StructureShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    arn: CAMPAIGN_ARN,
    name: CAMPAIGN_NAME,
    connectInstanceId: INSTANCE_ID,
  },
  required: ['id', 'arn', 'name', 'connectInstanceId'],
};

export const CAMPAIGN_SUMMARY_LIST: ListShape = { kind: 'list', of: CAMPAIGN_SUMMARY };

export const CLIENT_TOKEN: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 200 }),
  pattern: '[a-zA-Z0-9_\\-.]*',
};

export const CONFLICT_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const CREATE_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    name: CAMPAIGN_NAME,
    connectInstanceId: INSTANCE_ID,
    dialerConfig: DIALER_CONFIG,
    outboundCallConfig: OUTBOUND_CALL_CONFIG,
    tags: TAG_MAP,
  },
  required: ['name', 'connectInstanceId', 'dialerConfig', 'outboundCallConfig'],
};

export const CREATE_CAMPAIGN_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    arn: CAMPAIGN_ARN,
    tags: TAG_MAP,
  },
};

export const DELETE_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const DELETE_CONNECT_INSTANCE_CONFIG_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
};

export const DELETE_INSTANCE_ONBOARDING_JOB_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
};

export const DESCRIBE_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const DESCRIBE_CAMPAIGN_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    campaign: CAMPAIGN,
  },
};

export const DESTINATION_PHONE_NUMBER: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 20 }),
  pattern: '[\\d\\-+]*',
  traits: ['sensitive'],
};

export const TIME_STAMP: TimestampShape = { kind: 'timestamp', format: 'date-time' };

export const DIAL_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    phoneNumber: DESTINATION_PHONE_NUMBER,
    expirationTime: TIME_STAMP,
    attributes: ATTRIBUTES,
  },
  required: ['clientToken', 'phoneNumber', 'expirationTime', 'attributes'],
};

export const DIAL_REQUEST_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 256 }),
  pattern: '[a-zA-Z0-9_\\-.]*',
};

export const DIAL_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: DIAL_REQUEST,
  limit: bound({ min: 1, max: 25 }),
};

export const ENABLED: BooleanShape = { kind: 'boolean' };

export const ENCRYPTION_TYPE: TextShape = { kind: 'string', enum: listed('EncryptionType', 'KMS') };

export const ENCRYPTION_KEY: TextShape = { kind: 'string', limit: bound({ min: 0, max: 500 }) };

export const ENCRYPTION_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    enabled: ENABLED,
    encryptionType: ENCRYPTION_TYPE,
    keyArn: ENCRYPTION_KEY,
  },
  required: ['enabled'],
};

export const GET_CAMPAIGN_STATE_BATCH_FAILURE_CODE: TextShape = {
  kind: 'string',
  enum: listed('GetCampaignStateBatchFailureCode', 'ResourceNotFound', 'UnknownError'),
};

export const FAILED_CAMPAIGN_STATE_RESPONSE: StructureShape = {
  kind: 'structure',
  members: {
    campaignId: CAMPAIGN_ID,
    failureCode: GET_CAMPAIGN_STATE_BATCH_FAILURE_CODE,
  },
};

export const FAILED_CAMPAIGN_STATE_RESPONSE_LIST: ListShape = {
  kind: 'list',
  of: FAILED_CAMPAIGN_STATE_RESPONSE,
  limit: bound({ min: 0, max: 25 }),
};

export const FAILURE_CODE: TextShape = {
  kind: 'string',
  enum: listed('FailureCode', 'InvalidInput', 'RequestThrottled', 'UnknownError'),
};

export const FAILED_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    id: DIAL_REQUEST_ID,
    failureCode: FAILURE_CODE,
  },
};

export const FAILED_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: FAILED_REQUEST,
  limit: bound({ min: 0, max: 25 }),
};

export const GET_CAMPAIGN_STATE_BATCH_REQUEST_CAMPAIGN_IDS_LIST: ListShape = {
  kind: 'list',
  of: CAMPAIGN_ID,
  limit: bound({ min: 1, max: 25 }),
};

export const GET_CAMPAIGN_STATE_BATCH_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    campaignIds: GET_CAMPAIGN_STATE_BATCH_REQUEST_CAMPAIGN_IDS_LIST,
  },
  required: ['campaignIds'],
};

export const SUCCESSFUL_CAMPAIGN_STATE_RESPONSE: StructureShape = {
  kind: 'structure',
  members: {
    campaignId: CAMPAIGN_ID,
    state: CAMPAIGN_STATE,
  },
};

export const SUCCESSFUL_CAMPAIGN_STATE_RESPONSE_LIST: ListShape = {
  kind: 'list',
  of: SUCCESSFUL_CAMPAIGN_STATE_RESPONSE,
  limit: bound({ min: 0, max: 25 }),
};

export const GET_CAMPAIGN_STATE_BATCH_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    successfulRequests: SUCCESSFUL_CAMPAIGN_STATE_RESPONSE_LIST,
    failedRequests: FAILED_CAMPAIGN_STATE_RESPONSE_LIST,
  },
};

export const GET_CAMPAIGN_STATE_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const GET_CAMPAIGN_STATE_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    state: CAMPAIGN_STATE,
  },
};

export const GET_CONNECT_INSTANCE_CONFIG_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
};

export const SERVICE_LINKED_ROLE_ARN: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 256 }),
};

export const INSTANCE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    serviceLinkedRoleArn: SERVICE_LINKED_ROLE_ARN,
    encryptionConfig: ENCRYPTION_CONFIG,
  },
  required: ['connectInstanceId', 'serviceLinkedRoleArn', 'encryptionConfig'],
};

export const GET_CONNECT_INSTANCE_CONFIG_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    connectInstanceConfig: INSTANCE_CONFIG,
  },
};

export const GET_INSTANCE_ONBOARDING_JOB_STATUS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
};

export const INSTANCE_ONBOARDING_JOB_STATUS_CODE: TextShape = {
  kind: 'string',
  enum: listed('InstanceOnboardingJobStatusCode', 'IN_PROGRESS', 'SUCCEEDED', 'FAILED'),
};

export const INSTANCE_ONBOARDING_JOB_FAILURE_CODE: TextShape = {
  kind: 'string',
  enum: listed(
    'InstanceOnboardingJobFailureCode',
    'EVENT_BRIDGE_ACCESS_DENIED',
    'EVENT_BRIDGE_MANAGED_RULE_LIMIT_EXCEEDED',
    'IAM_ACCESS_DENIED',
    'KMS_ACCESS_DENIED',
    'KMS_KEY_NOT_FOUND',
    'INTERNAL_FAILURE',
  ),
};

export const INSTANCE_ONBOARDING_JOB_STATUS: StructureShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    status: INSTANCE_ONBOARDING_JOB_STATUS_CODE,
    failureCode: INSTANCE_ONBOARDING_JOB_FAILURE_CODE,
  },
  required: ['connectInstanceId', 'status'],
};

export const GET_INSTANCE_ONBOARDING_JOB_STATUS_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    connectInstanceOnboardingJobStatus: INSTANCE_ONBOARDING_JOB_STATUS,
  },
};

export const INTERNAL_SERVER_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const INVALID_CAMPAIGN_STATE_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    state: CAMPAIGN_STATE,
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['state', 'message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const INVALID_STATE_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const MAX_RESULTS: NumberShape = { kind: 'integer', range: bound({ min: 1, max: 50 }) };

export const NEXT_TOKEN: TextShape = { kind: 'string', limit: bound({ min: 0, max: 1000 }) };

export const LIST_CAMPAIGNS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    maxResults: MAX_RESULTS,
    nextToken: NEXT_TOKEN,
    filters: CAMPAIGN_FILTERS,
  },
};

export const LIST_CAMPAIGNS_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    nextToken: NEXT_TOKEN,
    campaignSummaryList: CAMPAIGN_SUMMARY_LIST,
  },
};

export const LIST_TAGS_FOR_RESOURCE_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    arn: ARN,
  },
  required: ['arn'],
  path: ['arn'],
};

export const LIST_TAGS_FOR_RESOURCE_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    tags: TAG_MAP,
  },
};

export const PAUSE_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const PUT_DIAL_REQUEST_BATCH_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    dialRequests: DIAL_REQUEST_LIST,
  },
  required: ['id', 'dialRequests'],
  path: ['id'],
};

export const SUCCESSFUL_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    id: DIAL_REQUEST_ID,
  },
};

export const SUCCESSFUL_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: SUCCESSFUL_REQUEST,
  limit: bound({ min: 0, max: 25 }),
};

export const PUT_DIAL_REQUEST_BATCH_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    successfulRequests: SUCCESSFUL_REQUEST_LIST,
    failedRequests: FAILED_REQUEST_LIST,
  },
};

export const RESOURCE_NOT_FOUND_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const RESUME_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const SERVICE_QUOTA_EXCEEDED_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const START_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const START_INSTANCE_ONBOARDING_JOB_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    encryptionConfig: ENCRYPTION_CONFIG,
  },
  required: ['connectInstanceId', 'encryptionConfig'],
  path: ['connectInstanceId'],
};

export const START_INSTANCE_ONBOARDING_JOB_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    connectInstanceOnboardingJobStatus: INSTANCE_ONBOARDING_JOB_STATUS,
  },
};

export const STOP_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const TAG_KEY_LIST: ListShape = {
  kind: 'list',
  of: TAG_KEY,
  limit: bound({ min: 0, max: 50 }),
};

export const TAG_RESOURCE_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    arn: ARN,
    tags: TAG_MAP,
  },
  required: ['arn', 'tags'],
  path: ['arn'],
};

export const THROTTLING_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};

export const UNTAG_RESOURCE_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    arn: ARN,
    tagKeys: TAG_KEY_LIST,
  },
  required: ['arn', 'tagKeys'],
  path: ['arn'],
  query: { tagKeys: 'tagKeys' },
};

export const UPDATE_CAMPAIGN_DIALER_CONFIG_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    dialerConfig: DIALER_CONFIG,
  },
  required: ['id', 'dialerConfig'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_NAME_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    name: CAMPAIGN_NAME,
  },
  required: ['id', 'name'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_OUTBOUND_CALL_CONFIG_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    connectContactFlowId: CONTACT_FLOW_ID,
    connectSourcePhoneNumber: SOURCE_PHONE_NUMBER,
    answerMachineDetectionConfig: ANSWER_MACHINE_DETECTION_CONFIG,
  },
  required: ['id'],
  path: ['id'],
};

export const VALIDATION_EXCEPTION: AnswerShape = {
  kind: 'structure',
  members: {
    message: STRING,
    xAmzErrorType: X_AMAZON_ERROR_TYPE,
  },
  required: ['message'],
  headers: { xAmzErrorType: 'x-amzn-ErrorType' },
};
