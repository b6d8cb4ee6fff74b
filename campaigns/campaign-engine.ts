/**
 * The campaign engine: what becomes of campaigns and dial requests, as a pure step.
 *
 * It has no clock, no timers, no source of chance and no I/O. Every method gets the moment, changes the state in
 * memory, and notes what changed. The caller then takes the changes and the actions with `take`, commits the
 * changes, and only after the commit performs the actions or answers a client. If a commit fails, the engine is
 * made again from what the store holds.
 */

import type { CampaignChoices } from '../operation/campaigns/choices.ts';
import type { ContactLife, ContactStage } from '../operation/connect/contact/life.ts';
import type { AgentTime } from './agents.ts';
import type {
  Campaign,
  CampaignBatch,
  CampaignInstance,
  CampaignState,
  Change,
  Dial,
  DialRequest,
  DialStep,
  RequestStatus,
} from './records.ts';
import type { StaffPlan } from './shifts.ts';

export interface EngineOptions {
  readonly account: string;
  readonly region: string;
  /** Makes the course of a call a function of this number. */
  readonly seed: number;
  /** A new UUID: ids of dial requests and dials, and ClientTokens. */
  readonly newId: () => string;
  readonly choices: EngineChoices;
  /** The agents of the queues. If it is left out, every queue has 10. */
  readonly agents?: StaffPlan;
  /**
   * Milliseconds for which a client token means its dial request, and for which a request is kept at least. If it is
   * left out, they are the seven days that AWS documents. A planner, which sends no token twice, needs less.
   */
  readonly tokenLifetime?: number;
  /**
   * What `take` tells: every change, which a store needs, or of dial requests only that they are over. A planner, which
   * keeps nothing, needs no more. Batches then have no body, and dials are not given.
   */
  readonly tells?: 'changes' | 'ends';
  /** Whether the steps of contacts are told as actions. Default false: a planner needs none. */
  readonly tellSteps?: boolean;
}

/** The assumed numbers and rules that the engine needs. */
export type EngineChoices = Pick<
  CampaignChoices,
  'pendingLimit' | 'startSeconds' | 'lingerMilliseconds' | 'inFlight' | 'atStop' | 'concurrentCalls'
>;

/** A dial request that passed the rules of its item. */
export interface NewDialRequest {
  /** Default: a new one. */
  readonly id?: string;
  readonly clientToken: string;
  readonly phoneNumber: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What a request of version 2 says of its call in place of its campaign. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Milliseconds from now until it expires. */
  readonly expiresIn: number;
}

/** The outcome of one attempt of a batch. */
export type Outcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Name of the error; null for a success. */
      readonly error: string | null;
      /** Results of a 200, in any order. */
      readonly results: readonly BatchResult[];
      /** x-amz-retry-after in milliseconds; null if there is none. */
      readonly retryAfter: number | null;
    }
  /** Time-out, lost connection, or a reply that cannot be read: what became of the call is unknown. */
  | { readonly kind: 'lost' };

export type BatchResult = { readonly requestIdentifier: string } & (
  | { readonly contactId: string }
  | { readonly code: string }
);

/** What the caller does after a commit. */
export type Action =
  /** Send the batch, and report the outcome with `settle`. */
  | { readonly kind: 'send'; readonly batch: CampaignBatch }
  /** Give the dial to the sinks. After a restart it is given again, with the same dialId. */
  | { readonly kind: 'dial'; readonly record: DialRecord }
  /** Tell a step of a contact, with `tellSteps`. */
  | { readonly kind: 'step'; readonly step: ContactStep }
  /** Tell a finding: the endpoint did what no endpoint may do, or the engine has a defect. */
  | { readonly kind: 'finding'; readonly finding: Finding };

/** A step of a contact: the moment at which it reached a stage of its life. */
export interface ContactStep {
  readonly stage: ContactStage;
  readonly at: number;
  /** Of CONTACT_DATA_UPDATED, which a contact can have often: a new id. */
  readonly updateId?: string;
  /** As it is after the step. */
  readonly request: DialRequest;
  readonly campaign: Campaign;
}

export interface DialRecord extends Dial {
  readonly contactId: string;
  readonly dialRequestId: string;
  readonly campaignId: string;
  readonly phoneNumber: string;
}

export type Finding =
  | { readonly kind: 'answer without item'; readonly batch: string; readonly requestId: string }
  | { readonly kind: 'item answered twice'; readonly batch: string; readonly requestId: string }
  | { readonly kind: 'token reused with other payload'; readonly batch: string };

/** How many dial requests of a campaign are in each state, for those who watch. */
export interface CampaignCounts {
  readonly accepted: number;
  readonly submitting: number;
  readonly created: number;
  readonly preview: number;
  readonly dialing: number;
  /** By the name of the failure or code. */
  readonly failed: Readonly<Record<string, number>>;
  /** By DisconnectReason. */
  readonly ended: Readonly<Record<string, number>>;
}

/** The calls of a campaign: those that go on, and what came of them since the engine was made. */
export interface CampaignFigures {
  /** Calls that go on, by their step. */
  readonly steps: Readonly<Record<DialStep, number>>;
  readonly dials: number;
  /** Calls that somebody answered, by who it was: a human, or a machine such as a voicemail. */
  readonly humans: number;
  readonly machines: number;
  /** Humans who heard what the campaign had to say: from an agent, or from the flow of an agentless campaign. */
  readonly reached: number;
  /** Calls that an agent took. Without detection these can be of machines. */
  readonly connected: number;
  /** Customers whose wait for an agent is over: an agent answered, or they hung up. */
  readonly waited: number;
  /** Of these, those who waited longer than the threshold of the campaign, or hung up. */
  readonly abandoned: number;
}

/** The agents of a queue now, and how they spent their time since the engine was made. */
export interface QueueFigures extends AgentTime {
  readonly instanceId: string;
  readonly queueId: string | null;
  readonly onShift: number;
  readonly idle: number;
  /** With a contact, or in after-call work. */
  readonly busy: number;
  /** Customers who wait for an agent. */
  readonly waiting: number;
}

export interface CampaignEngine {
  campaign(id: string): Campaign | undefined;
  /** In the order of their creation. */
  campaigns(): Iterable<Campaign>;
  /** Adds a campaign, or replaces the campaign with its id. It does not change the campaign's state: `move` does. */
  putCampaign(campaign: Campaign): void;
  /** Drops a campaign with everything that belongs to it. */
  dropCampaign(id: string): void;
  /**
   * Moves a campaign to a state, with what follows for its dial requests. Whether the move is allowed is the
   * caller's to decide. `starting` keeps the state Initialized for `startSeconds`.
   */
  move(id: string, to: 'starting' | CampaignState, now: number): void;

  instance(instanceId: string): CampaignInstance | undefined;
  putInstance(instance: CampaignInstance): void;

  /** The dial request that a token means in a campaign, within `tokenLifetime` of its acceptance. */
  requestOfToken(campaignId: string, clientToken: string, now: number): DialRequest | undefined;
  /** How many dial requests of a campaign count against `pendingLimit`. */
  pending(campaignId: string): number;
  /** Accepts dial requests, in this order. */
  accept(
    campaignId: string,
    requests: readonly NewDialRequest[],
    now: number,
  ): readonly DialRequest[];

  request(id: string): DialRequest | undefined;
  /** The dial request of which a contact was made. */
  requestOfContact(contactId: string): DialRequest | undefined;
  /** Every dial request kept, in the order of acceptance. */
  requests(): Iterable<DialRequest>;
  counts(campaignId: string): CampaignCounts;
  figures(campaignId: string): CampaignFigures;
  /** The agents of every queue that a campaign has dialled for. @param now up to when their time is counted. */
  queues(now: number): readonly QueueFigures[];
  /** The life of the contact of a dial request; null while it has none. */
  lifeOf(request: DialRequest): ContactLife | null;

  /** Reports the outcome of a batch. A token that is not in flight is ignored. */
  settle(token: string, outcome: Outcome, now: number): void;
  /**
   * StopContact on the contact of a dial request.
   *
   * @returns the status before; undefined if the contact belongs to no dial request.
   */
  stopContact(contactId: string, now: number): RequestStatus | undefined;
  /** Notes that what is known of a contact was changed by its owner, so that it is told. */
  updateContact(contactId: string, now: number): void;

  /** The moment of the next timer; null if there is none. */
  dueAt(): number | null;
  /** Runs the first timer that is due at `now`. @returns whether there was one. */
  runNext(now: number): boolean;

  /** What changed, and what is to be done, since the last call. */
  take(): { readonly changes: readonly Change[]; readonly actions: readonly Action[] };
}
