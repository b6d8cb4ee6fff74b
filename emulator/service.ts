/** What one running endpoint holds: its settings, its state and what it was handed from the edge. */

import type { Facts } from '../operation/facts.ts';
import type { RefusalName } from '../operation/refusals.ts';
import type { Buckets } from './buckets.ts';
import type { Bugs } from './bugs.ts';
import type { Faults } from './faults/faults.ts';
import type { FaultPlan } from './faults/plan.ts';
import type { Gate } from './gate.ts';
import type { Ledger } from './ledger.ts';
import type { Pauses } from './pauses.ts';
import type { Verify } from './signature.ts';
import type { Store } from './store.ts';

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

export interface Stats {
  requests: number;
  replays: number;
  contacts: number;
  refusals: Partial<Record<RefusalName, number>>;
}

export interface Service {
  readonly clock: Clock;
  /** What the virtual clock of tokens, buckets and retention is ahead of `clock`, by which signatures are judged. */
  aheadMilliseconds: number;
  readonly newContactId: () => string;
  readonly newRequestId: () => string;
  readonly verify: Verify;
  readonly buckets: Buckets;
  readonly store: Store;
  readonly ledger: Ledger;
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
}

export function noStats(): Stats {
  return { requests: 0, replays: 0, contacts: 0, refusals: {} };
}
