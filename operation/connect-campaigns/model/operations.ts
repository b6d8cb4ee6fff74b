/**
 * The operations of connect-campaigns 2021-01-30.
 *
 * `npm run models` writes this file. Do not edit it.
 * Source: botocore 1.44.8 (Apache-2.0), botocore/data/connectcampaigns/2021-01-30/service-2.json.
 */

import type { AwsService, ModelledOperation } from '../../aws/definition/model.ts';
import { NOTHING } from '../../aws/shape/shapes.ts';
import {
  ACCESS_DENIED_EXCEPTION,
  CONFLICT_EXCEPTION,
  CREATE_CAMPAIGN_REQUEST,
  CREATE_CAMPAIGN_RESPONSE,
  DELETE_CAMPAIGN_REQUEST,
  DELETE_CONNECT_INSTANCE_CONFIG_REQUEST,
  DELETE_INSTANCE_ONBOARDING_JOB_REQUEST,
  DESCRIBE_CAMPAIGN_REQUEST,
  DESCRIBE_CAMPAIGN_RESPONSE,
  GET_CAMPAIGN_STATE_BATCH_REQUEST,
  GET_CAMPAIGN_STATE_BATCH_RESPONSE,
  GET_CAMPAIGN_STATE_REQUEST,
  GET_CAMPAIGN_STATE_RESPONSE,
  GET_CONNECT_INSTANCE_CONFIG_REQUEST,
  GET_CONNECT_INSTANCE_CONFIG_RESPONSE,
  GET_INSTANCE_ONBOARDING_JOB_STATUS_REQUEST,
  GET_INSTANCE_ONBOARDING_JOB_STATUS_RESPONSE,
  INTERNAL_SERVER_EXCEPTION,
  INVALID_CAMPAIGN_STATE_EXCEPTION,
  INVALID_STATE_EXCEPTION,
  LIST_CAMPAIGNS_REQUEST,
  LIST_CAMPAIGNS_RESPONSE,
  LIST_TAGS_FOR_RESOURCE_REQUEST,
  LIST_TAGS_FOR_RESOURCE_RESPONSE,
  PAUSE_CAMPAIGN_REQUEST,
  PROVENANCE,
  PUT_DIAL_REQUEST_BATCH_REQUEST,
  PUT_DIAL_REQUEST_BATCH_RESPONSE,
  RESOURCE_NOT_FOUND_EXCEPTION,
  RESUME_CAMPAIGN_REQUEST,
  SERVICE_QUOTA_EXCEEDED_EXCEPTION,
  START_CAMPAIGN_REQUEST,
  START_INSTANCE_ONBOARDING_JOB_REQUEST,
  START_INSTANCE_ONBOARDING_JOB_RESPONSE,
  STOP_CAMPAIGN_REQUEST,
  TAG_RESOURCE_REQUEST,
  THROTTLING_EXCEPTION,
  UNTAG_RESOURCE_REQUEST,
  UPDATE_CAMPAIGN_DIALER_CONFIG_REQUEST,
  UPDATE_CAMPAIGN_NAME_REQUEST,
  UPDATE_CAMPAIGN_OUTBOUND_CALL_CONFIG_REQUEST,
  VALIDATION_EXCEPTION,
} from './shapes.ts';
import type {
  CreateCampaignRequest,
  CreateCampaignResponse,
  DeleteCampaignRequest,
  DeleteConnectInstanceConfigRequest,
  DeleteInstanceOnboardingJobRequest,
  DescribeCampaignRequest,
  DescribeCampaignResponse,
  GetCampaignStateBatchRequest,
  GetCampaignStateBatchResponse,
  GetCampaignStateRequest,
  GetCampaignStateResponse,
  GetConnectInstanceConfigRequest,
  GetConnectInstanceConfigResponse,
  GetInstanceOnboardingJobStatusRequest,
  GetInstanceOnboardingJobStatusResponse,
  ListCampaignsRequest,
  ListCampaignsResponse,
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  PauseCampaignRequest,
  PutDialRequestBatchRequest,
  PutDialRequestBatchResponse,
  ResumeCampaignRequest,
  StartCampaignRequest,
  StartInstanceOnboardingJobRequest,
  StartInstanceOnboardingJobResponse,
  StopCampaignRequest,
  TagResourceRequest,
  UntagResourceRequest,
  UpdateCampaignDialerConfigRequest,
  UpdateCampaignNameRequest,
  UpdateCampaignOutboundCallConfigRequest,
} from './types.ts';

export const SERVICE: AwsService = {
  signingName: 'connect-campaigns',
  endpointPrefix: 'connect-campaigns',
  apiVersion: '2021-01-30',
  protocol: 'rest-json',
  errorText: 'message',
  errors: {
    AccessDeniedException: ACCESS_DENIED_EXCEPTION,
    ConflictException: CONFLICT_EXCEPTION,
    InternalServerException: INTERNAL_SERVER_EXCEPTION,
    InvalidCampaignStateException: INVALID_CAMPAIGN_STATE_EXCEPTION,
    InvalidStateException: INVALID_STATE_EXCEPTION,
    ResourceNotFoundException: RESOURCE_NOT_FOUND_EXCEPTION,
    ServiceQuotaExceededException: SERVICE_QUOTA_EXCEEDED_EXCEPTION,
    ThrottlingException: THROTTLING_EXCEPTION,
    ValidationException: VALIDATION_EXCEPTION,
  },
};

export const MODEL = {
  CreateCampaign: {
    name: 'CreateCampaign',
    service: SERVICE,
    method: 'PUT',
    uri: '/campaigns',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      AccessDeniedException: 403,
      ServiceQuotaExceededException: 402,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: CREATE_CAMPAIGN_REQUEST,
    output: CREATE_CAMPAIGN_RESPONSE,
  },
  DeleteCampaign: {
    name: 'DeleteCampaign',
    service: SERVICE,
    method: 'DELETE',
    uri: '/campaigns/{id}',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: DELETE_CAMPAIGN_REQUEST,
    output: NOTHING,
  },
  DeleteConnectInstanceConfig: {
    name: 'DeleteConnectInstanceConfig',
    service: SERVICE,
    method: 'DELETE',
    uri: '/connect-instance/{connectInstanceId}/config',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
      InvalidStateException: 409,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: DELETE_CONNECT_INSTANCE_CONFIG_REQUEST,
    output: NOTHING,
  },
  DeleteInstanceOnboardingJob: {
    name: 'DeleteInstanceOnboardingJob',
    service: SERVICE,
    method: 'DELETE',
    uri: '/connect-instance/{connectInstanceId}/onboarding',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
      InvalidStateException: 409,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: DELETE_INSTANCE_ONBOARDING_JOB_REQUEST,
    output: NOTHING,
  },
  DescribeCampaign: {
    name: 'DescribeCampaign',
    service: SERVICE,
    method: 'GET',
    uri: '/campaigns/{id}',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
    },
    provenance: PROVENANCE,
    input: DESCRIBE_CAMPAIGN_REQUEST,
    output: DESCRIBE_CAMPAIGN_RESPONSE,
  },
  GetCampaignState: {
    name: 'GetCampaignState',
    service: SERVICE,
    method: 'GET',
    uri: '/campaigns/{id}/state',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    provenance: PROVENANCE,
    input: GET_CAMPAIGN_STATE_REQUEST,
    output: GET_CAMPAIGN_STATE_RESPONSE,
  },
  GetCampaignStateBatch: {
    name: 'GetCampaignStateBatch',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns-state',
    status: 200,
    errors: {
      InternalServerException: 500,
      ValidationException: 400,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    provenance: PROVENANCE,
    input: GET_CAMPAIGN_STATE_BATCH_REQUEST,
    output: GET_CAMPAIGN_STATE_BATCH_RESPONSE,
  },
  GetConnectInstanceConfig: {
    name: 'GetConnectInstanceConfig',
    service: SERVICE,
    method: 'GET',
    uri: '/connect-instance/{connectInstanceId}/config',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
    },
    provenance: PROVENANCE,
    input: GET_CONNECT_INSTANCE_CONFIG_REQUEST,
    output: GET_CONNECT_INSTANCE_CONFIG_RESPONSE,
  },
  GetInstanceOnboardingJobStatus: {
    name: 'GetInstanceOnboardingJobStatus',
    service: SERVICE,
    method: 'GET',
    uri: '/connect-instance/{connectInstanceId}/onboarding',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
    },
    provenance: PROVENANCE,
    input: GET_INSTANCE_ONBOARDING_JOB_STATUS_REQUEST,
    output: GET_INSTANCE_ONBOARDING_JOB_STATUS_RESPONSE,
  },
  ListCampaigns: {
    name: 'ListCampaigns',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns-summary',
    status: 200,
    errors: {
      InternalServerException: 500,
      ValidationException: 400,
      AccessDeniedException: 403,
    },
    provenance: PROVENANCE,
    input: LIST_CAMPAIGNS_REQUEST,
    output: LIST_CAMPAIGNS_RESPONSE,
  },
  ListTagsForResource: {
    name: 'ListTagsForResource',
    service: SERVICE,
    method: 'GET',
    uri: '/tags/{arn}',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: LIST_TAGS_FOR_RESOURCE_REQUEST,
    output: LIST_TAGS_FOR_RESOURCE_RESPONSE,
  },
  PauseCampaign: {
    name: 'PauseCampaign',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/pause',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      InvalidCampaignStateException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    provenance: PROVENANCE,
    input: PAUSE_CAMPAIGN_REQUEST,
    output: NOTHING,
  },
  PutDialRequestBatch: {
    name: 'PutDialRequestBatch',
    service: SERVICE,
    method: 'PUT',
    uri: '/campaigns/{id}/dial-requests',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      InvalidCampaignStateException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: PUT_DIAL_REQUEST_BATCH_REQUEST,
    output: PUT_DIAL_REQUEST_BATCH_RESPONSE,
  },
  ResumeCampaign: {
    name: 'ResumeCampaign',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/resume',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      InvalidCampaignStateException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    provenance: PROVENANCE,
    input: RESUME_CAMPAIGN_REQUEST,
    output: NOTHING,
  },
  StartCampaign: {
    name: 'StartCampaign',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/start',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      InvalidCampaignStateException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    provenance: PROVENANCE,
    input: START_CAMPAIGN_REQUEST,
    output: NOTHING,
  },
  StartInstanceOnboardingJob: {
    name: 'StartInstanceOnboardingJob',
    service: SERVICE,
    method: 'PUT',
    uri: '/connect-instance/{connectInstanceId}/onboarding',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: START_INSTANCE_ONBOARDING_JOB_REQUEST,
    output: START_INSTANCE_ONBOARDING_JOB_RESPONSE,
  },
  StopCampaign: {
    name: 'StopCampaign',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/stop',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      InvalidCampaignStateException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    provenance: PROVENANCE,
    input: STOP_CAMPAIGN_REQUEST,
    output: NOTHING,
  },
  TagResource: {
    name: 'TagResource',
    service: SERVICE,
    method: 'POST',
    uri: '/tags/{arn}',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: TAG_RESOURCE_REQUEST,
    output: NOTHING,
  },
  UntagResource: {
    name: 'UntagResource',
    service: SERVICE,
    method: 'DELETE',
    uri: '/tags/{arn}',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: UNTAG_RESOURCE_REQUEST,
    output: NOTHING,
  },
  UpdateCampaignDialerConfig: {
    name: 'UpdateCampaignDialerConfig',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/dialer-config',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      AccessDeniedException: 403,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: UPDATE_CAMPAIGN_DIALER_CONFIG_REQUEST,
    output: NOTHING,
  },
  UpdateCampaignName: {
    name: 'UpdateCampaignName',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/name',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      AccessDeniedException: 403,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: UPDATE_CAMPAIGN_NAME_REQUEST,
    output: NOTHING,
  },
  UpdateCampaignOutboundCallConfig: {
    name: 'UpdateCampaignOutboundCallConfig',
    service: SERVICE,
    method: 'POST',
    uri: '/campaigns/{id}/outbound-call-config',
    status: 200,
    errors: {
      InternalServerException: 500,
      ResourceNotFoundException: 404,
      ValidationException: 400,
      ConflictException: 409,
      AccessDeniedException: 403,
      ThrottlingException: 429,
    },
    traits: ['idempotent'],
    provenance: PROVENANCE,
    input: UPDATE_CAMPAIGN_OUTBOUND_CALL_CONFIG_REQUEST,
    output: NOTHING,
  },
} as const satisfies Readonly<Record<string, ModelledOperation>>;

export type OperationName = keyof typeof MODEL;

/** The type of the request of each operation. */
export interface Requests {
  readonly CreateCampaign: CreateCampaignRequest;
  readonly DeleteCampaign: DeleteCampaignRequest;
  readonly DeleteConnectInstanceConfig: DeleteConnectInstanceConfigRequest;
  readonly DeleteInstanceOnboardingJob: DeleteInstanceOnboardingJobRequest;
  readonly DescribeCampaign: DescribeCampaignRequest;
  readonly GetCampaignState: GetCampaignStateRequest;
  readonly GetCampaignStateBatch: GetCampaignStateBatchRequest;
  readonly GetConnectInstanceConfig: GetConnectInstanceConfigRequest;
  readonly GetInstanceOnboardingJobStatus: GetInstanceOnboardingJobStatusRequest;
  readonly ListCampaigns: ListCampaignsRequest;
  readonly ListTagsForResource: ListTagsForResourceRequest;
  readonly PauseCampaign: PauseCampaignRequest;
  readonly PutDialRequestBatch: PutDialRequestBatchRequest;
  readonly ResumeCampaign: ResumeCampaignRequest;
  readonly StartCampaign: StartCampaignRequest;
  readonly StartInstanceOnboardingJob: StartInstanceOnboardingJobRequest;
  readonly StopCampaign: StopCampaignRequest;
  readonly TagResource: TagResourceRequest;
  readonly UntagResource: UntagResourceRequest;
  readonly UpdateCampaignDialerConfig: UpdateCampaignDialerConfigRequest;
  readonly UpdateCampaignName: UpdateCampaignNameRequest;
  readonly UpdateCampaignOutboundCallConfig: UpdateCampaignOutboundCallConfigRequest;
}

/** The type of the answer of each operation. */
export interface Answers {
  readonly CreateCampaign: CreateCampaignResponse;
  readonly DeleteCampaign: Readonly<Record<string, never>>;
  readonly DeleteConnectInstanceConfig: Readonly<Record<string, never>>;
  readonly DeleteInstanceOnboardingJob: Readonly<Record<string, never>>;
  readonly DescribeCampaign: DescribeCampaignResponse;
  readonly GetCampaignState: GetCampaignStateResponse;
  readonly GetCampaignStateBatch: GetCampaignStateBatchResponse;
  readonly GetConnectInstanceConfig: GetConnectInstanceConfigResponse;
  readonly GetInstanceOnboardingJobStatus: GetInstanceOnboardingJobStatusResponse;
  readonly ListCampaigns: ListCampaignsResponse;
  readonly ListTagsForResource: ListTagsForResourceResponse;
  readonly PauseCampaign: Readonly<Record<string, never>>;
  readonly PutDialRequestBatch: PutDialRequestBatchResponse;
  readonly ResumeCampaign: Readonly<Record<string, never>>;
  readonly StartCampaign: Readonly<Record<string, never>>;
  readonly StartInstanceOnboardingJob: StartInstanceOnboardingJobResponse;
  readonly StopCampaign: Readonly<Record<string, never>>;
  readonly TagResource: Readonly<Record<string, never>>;
  readonly UntagResource: Readonly<Record<string, never>>;
  readonly UpdateCampaignDialerConfig: Readonly<Record<string, never>>;
  readonly UpdateCampaignName: Readonly<Record<string, never>>;
  readonly UpdateCampaignOutboundCallConfig: Readonly<Record<string, never>>;
}
