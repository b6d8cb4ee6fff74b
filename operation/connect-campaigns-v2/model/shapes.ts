/**
 * The shapes of connect-campaigns-v2 2024-04-23.
 *
 * `npm run models` writes this file. Do not edit it.
 * Source: botocore 1.44.8 (Apache-2.0), botocore/data/connectcampaignsv2/2024-04-23/service-2.json.
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

export const PROVENANCE = documented('botocore service model connectcampaignsv2/2024-04-23');

const bound = (limit: Omit<Limit, 'provenance'>): Limit => ({ ...limit, provenance: PROVENANCE });

const listed = (name: string, ...values: string[]): Enum => ({
  name,
  values: values.map((value) => ({ value })),
});

export const TARGET_RATE: NumberShape = { kind: 'double', range: bound({ min: 0, max: 1 }) };

export const CONNECTION_START_POINT: TextShape = {
  kind: 'string',
  enum: listed('ConnectionStartPoint', 'CONNECTED_TO_SYSTEM', 'GREETING_START', 'GREETING_END'),
};

export const ABANDONMENT_RATE_PACING_CONFIG_CONNECTION_THRESHOLD_SECONDS_INTEGER: NumberShape = {
  kind: 'integer',
  range: bound({ min: 1 }),
};

export const EVALUATION_WINDOW: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 5 }),
  pattern: 'PT([1-9]|1[0-9]|2[0-4])H',
};

export const ABANDONMENT_RATE_PACING_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    targetRate: TARGET_RATE,
    connectionStartPoint: CONNECTION_START_POINT,
    connectionThresholdSeconds: ABANDONMENT_RATE_PACING_CONFIG_CONNECTION_THRESHOLD_SECONDS_INTEGER,
    evaluationWindow: EVALUATION_WINDOW,
  },
  required: [
    'targetRate',
    'connectionStartPoint',
    'connectionThresholdSeconds',
    'evaluationWindow',
  ],
};

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

export const AGENT_ACTION: TextShape = { kind: 'string', enum: listed('AgentAction', 'DISCARD') };

export const AGENT_ACTIONS: ListShape = { kind: 'list', of: AGENT_ACTION };

export const AGENTLESS_CONFIG: StructureShape = {
  kind: 'structure',
  members: {},
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
  pattern:
    'arn:[a-zA-Z0-9-]+:[a-zA-Z0-9-]+:[a-z]{2}-[a-z]+-\\d{1,2}:[a-zA-Z0-9-]+:[^:]+(?:/[^:]+)*(?:/[^:]+)?(?:\\:[^:]+)?',
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
  range: bound({ min: 0, max: 2 }),
};

export const BROWSER_ID: TextShape = { kind: 'string', limit: bound({ min: 1, max: 36 }) };

export const CAMPAIGN_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 256 }),
  pattern: '[-:/a-zA-Z0-9]+',
};

export const CAMPAIGN_ARN: TextShape = { kind: 'string', limit: bound({ min: 20, max: 500 }) };

export const CAMPAIGN_NAME: TextShape = { kind: 'string', limit: bound({ min: 1, max: 127 }) };

export const INSTANCE_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 256 }),
  pattern: '[-_.a-zA-Z0-9]+',
};

export const CAPACITY: NumberShape = { kind: 'double', range: bound({ min: 0.01, max: 1 }) };

export const QUEUE_ID: TextShape = { kind: 'string', limit: bound({ min: 0, max: 500 }) };

export const PROGRESSIVE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    bandwidthAllocation: BANDWIDTH_ALLOCATION,
  },
  required: ['bandwidthAllocation'],
};

export const PACING_STRATEGY: UnionShape = {
  kind: 'union',
  members: {
    abandonmentRate: ABANDONMENT_RATE_PACING_CONFIG,
  },
};

export const PACING_STRATEGY_LIST: ListShape = {
  kind: 'list',
  of: PACING_STRATEGY,
  limit: bound({ min: 1, max: 1 }),
};

export const PREDICTIVE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    bandwidthAllocation: BANDWIDTH_ALLOCATION,
    pacingStrategies: PACING_STRATEGY_LIST,
  },
  required: ['bandwidthAllocation'],
};

export const TIMEOUT_DURATION: NumberShape = {
  kind: 'integer',
  range: bound({ min: 1, max: 300 }),
};

export const TIMEOUT_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    durationInSeconds: TIMEOUT_DURATION,
  },
  required: ['durationInSeconds'],
};

export const PREVIEW_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    bandwidthAllocation: BANDWIDTH_ALLOCATION,
    timeoutConfig: TIMEOUT_CONFIG,
    agentActions: AGENT_ACTIONS,
  },
  required: ['bandwidthAllocation', 'timeoutConfig'],
};

export const TELEPHONY_OUTBOUND_MODE: UnionShape = {
  kind: 'union',
  members: {
    progressive: PROGRESSIVE_CONFIG,
    predictive: PREDICTIVE_CONFIG,
    agentless: AGENTLESS_CONFIG,
    preview: PREVIEW_CONFIG,
  },
};

export const CONTACT_FLOW_ID: TextShape = { kind: 'string', limit: bound({ min: 0, max: 500 }) };

export const SOURCE_PHONE_NUMBER: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 100 }),
};

export const RING_TIMEOUT: NumberShape = { kind: 'integer', range: bound({ min: 15, max: 60 }) };

export const TELEPHONY_OUTBOUND_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    connectContactFlowId: CONTACT_FLOW_ID,
    connectSourcePhoneNumber: SOURCE_PHONE_NUMBER,
    answerMachineDetectionConfig: ANSWER_MACHINE_DETECTION_CONFIG,
    ringTimeout: RING_TIMEOUT,
  },
  required: ['connectContactFlowId'],
};

export const TELEPHONY_CHANNEL_SUBTYPE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    capacity: CAPACITY,
    connectQueueId: QUEUE_ID,
    outboundMode: TELEPHONY_OUTBOUND_MODE,
    defaultOutboundConfig: TELEPHONY_OUTBOUND_CONFIG,
  },
  required: ['outboundMode', 'defaultOutboundConfig'],
};

export const SMS_OUTBOUND_MODE: UnionShape = {
  kind: 'union',
  members: {
    agentless: AGENTLESS_CONFIG,
  },
};

export const SMS_OUTBOUND_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    connectSourcePhoneNumberArn: ARN,
    wisdomTemplateArn: ARN,
  },
  required: ['connectSourcePhoneNumberArn', 'wisdomTemplateArn'],
};

export const SMS_CHANNEL_SUBTYPE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    capacity: CAPACITY,
    outboundMode: SMS_OUTBOUND_MODE,
    defaultOutboundConfig: SMS_OUTBOUND_CONFIG,
  },
  required: ['outboundMode', 'defaultOutboundConfig'],
};

export const EMAIL_OUTBOUND_MODE: UnionShape = {
  kind: 'union',
  members: {
    agentless: AGENTLESS_CONFIG,
  },
};

export const EMAIL_ADDRESS: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 255 }),
  pattern: '.*[^\\s@]+@[^\\s@]+\\.[^\\s@]+.*',
  traits: ['sensitive'],
};

export const EMAIL_DISPLAY_NAME: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 256 }),
  traits: ['sensitive'],
};

export const EMAIL_OUTBOUND_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    connectSourceEmailAddress: EMAIL_ADDRESS,
    sourceEmailAddressDisplayName: EMAIL_DISPLAY_NAME,
    wisdomTemplateArn: ARN,
  },
  required: ['connectSourceEmailAddress', 'wisdomTemplateArn'],
};

export const EMAIL_CHANNEL_SUBTYPE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    capacity: CAPACITY,
    outboundMode: EMAIL_OUTBOUND_MODE,
    defaultOutboundConfig: EMAIL_OUTBOUND_CONFIG,
  },
  required: ['outboundMode', 'defaultOutboundConfig'],
};

export const WHATS_APP_OUTBOUND_MODE: UnionShape = {
  kind: 'union',
  members: {
    agentless: AGENTLESS_CONFIG,
  },
};

export const WHATS_APP_OUTBOUND_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    connectSourcePhoneNumberArn: ARN,
    wisdomTemplateArn: ARN,
  },
  required: ['connectSourcePhoneNumberArn', 'wisdomTemplateArn'],
};

export const WHATS_APP_CHANNEL_SUBTYPE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    capacity: CAPACITY,
    outboundMode: WHATS_APP_OUTBOUND_MODE,
    defaultOutboundConfig: WHATS_APP_OUTBOUND_CONFIG,
  },
  required: ['outboundMode', 'defaultOutboundConfig'],
};

export const CHANNEL_SUBTYPE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    telephony: TELEPHONY_CHANNEL_SUBTYPE_CONFIG,
    sms: SMS_CHANNEL_SUBTYPE_CONFIG,
    email: EMAIL_CHANNEL_SUBTYPE_CONFIG,
    whatsApp: WHATS_APP_CHANNEL_SUBTYPE_CONFIG,
  },
};

export const EXTERNAL_CAMPAIGN_TYPE: TextShape = {
  kind: 'string',
  enum: listed('ExternalCampaignType', 'MANAGED', 'JOURNEY'),
};

export const EVENT_TRIGGER: StructureShape = {
  kind: 'structure',
  members: {
    customerProfilesDomainArn: ARN,
  },
};

export const SOURCE: UnionShape = {
  kind: 'union',
  members: {
    customerProfilesSegmentArn: ARN,
    eventTrigger: EVENT_TRIGGER,
  },
};

export const TIME_STAMP: TimestampShape = { kind: 'timestamp', format: 'date-time' };

export const ISO8601_DURATION: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 50 }),
  pattern:
    'P(?:([-+]?[0-9]+)D)?(T(?:([-+]?[0-9]+)H)?(?:([-+]?[0-9]+)M)?(?:([-+]?[0-9]+)(?:[.,]([0-9]{0,9}))?S)?)?',
};

export const SCHEDULE: StructureShape = {
  kind: 'structure',
  members: {
    startTime: TIME_STAMP,
    endTime: TIME_STAMP,
    refreshFrequency: ISO8601_DURATION,
  },
  required: ['startTime', 'endTime'],
};

export const ENTRY_LIMITS_CONFIG_MAX_ENTRY_COUNT_INTEGER: NumberShape = {
  kind: 'integer',
  range: bound({ min: 0 }),
};

export const ENTRY_LIMITS_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    maxEntryCount: ENTRY_LIMITS_CONFIG_MAX_ENTRY_COUNT_INTEGER,
    minEntryInterval: ISO8601_DURATION,
  },
  required: ['maxEntryCount', 'minEntryInterval'],
};

export const TIME_ZONE: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 50 }),
  pattern: '[a-zA-Z0-9_\\-/]*',
};

export const LOCAL_TIME_ZONE_DETECTION_TYPE: TextShape = {
  kind: 'string',
  enum: listed('LocalTimeZoneDetectionType', 'ZIP_CODE', 'AREA_CODE'),
};

export const LOCAL_TIME_ZONE_DETECTION: ListShape = {
  kind: 'list',
  of: LOCAL_TIME_ZONE_DETECTION_TYPE,
};

export const LOCAL_TIME_ZONE_DETECTION_SCOPE: TextShape = {
  kind: 'string',
  enum: listed('LocalTimeZoneDetectionScope', 'PRIMARY_ONLY', 'ALL_AVAILABLE'),
};

export const LOCAL_TIME_ZONE_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    defaultTimeZone: TIME_ZONE,
    localTimeZoneDetection: LOCAL_TIME_ZONE_DETECTION,
    localTimeZoneDetectionScope: LOCAL_TIME_ZONE_DETECTION_SCOPE,
  },
};

export const DAY_OF_WEEK: TextShape = {
  kind: 'string',
  enum: listed(
    'DayOfWeek',
    'MONDAY',
    'TUESDAY',
    'WEDNESDAY',
    'THURSDAY',
    'FRIDAY',
    'SATURDAY',
    'SUNDAY',
  ),
};

export const ISO8601_TIME: TextShape = { kind: 'string', pattern: 'T\\d{2}:\\d{2}' };

export const TIME_RANGE: StructureShape = {
  kind: 'structure',
  members: {
    startTime: ISO8601_TIME,
    endTime: ISO8601_TIME,
  },
  required: ['startTime', 'endTime'],
};

export const TIME_RANGE_LIST: ListShape = { kind: 'list', of: TIME_RANGE };

export const DAILY_HOURS: MapShape = { kind: 'map', key: DAY_OF_WEEK, value: TIME_RANGE_LIST };

export const OPEN_HOURS: UnionShape = {
  kind: 'union',
  members: {
    dailyHours: DAILY_HOURS,
  },
};

export const RESTRICTED_PERIOD_NAME: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 127 }),
};

export const ISO8601_DATE: TextShape = { kind: 'string', pattern: '\\d{4}-\\d{2}-\\d{2}' };

export const RESTRICTED_PERIOD: StructureShape = {
  kind: 'structure',
  members: {
    name: RESTRICTED_PERIOD_NAME,
    startDate: ISO8601_DATE,
    endDate: ISO8601_DATE,
  },
  required: ['startDate', 'endDate'],
};

export const RESTRICTED_PERIOD_LIST: ListShape = { kind: 'list', of: RESTRICTED_PERIOD };

export const RESTRICTED_PERIODS: UnionShape = {
  kind: 'union',
  members: {
    restrictedPeriodList: RESTRICTED_PERIOD_LIST,
  },
};

export const TIME_WINDOW: StructureShape = {
  kind: 'structure',
  members: {
    openHours: OPEN_HOURS,
    restrictedPeriods: RESTRICTED_PERIODS,
  },
  required: ['openHours'],
};

export const COMMUNICATION_TIME_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    localTimeZoneConfig: LOCAL_TIME_ZONE_CONFIG,
    telephony: TIME_WINDOW,
    sms: TIME_WINDOW,
    email: TIME_WINDOW,
    whatsApp: TIME_WINDOW,
  },
  required: ['localTimeZoneConfig'],
};

export const COMMUNICATION_LIMIT_MAX_COUNT_PER_RECIPIENT_INTEGER: NumberShape = {
  kind: 'integer',
  range: bound({ min: 1 }),
};

export const COMMUNICATION_LIMIT_FREQUENCY_INTEGER: NumberShape = {
  kind: 'integer',
  range: bound({ min: 1, max: 30 }),
};

export const COMMUNICATION_LIMIT_TIME_UNIT: TextShape = {
  kind: 'string',
  enum: listed('CommunicationLimitTimeUnit', 'DAY'),
};

export const COMMUNICATION_LIMIT: StructureShape = {
  kind: 'structure',
  members: {
    maxCountPerRecipient: COMMUNICATION_LIMIT_MAX_COUNT_PER_RECIPIENT_INTEGER,
    frequency: COMMUNICATION_LIMIT_FREQUENCY_INTEGER,
    unit: COMMUNICATION_LIMIT_TIME_UNIT,
  },
  required: ['maxCountPerRecipient', 'frequency', 'unit'],
};

export const COMMUNICATION_LIMIT_LIST: ListShape = {
  kind: 'list',
  of: COMMUNICATION_LIMIT,
  limit: bound({ min: 0, max: 2 }),
};

export const COMMUNICATION_LIMITS: UnionShape = {
  kind: 'union',
  members: {
    communicationLimitsList: COMMUNICATION_LIMIT_LIST,
  },
};

export const INSTANCE_LIMITS_HANDLING: TextShape = {
  kind: 'string',
  enum: listed('InstanceLimitsHandling', 'OPT_IN', 'OPT_OUT'),
};

export const COMMUNICATION_LIMITS_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    allChannelSubtypes: COMMUNICATION_LIMITS,
    instanceLimitsHandling: INSTANCE_LIMITS_HANDLING,
  },
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
    channelSubtypeConfig: CHANNEL_SUBTYPE_CONFIG,
    type: EXTERNAL_CAMPAIGN_TYPE,
    source: SOURCE,
    connectCampaignFlowArn: ARN,
    schedule: SCHEDULE,
    entryLimitsConfig: ENTRY_LIMITS_CONFIG,
    communicationTimeConfig: COMMUNICATION_TIME_CONFIG,
    communicationLimitsOverride: COMMUNICATION_LIMITS_CONFIG,
    lastModifiedTime: TIME_STAMP,
    tags: TAG_MAP,
  },
  required: ['id', 'arn', 'name', 'connectInstanceId'],
};

export const CAMPAIGN_DELETION_POLICY: TextShape = {
  kind: 'string',
  enum: listed('CampaignDeletionPolicy', 'RETAIN_ALL', 'DELETE_ALL'),
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
  enum: listed(
    'CampaignState',
    'Initialized',
    'Running',
    'Paused',
    'Stopped',
    'Failed',
    'Completed',
  ),
};

export const CHANNEL_SUBTYPE: TextShape = {
  kind: 'string',
  enum: listed('ChannelSubtype', 'TELEPHONY', 'SMS', 'EMAIL', 'WHATSAPP'),
};

export const CHANNEL_SUBTYPE_LIST: ListShape = { kind: 'list', of: CHANNEL_SUBTYPE };

export const CAMPAIGN_SUMMARY: StructureShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    arn: CAMPAIGN_ARN,
    name: CAMPAIGN_NAME,
    connectInstanceId: INSTANCE_ID,
    channelSubtypes: CHANNEL_SUBTYPE_LIST,
    type: EXTERNAL_CAMPAIGN_TYPE,
    schedule: SCHEDULE,
    entryLimitsConfig: ENTRY_LIMITS_CONFIG,
    connectCampaignFlowArn: ARN,
    lastModifiedTime: TIME_STAMP,
  },
  required: ['id', 'arn', 'name', 'connectInstanceId', 'channelSubtypes'],
};

export const CAMPAIGN_SUMMARY_LIST: ListShape = { kind: 'list', of: CAMPAIGN_SUMMARY };

export const SESSION_ID: TextShape = { kind: 'string', limit: bound({ min: 1, max: 36 }) };

export const WEB_NOTIFICATION_CONTEXT: StructureShape = {
  kind: 'structure',
  members: {
    sessionId: SESSION_ID,
    browserId: BROWSER_ID,
  },
};

export const CHANNEL_CONTEXT: StructureShape = {
  kind: 'structure',
  members: {
    webNotificationContext: WEB_NOTIFICATION_CONTEXT,
  },
};

export const DESTINATION_PHONE_NUMBER: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 20 }),
  pattern: '[\\d\\-+]*',
  traits: ['sensitive'],
};

export const TELEPHONY_CHANNEL_SUBTYPE_PARAMETERS: StructureShape = {
  kind: 'structure',
  members: {
    destinationPhoneNumber: DESTINATION_PHONE_NUMBER,
    attributes: ATTRIBUTES,
    connectSourcePhoneNumber: SOURCE_PHONE_NUMBER,
    answerMachineDetectionConfig: ANSWER_MACHINE_DETECTION_CONFIG,
    ringTimeout: RING_TIMEOUT,
  },
  required: ['destinationPhoneNumber', 'attributes'],
};

export const SMS_CHANNEL_SUBTYPE_PARAMETERS: StructureShape = {
  kind: 'structure',
  members: {
    destinationPhoneNumber: DESTINATION_PHONE_NUMBER,
    connectSourcePhoneNumberArn: ARN,
    templateArn: ARN,
    templateParameters: ATTRIBUTES,
  },
  required: ['destinationPhoneNumber', 'templateParameters'],
};

export const EMAIL_CHANNEL_SUBTYPE_PARAMETERS: StructureShape = {
  kind: 'structure',
  members: {
    destinationEmailAddress: EMAIL_ADDRESS,
    connectSourceEmailAddress: EMAIL_ADDRESS,
    templateArn: ARN,
    templateParameters: ATTRIBUTES,
  },
  required: ['destinationEmailAddress', 'templateParameters'],
};

export const WHATS_APP_CHANNEL_SUBTYPE_PARAMETERS: StructureShape = {
  kind: 'structure',
  members: {
    destinationPhoneNumber: DESTINATION_PHONE_NUMBER,
    connectSourcePhoneNumberArn: ARN,
    templateArn: ARN,
    templateParameters: ATTRIBUTES,
  },
  required: ['destinationPhoneNumber', 'templateParameters'],
};

export const CHANNEL_SUBTYPE_PARAMETERS: UnionShape = {
  kind: 'union',
  members: {
    telephony: TELEPHONY_CHANNEL_SUBTYPE_PARAMETERS,
    sms: SMS_CHANNEL_SUBTYPE_PARAMETERS,
    email: EMAIL_CHANNEL_SUBTYPE_PARAMETERS,
    whatsApp: WHATS_APP_CHANNEL_SUBTYPE_PARAMETERS,
  },
};

export const CLIENT_TOKEN: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 200 }),
  pattern: '[a-zA-Z0-9_\\-.]*',
};

export const COMMUNICATION_LIMITS_CONFIG_TYPE: TextShape = {
  kind: 'string',
  enum: listed('CommunicationLimitsConfigType', 'ALL_CHANNEL_SUBTYPES'),
};

export const COMMUNICATION_TIME_CONFIG_TYPE: TextShape = {
  kind: 'string',
  enum: listed('CommunicationTimeConfigType', 'TELEPHONY', 'SMS', 'EMAIL', 'WHATSAPP'),
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
    channelSubtypeConfig: CHANNEL_SUBTYPE_CONFIG,
    type: EXTERNAL_CAMPAIGN_TYPE,
    source: SOURCE,
    connectCampaignFlowArn: ARN,
    schedule: SCHEDULE,
    entryLimitsConfig: ENTRY_LIMITS_CONFIG,
    communicationTimeConfig: COMMUNICATION_TIME_CONFIG,
    communicationLimitsOverride: COMMUNICATION_LIMITS_CONFIG,
    tags: TAG_MAP,
  },
  required: ['name', 'connectInstanceId'],
};

export const CREATE_CAMPAIGN_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    arn: CAMPAIGN_ARN,
    tags: TAG_MAP,
  },
};

export const EVENT_TYPE: TextShape = {
  kind: 'string',
  enum: listed(
    'EventType',
    'Campaign-Email',
    'Campaign-SMS',
    'Campaign-Telephony',
    'Campaign-Orchestration',
    'Campaign-WhatsApp',
    'Campaign-WebNotification',
  ),
};

export const OBJECT_TYPE_NAME: TextShape = { kind: 'string', limit: bound({ min: 1, max: 255 }) };

export const OBJECT_TYPE_NAMES_MAP: MapShape = {
  kind: 'map',
  key: EVENT_TYPE,
  value: OBJECT_TYPE_NAME,
};

export const CUSTOMER_PROFILES_INTEGRATION_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    domainArn: ARN,
    objectTypeNames: OBJECT_TYPE_NAMES_MAP,
  },
  required: ['domainArn', 'objectTypeNames'],
};

export const CUSTOMER_PROFILES_INTEGRATION_IDENTIFIER: StructureShape = {
  kind: 'structure',
  members: {
    domainArn: ARN,
  },
  required: ['domainArn'],
};

export const CUSTOMER_PROFILES_INTEGRATION_SUMMARY: StructureShape = {
  kind: 'structure',
  members: {
    domainArn: ARN,
    objectTypeNames: OBJECT_TYPE_NAMES_MAP,
  },
  required: ['domainArn', 'objectTypeNames'],
};

export const DELETE_CAMPAIGN_CHANNEL_SUBTYPE_CONFIG_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    channelSubtype: CHANNEL_SUBTYPE,
  },
  required: ['id', 'channelSubtype'],
  path: ['id'],
  query: { channelSubtype: 'channelSubtype' },
};

export const DELETE_CAMPAIGN_COMMUNICATION_LIMITS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    config: COMMUNICATION_LIMITS_CONFIG_TYPE,
  },
  required: ['id', 'config'],
  path: ['id'],
  query: { config: 'config' },
};

export const DELETE_CAMPAIGN_COMMUNICATION_TIME_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    config: COMMUNICATION_TIME_CONFIG_TYPE,
  },
  required: ['id', 'config'],
  path: ['id'],
  query: { config: 'config' },
};

export const DELETE_CAMPAIGN_ENTRY_LIMITS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
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
    campaignDeletionPolicy: CAMPAIGN_DELETION_POLICY,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
  query: { campaignDeletionPolicy: 'campaignDeletionPolicy' },
};

export const Q_CONNECT_INTEGRATION_IDENTIFIER: StructureShape = {
  kind: 'structure',
  members: {
    knowledgeBaseArn: ARN,
  },
  required: ['knowledgeBaseArn'],
};

export const LAMBDA_ARN: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 140 }),
  pattern:
    'arn:aws[a-zA-Z-]*:lambda:[a-z]{2}(-gov)?-[a-z]+-\\d:\\d{12}:function:([a-zA-Z0-9-_]+)(:([a-zA-Z0-9-_]+))?',
};

export const LAMBDA_INTEGRATION_IDENTIFIER: StructureShape = {
  kind: 'structure',
  members: {
    functionArn: LAMBDA_ARN,
  },
  required: ['functionArn'],
};

export const INTEGRATION_IDENTIFIER: UnionShape = {
  kind: 'union',
  members: {
    customerProfiles: CUSTOMER_PROFILES_INTEGRATION_IDENTIFIER,
    qConnect: Q_CONNECT_INTEGRATION_IDENTIFIER,
    lambda: LAMBDA_INTEGRATION_IDENTIFIER,
  },
};

export const DELETE_CONNECT_INSTANCE_INTEGRATION_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    integrationIdentifier: INTEGRATION_IDENTIFIER,
  },
  required: ['connectInstanceId', 'integrationIdentifier'],
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

export const DIAL_REQUEST_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 1, max: 256 }),
  pattern: '[-_.a-zA-Z0-9]+',
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

export const SOURCE_EVENT: TextShape = { kind: 'string', limit: bound({ min: 1 }) };

export const EVENT_TRIGGER_CONTEXT: StructureShape = {
  kind: 'structure',
  members: {
    sourceEvent: SOURCE_EVENT,
    channelContext: CHANNEL_CONTEXT,
  },
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

export const PROFILE_OUTBOUND_REQUEST_ID: TextShape = {
  kind: 'string',
  limit: bound({ min: 0, max: 256 }),
  pattern: '[a-zA-Z0-9_\\-.]*',
};

export const PROFILE_OUTBOUND_REQUEST_FAILURE_CODE: TextShape = {
  kind: 'string',
  enum: listed(
    'ProfileOutboundRequestFailureCode',
    'UnknownError',
    'ResourceNotFound',
    'Conflict',
    'RequestThrottled',
    'InvalidInput',
  ),
};

export const FAILED_PROFILE_OUTBOUND_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    id: PROFILE_OUTBOUND_REQUEST_ID,
    failureCode: PROFILE_OUTBOUND_REQUEST_FAILURE_CODE,
  },
};

export const FAILED_PROFILE_OUTBOUND_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: FAILED_PROFILE_OUTBOUND_REQUEST,
  limit: bound({ min: 0, max: 20 }),
};

export const FAILURE_CODE: TextShape = {
  kind: 'string',
  enum: listed(
    'FailureCode',
    'InvalidInput',
    'RequestThrottled',
    'UnknownError',
    'BufferLimitExceeded',
  ),
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

export const GET_INSTANCE_COMMUNICATION_LIMITS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
};

export const INSTANCE_COMMUNICATION_LIMITS_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    allChannelSubtypes: COMMUNICATION_LIMITS,
  },
};

export const GET_INSTANCE_COMMUNICATION_LIMITS_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    communicationLimitsConfig: INSTANCE_COMMUNICATION_LIMITS_CONFIG,
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

export const Q_CONNECT_INTEGRATION_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    knowledgeBaseArn: ARN,
  },
  required: ['knowledgeBaseArn'],
};

export const LAMBDA_INTEGRATION_CONFIG: StructureShape = {
  kind: 'structure',
  members: {
    functionArn: LAMBDA_ARN,
  },
  required: ['functionArn'],
};

export const INTEGRATION_CONFIG: UnionShape = {
  kind: 'union',
  members: {
    customerProfiles: CUSTOMER_PROFILES_INTEGRATION_CONFIG,
    qConnect: Q_CONNECT_INTEGRATION_CONFIG,
    lambda: LAMBDA_INTEGRATION_CONFIG,
  },
};

export const Q_CONNECT_INTEGRATION_SUMMARY: StructureShape = {
  kind: 'structure',
  members: {
    knowledgeBaseArn: ARN,
  },
  required: ['knowledgeBaseArn'],
};

export const LAMBDA_INTEGRATION_SUMMARY: StructureShape = {
  kind: 'structure',
  members: {
    functionArn: LAMBDA_ARN,
  },
  required: ['functionArn'],
};

export const INTEGRATION_SUMMARY: UnionShape = {
  kind: 'union',
  members: {
    customerProfiles: CUSTOMER_PROFILES_INTEGRATION_SUMMARY,
    qConnect: Q_CONNECT_INTEGRATION_SUMMARY,
    lambda: LAMBDA_INTEGRATION_SUMMARY,
  },
};

export const INTEGRATION_SUMMARY_LIST: ListShape = { kind: 'list', of: INTEGRATION_SUMMARY };

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

export const LIST_CONNECT_INSTANCE_INTEGRATIONS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    maxResults: MAX_RESULTS,
    nextToken: NEXT_TOKEN,
  },
  required: ['connectInstanceId'],
  path: ['connectInstanceId'],
  query: { maxResults: 'maxResults', nextToken: 'nextToken' },
};

export const LIST_CONNECT_INSTANCE_INTEGRATIONS_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    nextToken: NEXT_TOKEN,
    integrationSummaryList: INTEGRATION_SUMMARY_LIST,
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

export const OUTBOUND_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    expirationTime: TIME_STAMP,
    channelSubtypeParameters: CHANNEL_SUBTYPE_PARAMETERS,
  },
  required: ['clientToken', 'expirationTime', 'channelSubtypeParameters'],
};

export const OUTBOUND_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: OUTBOUND_REQUEST,
  limit: bound({ min: 1, max: 25 }),
};

export const PAUSE_CAMPAIGN_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
  },
  required: ['id'],
  path: ['id'],
};

export const PROFILE_ID: TextShape = { kind: 'string', pattern: '[a-f0-9]{32}' };

export const PROFILE_OUTBOUND_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    profileId: PROFILE_ID,
    expirationTime: TIME_STAMP,
    eventTriggerContext: EVENT_TRIGGER_CONTEXT,
  },
  required: ['clientToken', 'profileId'],
};

export const PROFILE_OUTBOUND_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: PROFILE_OUTBOUND_REQUEST,
  limit: bound({ min: 1, max: 20 }),
};

export const PUT_CONNECT_INSTANCE_INTEGRATION_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    integrationConfig: INTEGRATION_CONFIG,
  },
  required: ['connectInstanceId', 'integrationConfig'],
  path: ['connectInstanceId'],
};

export const PUT_INSTANCE_COMMUNICATION_LIMITS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    connectInstanceId: INSTANCE_ID,
    communicationLimitsConfig: INSTANCE_COMMUNICATION_LIMITS_CONFIG,
  },
  required: ['connectInstanceId', 'communicationLimitsConfig'],
  path: ['connectInstanceId'],
};

export const PUT_OUTBOUND_REQUEST_BATCH_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    outboundRequests: OUTBOUND_REQUEST_LIST,
  },
  required: ['id', 'outboundRequests'],
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

export const PUT_OUTBOUND_REQUEST_BATCH_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    successfulRequests: SUCCESSFUL_REQUEST_LIST,
    failedRequests: FAILED_REQUEST_LIST,
  },
};

export const PUT_PROFILE_OUTBOUND_REQUEST_BATCH_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    profileOutboundRequests: PROFILE_OUTBOUND_REQUEST_LIST,
  },
  required: ['id', 'profileOutboundRequests'],
  path: ['id'],
};

export const SUCCESSFUL_PROFILE_OUTBOUND_REQUEST: StructureShape = {
  kind: 'structure',
  members: {
    clientToken: CLIENT_TOKEN,
    id: PROFILE_OUTBOUND_REQUEST_ID,
  },
};

export const SUCCESSFUL_PROFILE_OUTBOUND_REQUEST_LIST: ListShape = {
  kind: 'list',
  of: SUCCESSFUL_PROFILE_OUTBOUND_REQUEST,
  limit: bound({ min: 0, max: 20 }),
};

export const PUT_PROFILE_OUTBOUND_REQUEST_BATCH_RESPONSE: AnswerShape = {
  kind: 'structure',
  members: {
    successfulRequests: SUCCESSFUL_PROFILE_OUTBOUND_REQUEST_LIST,
    failedRequests: FAILED_PROFILE_OUTBOUND_REQUEST_LIST,
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

export const UPDATE_CAMPAIGN_CHANNEL_SUBTYPE_CONFIG_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    channelSubtypeConfig: CHANNEL_SUBTYPE_CONFIG,
  },
  required: ['id', 'channelSubtypeConfig'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_COMMUNICATION_LIMITS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    communicationLimitsOverride: COMMUNICATION_LIMITS_CONFIG,
  },
  required: ['id', 'communicationLimitsOverride'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_COMMUNICATION_TIME_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    communicationTimeConfig: COMMUNICATION_TIME_CONFIG,
  },
  required: ['id', 'communicationTimeConfig'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_ENTRY_LIMITS_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    entryLimitsConfig: ENTRY_LIMITS_CONFIG,
  },
  required: ['id', 'entryLimitsConfig'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_FLOW_ASSOCIATION_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    connectCampaignFlowArn: ARN,
  },
  required: ['id', 'connectCampaignFlowArn'],
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

export const UPDATE_CAMPAIGN_SCHEDULE_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    schedule: SCHEDULE,
  },
  required: ['id', 'schedule'],
  path: ['id'],
};

export const UPDATE_CAMPAIGN_SOURCE_REQUEST: RequestShape = {
  kind: 'structure',
  members: {
    id: CAMPAIGN_ID,
    source: SOURCE,
  },
  required: ['id', 'source'],
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
