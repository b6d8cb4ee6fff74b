/**
 * The types of the requests and answers of connect-campaigns 2021-01-30.
 *
 * `npm run models` writes this file. Do not edit it.
 * Source: botocore 1.44.8 (Apache-2.0), botocore/data/connectcampaigns/2021-01-30/service-2.json.
 */

export interface AgentlessDialerConfig {
  readonly dialingCapacity?: number;
}

export interface AnswerMachineDetectionConfig {
  readonly enableAnswerMachineDetection: boolean;
  readonly awaitAnswerMachinePrompt?: boolean;
}

export interface Campaign {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly connectInstanceId: string;
  readonly dialerConfig: DialerConfig;
  readonly outboundCallConfig: OutboundCallConfig;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CampaignFilters {
  readonly instanceIdFilter?: InstanceIdFilter;
}

export type CampaignState = 'Initialized' | 'Running' | 'Paused' | 'Stopped' | 'Failed';

export interface CampaignSummary {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly connectInstanceId: string;
}

export interface CreateCampaignRequest {
  readonly name: string;
  readonly connectInstanceId: string;
  readonly dialerConfig: DialerConfig;
  readonly outboundCallConfig: OutboundCallConfig;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CreateCampaignResponse {
  readonly id?: string;
  readonly arn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface DeleteCampaignRequest {
  readonly id: string;
}

export interface DeleteConnectInstanceConfigRequest {
  readonly connectInstanceId: string;
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

export interface DialRequest {
  readonly clientToken: string;
  readonly phoneNumber: string;
  readonly expirationTime: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Exactly one member. */
export type DialerConfig =
  | { readonly progressiveDialerConfig: ProgressiveDialerConfig }
  | { readonly predictiveDialerConfig: PredictiveDialerConfig }
  | { readonly agentlessDialerConfig: AgentlessDialerConfig };

export interface EncryptionConfig {
  readonly enabled: boolean;
  readonly encryptionType?: EncryptionType;
  readonly keyArn?: string;
}

export type EncryptionType = 'KMS';

export interface FailedCampaignStateResponse {
  readonly campaignId?: string;
  readonly failureCode?: GetCampaignStateBatchFailureCode;
}

export interface FailedRequest {
  readonly clientToken?: string;
  readonly id?: string;
  readonly failureCode?: FailureCode;
}

export type FailureCode = 'InvalidInput' | 'RequestThrottled' | 'UnknownError';

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

export interface GetInstanceOnboardingJobStatusRequest {
  readonly connectInstanceId: string;
}

export interface GetInstanceOnboardingJobStatusResponse {
  readonly connectInstanceOnboardingJobStatus?: InstanceOnboardingJobStatus;
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

export interface ListCampaignsRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
  readonly filters?: CampaignFilters;
}

export interface ListCampaignsResponse {
  readonly nextToken?: string;
  readonly campaignSummaryList?: readonly CampaignSummary[];
}

export interface ListTagsForResourceRequest {
  readonly arn: string;
}

export interface ListTagsForResourceResponse {
  readonly tags?: Readonly<Record<string, string>>;
}

export interface OutboundCallConfig {
  readonly connectContactFlowId: string;
  readonly connectSourcePhoneNumber?: string;
  readonly connectQueueId?: string;
  readonly answerMachineDetectionConfig?: AnswerMachineDetectionConfig;
}

export interface PauseCampaignRequest {
  readonly id: string;
}

export interface PredictiveDialerConfig {
  readonly bandwidthAllocation: number;
  readonly dialingCapacity?: number;
}

export interface ProgressiveDialerConfig {
  readonly bandwidthAllocation: number;
  readonly dialingCapacity?: number;
}

export interface PutDialRequestBatchRequest {
  readonly id: string;
  readonly dialRequests: readonly DialRequest[];
}

export interface PutDialRequestBatchResponse {
  readonly successfulRequests?: readonly SuccessfulRequest[];
  readonly failedRequests?: readonly FailedRequest[];
}

export interface ResumeCampaignRequest {
  readonly id: string;
}

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

export interface SuccessfulRequest {
  readonly clientToken?: string;
  readonly id?: string;
}

export interface TagResourceRequest {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UntagResourceRequest {
  readonly arn: string;
  readonly tagKeys: readonly string[];
}

export interface UpdateCampaignDialerConfigRequest {
  readonly id: string;
  readonly dialerConfig: DialerConfig;
}

export interface UpdateCampaignNameRequest {
  readonly id: string;
  readonly name: string;
}

export interface UpdateCampaignOutboundCallConfigRequest {
  readonly id: string;
  readonly connectContactFlowId?: string;
  readonly connectSourcePhoneNumber?: string;
  readonly answerMachineDetectionConfig?: AnswerMachineDetectionConfig;
}
