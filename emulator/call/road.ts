/** The types of the stages of a call: the inputs of every stage, and the ways in which a call can end. */

import type { ItemOutcome } from '../../campaigns/calls/occasion.ts';
import type { Arrival, Received } from '../../operation/aws/definition/known.ts';
import type { Refusal } from '../../operation/aws/definition/refusals.ts';
import type { Facts } from '../../operation/connect/facts.ts';
import type { AnyOperation } from '../../operation/operations.ts';
import type { RequestFaults } from '../faults/faults.ts';
import type { ItemResult } from '../stores/store.ts';
import type { Drop } from '../wire/reply.ts';
import type { WireRequest } from '../wire/request.ts';
import type { Service } from './service.ts';

export interface Road {
  readonly wire: WireRequest;
  readonly service: Service;
  /** The facts that the call arrived to. */
  readonly facts: Facts;
  /** By the virtual clock, epoch milliseconds. */
  readonly now: number;
  /** The faults that the request is in for; null for none. */
  readonly selected: RequestFaults | null;
}

/** What is known at a stage, with the whole definition of the operation. */
export type Of<Stage> = Stage & { readonly operation: AnyOperation };

/** Of a call that is over: as much as was known then. */
export type Known = Received &
  Partial<Omit<Arrival, keyof Received | 'operation'>> & {
    readonly operation?: AnyOperation | null;
  };

/** How a call ends. */
export type End = { readonly refusal: Refusal } | { readonly drop: Drop } | Success;

export interface Success {
  /** JSON. */
  readonly body: string;
  /** Of a batch. */
  readonly results?: readonly ItemResult[];
  readonly replayed?: boolean;
  /** Of a batch of dial requests. */
  readonly dials?: readonly ItemOutcome[];
}

export interface Ended {
  readonly end: End;
  readonly known: Known;
}
