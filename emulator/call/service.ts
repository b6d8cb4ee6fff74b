/** The contents of one running endpoint: its settings, its state, and the clock and sources that it was given. */

import type { CampaignChoices } from '../../operation/campaigns/choices.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import type { Bugs } from '../bugs/bugs.ts';
import type { CampaignDriver } from '../campaigns/driver.ts';
import type { Clock, VirtualClock } from '../clock/virtual-clock.ts';
import type { EventFeed } from '../events/event-feed.ts';
import type { Faults } from '../faults/faults.ts';
import type { Pauses } from '../faults/pauses.ts';
import type { FaultPlan } from '../faults/plan.ts';
import type { Verify } from '../identity/signature.ts';
import type { FeederRecorder } from '../recording/feeder-recorder.ts';
import type { Buckets } from '../stores/buckets.ts';
import type { Store } from '../stores/store.ts';
import type { Tokens } from '../stores/tokens.ts';
import type { Asked } from './asked.ts';
import type { Gate } from './gate.ts';
import type { Meters } from './meters.ts';

export interface Stats {
  requests: number;
  replays: number;
  contacts: number;
  /** By the name of the error. */
  refusals: Record<string, number>;
}

export interface Service {
  /** The wall clock: signatures, and the times that clients take from their own clocks. */
  readonly clock: Clock;
  /** Epoch milliseconds by `clock`. */
  readonly startedAt: number;
  /** Tokens, buckets, retention, campaigns and the times of contacts. */
  readonly virtualClock: VirtualClock;
  readonly newContactId: () => string;
  readonly newRequestId: () => string;
  /** Ids of campaigns and dial requests. */
  readonly newCampaignId: () => string;
  readonly campaignChoices: CampaignChoices;
  /** Replaced where keys are added. */
  verify: Verify;
  readonly buckets: Buckets;
  /** Whether operations that have a published rate of their own are held to it. */
  readonly publishedQuotas: boolean;
  readonly store: Store;
  readonly tokens: Tokens;
  /** Outbound campaigns; null if the store cannot keep them. */
  readonly campaigns: CampaignDriver | null;
  /** The last contact events. */
  readonly events: EventFeed;
  /** Null if nothing is recorded. */
  readonly recorder: FeederRecorder | null;
  readonly gate: Gate;
  readonly pauses: Pauses;
  /** Null is none, so that the road of a call asks once. */
  readonly bugs: Bugs | null;
  readonly startFaults: FaultPlan;
  /** Null is none, so that the road of a call asks once. Replaced with its plan. */
  faults: Faults | null;
  readonly startFacts: Facts;
  /** Replaced, never changed in place: a call keeps the facts that it arrived to. */
  facts: Facts;
  /** What provider states ask. Replaced, as the facts are. */
  asked: Asked;
  stats: Stats;
  readonly meters: Meters;
}

export function noStats(): Stats {
  return { requests: 0, replays: 0, contacts: 0, refusals: {} };
}
