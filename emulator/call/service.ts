/** The contents of one running endpoint: its settings, its state, and the clock and sources that it was given. */

import type { Facts } from '../../operation/connect/facts.ts';
import type { Bugs } from '../bugs/bugs.ts';
import type { Faults } from '../faults/faults.ts';
import type { Pauses } from '../faults/pauses.ts';
import type { FaultPlan } from '../faults/plan.ts';
import type { Verify } from '../identity/signature.ts';
import type { Buckets } from '../stores/buckets.ts';
import type { Store } from '../stores/store.ts';
import type { Tokens } from '../stores/tokens.ts';
import type { Gate } from './gate.ts';
import type { Meters } from './meters.ts';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Stats {
  requests: number;
  replays: number;
  contacts: number;
  /** By the name of the error. */
  refusals: Record<string, number>;
}

export interface Service {
  readonly clock: Clock;
  /** Epoch milliseconds by `clock`. */
  readonly startedAt: number;
  /**
   * Milliseconds by which the virtual clock is ahead of `clock`. Tokens, buckets and retention use the virtual
   * clock; signatures are checked against `clock`.
   */
  aheadMilliseconds: number;
  readonly newContactId: () => string;
  readonly newRequestId: () => string;
  /** Replaced where keys are added. */
  verify: Verify;
  readonly buckets: Buckets;
  readonly store: Store;
  readonly tokens: Tokens;
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
  stats: Stats;
  readonly meters: Meters;
}

/** The time of the virtual clock in epoch milliseconds. Everything except signatures uses it. */
export function virtualNow({ clock, aheadMilliseconds }: Service): number {
  return clock.now() + aheadMilliseconds;
}

export function noStats(): Stats {
  return { requests: 0, replays: 0, contacts: 0, refusals: {} };
}
