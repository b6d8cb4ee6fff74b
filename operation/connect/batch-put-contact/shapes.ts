/** The shapes of BatchPutContact, member names exactly as on the wire (Connect API 2017-08-08). */

import type { AllowedUserAction, EndpointType, OutboundStrategyType } from '../enums.ts';

/** A value that should be `T`. A client may send any text, because clients do not check enums. */
export type Unchecked<T extends string> = T | (string & {});

export interface Endpoint {
  readonly Type?: Unchecked<EndpointType>;
  readonly Address?: string;
}

export interface Campaign {
  readonly CampaignId?: string;
}

/** Preview dialling: how long the agent may look at the contact (seconds), and what the agent may do. */
export interface Preview {
  readonly PostAcceptTimeoutConfig: { readonly DurationInSeconds: number };
  readonly AllowedUserActions: readonly Unchecked<AllowedUserAction>[];
}

export interface OutboundStrategy {
  readonly Type: Unchecked<OutboundStrategyType>;
  readonly Config?: { readonly AgentFirst?: { readonly Preview?: Preview } };
}

/** One contact to create. The model requires no member. */
export interface ContactDataRequest {
  readonly SystemEndpoint?: Endpoint;
  readonly CustomerEndpoint?: Endpoint;
  readonly RequestIdentifier?: string;
  readonly QueueId?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly Campaign?: Campaign;
  readonly OutboundStrategy?: OutboundStrategy;
}

/** The body of the call. `InstanceId` is sent in the path. */
export interface BatchPutContactBody {
  readonly ClientToken?: string;
  readonly ContactDataRequestList: readonly ContactDataRequest[];
}

export interface BatchPutContactRequest extends BatchPutContactBody {
  readonly InstanceId: string;
}

export interface SuccessfulRequest {
  readonly RequestIdentifier?: string;
  readonly ContactId: string;
}

export interface FailedRequest<Code extends string = string> {
  readonly RequestIdentifier?: string;
  readonly FailureReasonCode: Code;
  readonly FailureReasonMessage?: string;
}

/** The 200 answer: each item of the batch appears in one of the two lists. */
export interface BatchPutContactResponse<Code extends string = string> {
  readonly SuccessfulRequestList?: readonly SuccessfulRequest[];
  readonly FailedRequestList?: readonly FailedRequest<Code>[];
}
