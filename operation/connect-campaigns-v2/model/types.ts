/**
 * The types of the requests and answers of connect-campaigns-v2 2024-04-23.
 *
 * `npm run models` writes this file. Do not edit it.
 * Source: botocore 1.44.8 (Apache-2.0), botocore/data/connectcampaignsv2/2024-04-23/service-2.json.
 */

export interface AbandonmentRatePacingConfig {
  readonly targetRate: number;
  readonly connectionStartPoint: ConnectionStartPoint;
  readonly connectionThresholdSeconds: number;
  readonly evaluationWindow: string;
}

export type AgentAction = 'DISCARD';

export type AgentlessConfig = Readonly<Record<string, never>>;

export interface AnswerMachineDetectionConfig {
  readonly enableAnswerMachineDetection: boolean;
  readonly awaitAnswerMachinePrompt?: boolean;
}

export interface Campaign {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly connectInstanceId: string;
  readonly channelSubtypeConfig?: ChannelSubtypeConfig;
  readonly type?: ExternalCampaignType;
  readonly source?: Source;
  readonly connectCampaignFlowArn?: string;
  readonly schedule?: Schedule;
  readonly entryLimitsConfig?: EntryLimitsConfig;
  readonly communicationTimeConfig?: CommunicationTimeConfig;
  readonly communicationLimitsOverride?: CommunicationLimitsConfig;
  readonly lastModifiedTime?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export type CampaignDeletionPolicy = 'RETAIN_ALL' | 'DELETE_ALL';

export interface CampaignFilters {
  readonly instanceIdFilter?: InstanceIdFilter;
}

export type CampaignState =
  | 'Initialized'
  | 'Running'
  | 'Paused'
  | 'Stopped'
  | 'Failed'
  | 'Completed';

export interface CampaignSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly connectInstanceId: string;
  readonly channelSubtypes: readonly ChannelSubtype[];
  readonly type?: ExternalCampaignType;
  readonly schedule?: Schedule;
  readonly entryLimitsConfig?: EntryLimitsConfig;
  readonly connectCampaignFlowArn?: string;
  readonly lastModifiedTime?: string;
}

export interface ChannelContext {
  readonly webNotificationContext?: WebNotificationContext;
}

export type ChannelSubtype = 'TELEPHONY' | 'SMS' | 'EMAIL' | 'WHATSAPP';

export interface ChannelSubtypeConfig {
  readonly telephony?: TelephonyChannelSubtypeConfig;
  readonly sms?: SmsChannelSubtypeConfig;
  readonly email?: EmailChannelSubtypeConfig;
  readonly whatsApp?: WhatsAppChannelSubtypeConfig;
}

/** Exactly one member. */
export type ChannelSubtypeParameters =
  | { readonly telephony: TelephonyChannelSubtypeParameters }
  | { readonly sms: SmsChannelSubtypeParameters }
  | { readonly email: EmailChannelSubtypeParameters }
  | { readonly whatsApp: WhatsAppChannelSubtypeParameters };

export interface CommunicationLimit {
  readonly maxCountPerRecipient: number;
  readonly frequency: number;
  readonly unit: CommunicationLimitTimeUnit;
}

export type CommunicationLimitTimeUnit = 'DAY';

/** Exactly one member. */
export type CommunicationLimits = {
  readonly communicationLimitsList: readonly CommunicationLimit[];
};

export interface CommunicationLimitsConfig {
  readonly allChannelSubtypes?: CommunicationLimits;
  readonly instanceLimitsHandling?: InstanceLimitsHandling;
}

export type CommunicationLimitsConfigType = 'ALL_CHANNEL_SUBTYPES';

export interface CommunicationTimeConfig {
  readonly localTimeZoneConfig: LocalTimeZoneConfig;
  readonly telephony?: TimeWindow;
  readonly sms?: TimeWindow;
  readonly email?: TimeWindow;
  readonly whatsApp?: TimeWindow;
}

export type CommunicationTimeConfigType = 'TELEPHONY' | 'SMS' | 'EMAIL' | 'WHATSAPP';

export type ConnectionStartPoint = 'CONNECTED_TO_SYSTEM' | 'GREETING_START' | 'GREETING_END';

export interface CreateCampaignRequest {
  readonly name: string;
  readonly connectInstanceId: string;
  readonly channelSubtypeConfig?: ChannelSubtypeConfig;
  readonly type?: ExternalCampaignType;
  readonly source?: Source;
  readonly connectCampaignFlowArn?: string;
  readonly schedule?: Schedule;
  readonly entryLimitsConfig?: EntryLimitsConfig;
  readonly communicationTimeConfig?: CommunicationTimeConfig;
  readonly communicationLimitsOverride?: CommunicationLimitsConfig;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateCampaignResponse {
  readonly id?: string;
  readonly arn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CustomerProfilesIntegrationConfig {
  readonly domainArn: string;
  readonly objectTypeNames: Readonly<Partial<Record<EventType, string>>>;
}

export interface CustomerProfilesIntegrationIdentifier {
  readonly domainArn: string;
}

export interface CustomerProfilesIntegrationSummary {
  readonly domainArn: string;
  readonly objectTypeNames: Readonly<Partial<Record<EventType, string>>>;
}

export type DayOfWeek =
  | 'MONDAY'
  | 'TUESDAY'
  | 'WEDNESDAY'
  | 'THURSDAY'
  | 'FRIDAY'
  | 'SATURDAY'
  | 'SUNDAY';

export interface DeleteCampaignChannelSubtypeConfigRequest {
  readonly id: string;
  readonly channelSubtype: ChannelSubtype;
}

export interface DeleteCampaignCommunicationLimitsRequest {
  readonly id: string;
  readonly config: CommunicationLimitsConfigType;
}

export interface DeleteCampaignCommunicationTimeRequest {
  readonly id: string;
  readonly config: CommunicationTimeConfigType;
}

export interface DeleteCampaignEntryLimitsRequest {
  readonly id: string;
}

export interface DeleteCampaignRequest {
  readonly id: string;
}

export interface DeleteConnectInstanceConfigRequest {
  readonly connectInstanceId: string;
  readonly campaignDeletionPolicy?: CampaignDeletionPolicy;
}

export interface DeleteConnectInstanceIntegrationRequest {
  readonly connectInstanceId: string;
  readonly integrationIdentifier: IntegrationIdentifier;
}

export interface DeleteInstanceOnboardingJobRequest {
  readonly connectInstanceId: string;
}

export interface DescribeCampaignRequest {
  readonly id: string;
}

export interface DescribeCampaignResponse {
  readonly campaign?: Campaign;
}

export interface EmailChannelSubtypeConfig {
  readonly capacity?: number;
  readonly outboundMode: EmailOutboundMode;
  readonly defaultOutboundConfig: EmailOutboundConfig;
}

export interface EmailChannelSubtypeParameters {
  readonly destinationEmailAddress: string;
  readonly connectSourceEmailAddress?: string;
  readonly templateArn?: string;
  readonly templateParameters: Readonly<Record<string, string>>;
}

export interface EmailOutboundConfig {
  readonly connectSourceEmailAddress: string;
  readonly sourceEmailAddressDisplayName?: string;
  readonly wisdomTemplateArn: string;
}

/** Exactly one member. */
export type EmailOutboundMode = { readonly agentless: AgentlessConfig };

export interface EncryptionConfig {
  readonly enabled: boolean;
  readonly encryptionType?: EncryptionType;
  readonly keyArn?: string;
}

export type EncryptionType = 'KMS';

export interface EntryLimitsConfig {
  readonly maxEntryCount: number;
  readonly minEntryInterval: string;
}

export interface EventTrigger {
  readonly customerProfilesDomainArn?: string;
}

export interface EventTriggerContext {
  readonly sourceEvent?: string;
  readonly channelContext?: ChannelContext;
}

export type EventType =
  | 'Campaign-Email'
  | 'Campaign-SMS'
  | 'Campaign-Telephony'
  | 'Campaign-Orchestration'
  | 'Campaign-WhatsApp'
  | 'Campaign-WebNotification';

export type ExternalCampaignType = 'MANAGED' | 'JOURNEY';

export interface FailedCampaignStateResponse {
  readonly campaignId?: string;
  readonly failureCode?: GetCampaignStateBatchFailureCode;
}

export interface FailedProfileOutboundRequest {
  readonly clientToken?: string;
  readonly id?: string;
  readonly failureCode?: ProfileOutboundRequestFailureCode;
}

export interface FailedRequest {
  readonly clientToken?: string;
  readonly id?: string;
  readonly failureCode?: FailureCode;
}

export type FailureCode =
  | 'InvalidInput'
  | 'RequestThrottled'
  | 'UnknownError'
  | 'BufferLimitExceeded';

export type GetCampaignStateBatchFailureCode = 'ResourceNotFound' | 'UnknownError';

export interface GetCampaignStateBatchRequest {
  readonly campaignIds: readonly string[];
}

export interface GetCampaignStateBatchResponse {
  readonly successfulRequests?: readonly SuccessfulCampaignStateResponse[];
  readonly failedRequests?: readonly FailedCampaignStateResponse[];
}

export interface GetCampaignStateRequest {
  readonly id: string;
}

export interface GetCampaignStateResponse {
  readonly state?: CampaignState;
}

export interface GetConnectInstanceConfigRequest {
  readonly connectInstanceId: string;
}

export interface GetConnectInstanceConfigResponse {
  readonly connectInstanceConfig?: InstanceConfig;
}

export interface GetInstanceCommunicationLimitsRequest {
  readonly connectInstanceId: string;
}

export interface GetInstanceCommunicationLimitsResponse {
  readonly communicationLimitsConfig?: InstanceCommunicationLimitsConfig;
}

export interface GetInstanceOnboardingJobStatusRequest {
  readonly connectInstanceId: string;
}

export interface GetInstanceOnboardingJobStatusResponse {
  readonly connectInstanceOnboardingJobStatus?: InstanceOnboardingJobStatus;
}

export interface InstanceCommunicationLimitsConfig {
  readonly allChannelSubtypes?: CommunicationLimits;
}

export interface InstanceConfig {
  readonly connectInstanceId: string;
  readonly serviceLinkedRoleArn: string;
  readonly encryptionConfig: EncryptionConfig;
}

export interface InstanceIdFilter {
  readonly value: string;
  readonly operator: InstanceIdFilterOperator;
}

export type InstanceIdFilterOperator = 'Eq';

export type InstanceLimitsHandling = 'OPT_IN' | 'OPT_OUT';

export type InstanceOnboardingJobFailureCode =
  | 'EVENT_BRIDGE_ACCESS_DENIED'
  | 'EVENT_BRIDGE_MANAGED_RULE_LIMIT_EXCEEDED'
  | 'IAM_ACCESS_DENIED'
  | 'KMS_ACCESS_DENIED'
  | 'KMS_KEY_NOT_FOUND'
  | 'INTERNAL_FAILURE';

export interface InstanceOnboardingJobStatus {
  readonly connectInstanceId: string;
  readonly status: InstanceOnboardingJobStatusCode;
  readonly failureCode?: InstanceOnboardingJobFailureCode;
}

export type InstanceOnboardingJobStatusCode = 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';

/** Exactly one member. */
export type IntegrationConfig =
  | { readonly customerProfiles: CustomerProfilesIntegrationConfig }
  | { readonly qConnect: QConnectIntegrationConfig }
  | { readonly lambda: LambdaIntegrationConfig };

/** Exactly one member. */
export type IntegrationIdentifier =
  | { readonly customerProfiles: CustomerProfilesIntegrationIdentifier }
  | { readonly qConnect: QConnectIntegrationIdentifier }
  | { readonly lambda: LambdaIntegrationIdentifier };

/** Exactly one member. */
export type IntegrationSummary =
  | { readonly customerProfiles: CustomerProfilesIntegrationSummary }
  | { readonly qConnect: QConnectIntegrationSummary }
  | { readonly lambda: LambdaIntegrationSummary };

export interface LambdaIntegrationConfig {
  readonly functionArn: string;
}

export interface LambdaIntegrationIdentifier {
  readonly functionArn: string;
}

export interface LambdaIntegrationSummary {
  readonly functionArn: string;
}

export interface ListCampaignsRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly filters?: CampaignFilters;
}

export interface ListCampaignsResponse {
  readonly nextToken?: string;
  readonly campaignSummaryList?: readonly CampaignSummary[];
}

export interface ListConnectInstanceIntegrationsRequest {
  readonly connectInstanceId: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface ListConnectInstanceIntegrationsResponse {
  readonly nextToken?: string;
  readonly integrationSummaryList?: readonly IntegrationSummary[];
}

export interface ListTagsForResourceRequest {
  readonly arn: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: Readonly<Record<string, string>>;
}

export interface LocalTimeZoneConfig {
  readonly defaultTimeZone?: string;
  readonly localTimeZoneDetection?: readonly LocalTimeZoneDetectionType[];
  readonly localTimeZoneDetectionScope?: LocalTimeZoneDetectionScope;
}

export type LocalTimeZoneDetectionScope = 'PRIMARY_ONLY' | 'ALL_AVAILABLE';

export type LocalTimeZoneDetectionType = 'ZIP_CODE' | 'AREA_CODE';

/** Exactly one member. */
export type OpenHours = {
  readonly dailyHours: Readonly<Partial<Record<DayOfWeek, readonly TimeRange[]>>>;
};

export interface OutboundRequest {
  readonly clientToken: string;
  readonly expirationTime: string;
  readonly channelSubtypeParameters: ChannelSubtypeParameters;
}

/** Exactly one member. */
export type PacingStrategy = { readonly abandonmentRate: AbandonmentRatePacingConfig };

export interface PauseCampaignRequest {
  readonly id: string;
}

export interface PredictiveConfig {
  readonly bandwidthAllocation: number;
  readonly pacingStrategies?: readonly PacingStrategy[];
}

export interface PreviewConfig {
  readonly bandwidthAllocation: number;
  readonly timeoutConfig: TimeoutConfig;
  readonly agentActions?: readonly AgentAction[];
}

export interface ProfileOutboundRequest {
  readonly clientToken: string;
  readonly profileId: string;
  readonly expirationTime?: string;
  readonly eventTriggerContext?: EventTriggerContext;
}

export type ProfileOutboundRequestFailureCode =
  | 'UnknownError'
  | 'ResourceNotFound'
  | 'Conflict'
  | 'RequestThrottled'
  | 'InvalidInput';

export interface ProgressiveConfig {
  readonly bandwidthAllocation: number;
}

export interface PutConnectInstanceIntegrationRequest {
  readonly connectInstanceId: string;
  readonly integrationConfig: IntegrationConfig;
}

export interface PutInstanceCommunicationLimitsRequest {
  readonly connectInstanceId: string;
  readonly communicationLimitsConfig: InstanceCommunicationLimitsConfig;
}

export interface PutOutboundRequestBatchRequest {
  readonly id: string;
  readonly outboundRequests: readonly OutboundRequest[];
}

export interface PutOutboundRequestBatchResponse {
  readonly successfulRequests?: readonly SuccessfulRequest[];
  readonly failedRequests?: readonly FailedRequest[];
}

export interface PutProfileOutboundRequestBatchRequest {
  readonly id: string;
  readonly profileOutboundRequests: readonly ProfileOutboundRequest[];
}

export interface PutProfileOutboundRequestBatchResponse {
  readonly successfulRequests?: readonly SuccessfulProfileOutboundRequest[];
  readonly failedRequests?: readonly FailedProfileOutboundRequest[];
}

export interface QConnectIntegrationConfig {
  readonly knowledgeBaseArn: string;
}

export interface QConnectIntegrationIdentifier {
  readonly knowledgeBaseArn: string;
}

export interface QConnectIntegrationSummary {
  readonly knowledgeBaseArn: string;
}

export interface RestrictedPeriod {
  readonly name?: string;
  readonly startDate: string;
  readonly endDate: string;
}

/** Exactly one member. */
export type RestrictedPeriods = { readonly restrictedPeriodList: readonly RestrictedPeriod[] };

export interface ResumeCampaignRequest {
  readonly id: string;
}

export interface Schedule {
  readonly startTime: string;
  readonly endTime: string;
  readonly refreshFrequency?: string;
}

export interface SmsChannelSubtypeConfig {
  readonly capacity?: number;
  readonly outboundMode: SmsOutboundMode;
  readonly defaultOutboundConfig: SmsOutboundConfig;
}

export interface SmsChannelSubtypeParameters {
  readonly destinationPhoneNumber: string;
  readonly connectSourcePhoneNumberArn?: string;
  readonly templateArn?: string;
  readonly templateParameters: Readonly<Record<string, string>>;
}

export interface SmsOutboundConfig {
  readonly connectSourcePhoneNumberArn: string;
  readonly wisdomTemplateArn: string;
}

/** Exactly one member. */
export type SmsOutboundMode = { readonly agentless: AgentlessConfig };

/** Exactly one member. */
export type Source =
  | { readonly customerProfilesSegmentArn: string }
  | { readonly eventTrigger: EventTrigger };

export interface StartCampaignRequest {
  readonly id: string;
}

export interface StartInstanceOnboardingJobRequest {
  readonly connectInstanceId: string;
  readonly encryptionConfig: EncryptionConfig;
}

export interface StartInstanceOnboardingJobResponse {
  readonly connectInstanceOnboardingJobStatus?: InstanceOnboardingJobStatus;
}

export interface StopCampaignRequest {
  readonly id: string;
}

export interface SuccessfulCampaignStateResponse {
  readonly campaignId?: string;
  readonly state?: CampaignState;
}

export interface SuccessfulProfileOutboundRequest {
  readonly clientToken?: string;
  readonly id?: string;
}

export interface SuccessfulRequest {
  readonly clientToken?: string;
  readonly id?: string;
}

export interface TagResourceRequest {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface TelephonyChannelSubtypeConfig {
  readonly capacity?: number;
  readonly connectQueueId?: string;
  readonly outboundMode: TelephonyOutboundMode;
  readonly defaultOutboundConfig: TelephonyOutboundConfig;
}

export interface TelephonyChannelSubtypeParameters {
  readonly destinationPhoneNumber: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly connectSourcePhoneNumber?: string;
  readonly answerMachineDetectionConfig?: AnswerMachineDetectionConfig;
  readonly ringTimeout?: number;
}

export interface TelephonyOutboundConfig {
  readonly connectContactFlowId: string;
  readonly connectSourcePhoneNumber?: string;
  readonly answerMachineDetectionConfig?: AnswerMachineDetectionConfig;
  readonly ringTimeout?: number;
}

/** Exactly one member. */
export type TelephonyOutboundMode =
  | { readonly progressive: ProgressiveConfig }
  | { readonly predictive: PredictiveConfig }
  | { readonly agentless: AgentlessConfig }
  | { readonly preview: PreviewConfig };

export interface TimeRange {
  readonly startTime: string;
  readonly endTime: string;
}

export interface TimeWindow {
  readonly openHours: OpenHours;
  readonly restrictedPeriods?: RestrictedPeriods;
}

export interface TimeoutConfig {
  readonly durationInSeconds: number;
}

export interface UntagResourceRequest {
  readonly arn: string;
  readonly tagKeys: readonly string[];
}

export interface UpdateCampaignChannelSubtypeConfigRequest {
  readonly id: string;
  readonly channelSubtypeConfig: ChannelSubtypeConfig;
}

export interface UpdateCampaignCommunicationLimitsRequest {
  readonly id: string;
  readonly communicationLimitsOverride: CommunicationLimitsConfig;
}

export interface UpdateCampaignCommunicationTimeRequest {
  readonly id: string;
  readonly communicationTimeConfig: CommunicationTimeConfig;
}

export interface UpdateCampaignEntryLimitsRequest {
  readonly id: string;
  readonly entryLimitsConfig: EntryLimitsConfig;
}

export interface UpdateCampaignFlowAssociationRequest {
  readonly id: string;
  readonly connectCampaignFlowArn: string;
}

export interface UpdateCampaignNameRequest {
  readonly id: string;
  readonly name: string;
}

export interface UpdateCampaignScheduleRequest {
  readonly id: string;
  readonly schedule: Schedule;
}

export interface UpdateCampaignSourceRequest {
  readonly id: string;
  readonly source: Source;
}

export interface WebNotificationContext {
  readonly sessionId?: string;
  readonly browserId?: string;
}

export interface WhatsAppChannelSubtypeConfig {
  readonly capacity?: number;
  readonly outboundMode: WhatsAppOutboundMode;
  readonly defaultOutboundConfig: WhatsAppOutboundConfig;
}

export interface WhatsAppChannelSubtypeParameters {
  readonly destinationPhoneNumber: string;
  readonly connectSourcePhoneNumberArn?: string;
  readonly templateArn?: string;
  readonly templateParameters: Readonly<Record<string, string>>;
}

export interface WhatsAppOutboundConfig {
  readonly connectSourcePhoneNumberArn: string;
  readonly wisdomTemplateArn: string;
}

/** Exactly one member. */
export type WhatsAppOutboundMode = { readonly agentless: AgentlessConfig };
