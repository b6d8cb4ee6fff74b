/**
 * What the campaign engine keeps: one object of plain JSON for each campaign, dial request, batch and instance.
 * A store keeps each object whole, by its kind and id. All moments are epoch milliseconds of the virtual clock.
 */

import type { CampaignState } from '../operation/campaigns/life-cycle.ts';

export type { CampaignState };

export interface Campaign {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** The version of the service that created it. The other version does not see it. */
  readonly api: 'v1' | 'v2';
  readonly name: string;
  /** Bare id. */
  readonly instanceId: string;
  /** The members of the campaign as the caller gave them, except name, instance and tags. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: CampaignState;
  /** When a campaign that is starting becomes Running; null if it is not starting. Its state is then Initialized. */
  readonly runsAt: number | null;
  /** When a schedule ends the campaign; null without a schedule. */
  readonly endsAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Calls of BatchPutContact in a row that were refused with 403 or 404. */
  readonly refusedInARow: number;
}

/** Why a dial request failed: no contact was made of it. */
export type RequestFailure =
  /** A code of BatchPutContact. */
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'EXPIRED_BEFORE_CONTACT' }
  | { readonly kind: 'CAMPAIGN_STOPPED' }
  /** The contact cannot be expressed: an identifier is longer than BatchPutContact allows. */
  | { readonly kind: 'MAPPING' }
  /** BatchPutContact answered 200 twice without the item, or with the item twice. */
  | { readonly kind: 'ANSWER_INCOMPLETE' }
  /** BatchPutContact refused the item, alone in its batch, with 400. */
  | { readonly kind: 'INVALID_REQUEST' }
  /** BatchPutContact refused the call with this error: 403, 404 or 409. */
  | { readonly kind: 'CONTACT_REFUSED'; readonly error: string };

/** A dial request is in exactly one state. FAILED and ENDED are final. */
export type RequestStatus =
  /** Accepted, and in no batch. `notBefore` delays the next batch after a throttled item. */
  | { readonly state: 'ACCEPTED'; readonly notBefore: number; readonly attempts: number }
  /** In a batch whose outcome is not known. It cannot expire or be stopped. */
  | { readonly state: 'SUBMITTING'; readonly batch: string; readonly attempts: number }
  /** The contact exists, and nobody was called. */
  | { readonly state: 'CREATED'; readonly contact: Made }
  /** An agent looks at the contact before the call. It can no longer expire. */
  | {
      readonly state: 'PREVIEW';
      readonly contact: Made;
      readonly agent: AgentOnContact;
      readonly preview: PreviewSettings;
    }
  /** The call was made. Later steps are a function of the seed, the id, `dial`, and the moment of the agent. */
  | {
      readonly state: 'DIALING';
      readonly contact: Made;
      readonly dial: Dial;
      readonly step: DialStep;
      /** Who talks with the customer, or is reserved since the preview. */
      readonly agent?: AgentOnContact;
    }
  | { readonly state: 'FAILED'; readonly failure: RequestFailure; readonly at: number }
  | {
      readonly state: 'ENDED';
      readonly contact: Made;
      /** Null for a contact that was never dialled. */
      readonly dial: Dial | null;
      /** DisconnectReason, in the words of Connect's contact records. */
      readonly reason: string;
      readonly at: number;
      /** Who was with the contact, and when the after-call work is over. */
      readonly agent?: AgentOnContact & {
        readonly freeAt: number;
        /** While the after-call work goes on. It is kept only where the steps of contacts are told. */
        readonly working?: true;
      };
    };

/** An agent, and since when he or she is with a contact. */
export interface AgentOnContact {
  readonly queueId: string | null;
  /** Counted from 0 in the queue. */
  readonly number: number;
  readonly at: number;
  /** When a preview of the contact began. It is left out without one. */
  readonly previewedAt?: number;
}

/** What the settings said of previews when a preview began. */
export interface PreviewSettings {
  /** After so many seconds the contact is called, whatever the agent does. */
  readonly seconds: number;
  /** Whether the agent may discard the contact. */
  readonly discard: boolean;
}

export interface Made {
  readonly contactId: string;
  readonly at: number;
}

export interface Dial {
  /** Drawn when the dial is committed. Two of them for one contact are a second dial. */
  readonly dialId: string;
  readonly at: number;
  readonly call: CallSettings;
}

export type DialMode = 'progressive' | 'predictive' | 'agentless' | 'preview';

/** Answering-machine detection. It can also wait for the prompt of the machine. */
export type Detection = 'off' | 'on' | 'await-prompt';

/** What the settings said when the dial was committed. A later change does not change the course of the call. */
export interface CallSettings {
  readonly mode: DialMode;
  readonly detection: Detection;
  /** Milliseconds for which the phone rings if nobody answers. */
  readonly ringTimeout: number;
  /** The queue whose agents take the call. It is left out without agents. */
  readonly queueId?: string | null;
}

/** How far a call is. */
export type DialStep = 'DIALING' | 'RINGING' | 'DETECTING' | 'FLOW' | 'QUEUED' | 'WITH_AGENT';

export interface DialRequest {
  readonly id: string;
  /** The place in the order of acceptance. A request that is sent again keeps its place. */
  readonly serial: number;
  readonly campaignId: string;
  /** Empty for no token. */
  readonly clientToken: string;
  readonly phoneNumber: string;
  readonly attributes: Readonly<Record<string, string>>;
  /**
   * What a request of version 2 says of its call in place of its campaign: connectSourcePhoneNumber,
   * answerMachineDetectionConfig and ringTimeout, as the caller gave them.
   */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly acceptedAt: number;
  readonly expiresAt: number;
  readonly status: RequestStatus;
}

/** What a dial request was accepted with. It never changes. */
export type Given = Omit<DialRequest, 'status'>;

/** One call of BatchPutContact whose outcome is not known. It is dropped with the commit of its outcome. */
export interface CampaignBatch {
  /** ClientToken. */
  readonly token: string;
  readonly campaignId: string;
  readonly instanceId: string;
  /** In the order of the body. */
  readonly requestIds: readonly string[];
  /** JSON, as it is sent. A retry sends the same text. */
  readonly body: string;
  readonly madeAt: number;
  readonly attempts: number;
  /** Whether an answer without one of its items was already asked for again. */
  readonly askedAgain: boolean;
}

/** What outbound campaigns know about an instance. An instance without a record is onboarded, with defaults. */
export interface CampaignInstance {
  readonly instanceId: string;
  /** The configuration and other members of either version, as the caller gave them; null if it was deleted. */
  readonly config: Readonly<Record<string, unknown>> | null;
  /** When the onboarding succeeds; null if none is in progress. */
  readonly onboardedAt: number | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The kinds of records. */
export interface RecordOf {
  campaign: Campaign;
  request: DialRequest;
  batch: CampaignBatch;
  instance: CampaignInstance;
}

export type RecordKind = keyof RecordOf;

/** A change to what is kept: an object in its new form, or null if it is dropped. */
export type Change = {
  readonly [K in RecordKind]: {
    readonly kind: K;
    readonly id: string;
    readonly value: RecordOf[K] | null;
  };
}[RecordKind];

/** A record with its kind, as a store gives it back. */
export type KeptRecord = {
  readonly [K in RecordKind]: { readonly kind: K; readonly value: RecordOf[K] };
}[RecordKind];
